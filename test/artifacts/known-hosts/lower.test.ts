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
])('a host key that is %s withholds the flows to that host, and no others', (_, ssh, place) => {
  const { texts, lowered } = outcome(estate(flows, text => text.replace(`host_key: ${KEY_B}, port`, ssh)));
  expect(texts.get('mover/root/etc/offsite/known_hosts')).toBe(`# Rendered by offsite.\n10.1.0.7 ${KEY_A}\n`);
  const units = [...texts.keys()].filter(path => path.startsWith('mover/root/etc/systemd/'));
  expect(units.map(path => path.split('/').at(-1))).toEqual([
    'offsite-again.service',
    'offsite-push.service',
    'offsite-alert@.service',
  ]);
  expect(lowered.withheld.map(({ target, path }) => `${target}:${path}`)).toEqual([
    'mover:/etc/systemd/system/offsite-pull.service',
  ]);
  expect(told(lowered.diagnostics)).toEqual([`warning pending-value ${place}`]);
});

test('a script of a NAS waits for a host key, too', () => {
  const { texts, lowered } = outcome(
    estate(flows, text => text.replaceAll(`host_key: ${KEY_A}`, 'host_key: pending')),
  );
  expect([...texts.keys()].filter(path => path.startsWith('nas/'))).toEqual([]);
  expect(lowered.withheld.map(({ target, path }) => `${target}:${path}`).sort()).toEqual([
    'mover:/etc/systemd/system/offsite-again.service',
    'mover:/etc/systemd/system/offsite-push.service',
    'nas:/volume1/offsite/offsite-from-nas.sh',
  ]);
  expect(lowered.steps.filter(({ title }) => title.startsWith('Task of flow'))).toEqual([]);
});
