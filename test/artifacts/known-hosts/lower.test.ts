import { expect, test } from 'vitest';
import { estate, KEY_A, KEY_B, outcome, told } from '../unit-trigger/estate.ts';

const flows = `push: { kind: rsync, from: local, to: vault, account: to-far, via: home/lan }
again: { kind: rsync, from: local:x, to: vault:x, account: to-far, via: home/lan }
pull: { kind: rsync, from: raw, to: local, run_on: mover, account: to-nas, via: home/lan }
from-nas: { kind: rsync, from: raw, to: vault:raw, account: to-far, via: home/lan }`;

test('every far end once, with its port', () => {
  const { texts } = outcome(estate(flows));
  expect(texts.get('mover/root/etc/offsite/known_hosts')).toBe(
    `# Rendered by offsite.\n10.1.0.7 ${KEY_A}\n[10.1.0.5]:2022 ${KEY_B}\n`,
  );
  expect(texts.get('nas/root/volume1/offsite/known_hosts')).toBe(
    `# Rendered by offsite.\n10.1.0.7 ${KEY_A}\n`,
  );
});

test.each([
  ['pending', `host_key: pending, port`, 'hosts.nas.ssh.host_key'],
  ['not declared', 'port', 'hosts.nas'],
])('a host key that is %s withholds the file', (_, ssh, place) => {
  const { texts, lowered } = outcome(estate(flows, text => text.replace(`host_key: ${KEY_B}, port`, ssh)));
  expect(texts.has('mover/root/etc/offsite/known_hosts')).toBe(false);
  expect(texts.has('nas/root/volume1/offsite/known_hosts')).toBe(true);
  expect(lowered.withheld.map(({ target, path }) => `${target}:${path}`)).toEqual([
    'mover:/etc/offsite/known_hosts',
  ]);
  expect(told(lowered.diagnostics)).toEqual([`warning pending-value ${place}`]);
});
