import { expect, test } from 'vitest';
import { lowerWireguardReload } from '../../../src/artifacts/wireguard-reload/lower.ts';
import { rendered } from '../../support/render.ts';
import { topologyOf } from '../../support/topology.ts';
import { pair } from '../wireguard/deployment.ts';

test('the reload replaces that of the unit and hands the private key over', () => {
  const files = rendered(lowerWireguardReload(topologyOf(pair())).artifacts);
  expect([...files.keys()]).toEqual([
    'gw-a/etc/systemd/system/wg-quick@wg0.service.d/offsite.conf',
    'gw-b/etc/systemd/system/wg-quick@wg0.service.d/offsite.conf',
  ]);
  expect(files.get('gw-a/etc/systemd/system/wg-quick@wg0.service.d/offsite.conf')).toBe(
    '# Rendered by offsite: a reload that keeps the private key.\n' +
      '[Service]\n' +
      'ExecReload=\n' +
      `ExecReload=/bin/bash -c 'exec wg syncconf %i <(wg-quick strip %i; printf "[Interface]\\nPrivateKey = %%s\\n" "$$(cat /etc/wireguard/keys/%i.key)")'\n`,
  );
});

test('nothing for an end whose own file is withheld', () => {
  const { artifacts } = lowerWireguardReload(topologyOf(pair({ keyB: 'pending' })));
  expect(artifacts.map(artifact => artifact.target)).toEqual(['gw-b']);
});
