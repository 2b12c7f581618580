import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerPveStorage } from '../../../src/artifacts/pve-storage/lower.ts';
import { kind } from '../../../src/artifacts/pve-storage/verify.ts';
import { hostileString } from '../../formats/hostile.ts';
import { missingTool } from '../../support/tools.ts';
import { topologyOf } from '../../support/topology.ts';
import { deployment, KEY_FINGERPRINT, said, script, texts } from './pve.ts';

const part = lowerPveStorage(
  topologyOf(
    deployment(`
accounts:
  pve: { kind: pbs, on: pbs, id: "pve@pbs!duo", secret: pbs-pve }
  own: { kind: pbs, on: alone, id: "pve@pbs" }
secrets: { key: { escrow: [paper-safe] } }
shares:
  raw: { host: nas, path: /volume1/raw }
  linux: { host: node-a, path: /srv/raw }
storages:
  main: { cluster: duo, datastore: main, account: pve, via: home/storage, encryption_key: key, encryption_fingerprint: "${KEY_FINGERPRINT}" }
  raw: { cluster: duo, share: raw, via: home/storage }
  second: { cluster: duo, share: "raw:x", via: home/six, nodes: [node-b] }
  linux: { cluster: duo, share: linux, via: home/storage, disabled: true }
  old: { cluster: duo, datastore: main, account: pve, via: home/storage, state: retired }
  old-raw: { cluster: duo, share: raw, via: home/storage, state: retired, path: /mnt/old }
  next: { cluster: duo, share: raw, via: home/mgmt, state: planned }
  own: { cluster: alone, datastore: own, account: own, via: local }
`),
  ),
);
const step = (title: string) => part.steps.find(({ title: own }) => own === title);

test('order of the steps: remove, secrets, look', () => {
  expect(part.steps.map(({ target, phase, order, title }) => `${target} ${phase} ${order} ${title}`)).toEqual(
    [
      'alone storages 40 Secret of storage own',
      'alone storages 60 Look at the storages',
      'duo storages 40 Secret of storage main',
      'duo storages 41 Encryption key of storage main',
      'duo storages 30 Remove storage old',
      'duo storages 30 Remove storage old-raw',
      'duo storages 60 Look at the storages',
      'node-a mounts 60 Export the shares that PVE mounts',
    ],
  );
});

test('a secret comes from its file and goes beside storage.cfg', () => {
  expect(step('Secret of storage own')?.commands).toEqual(['offsite_place own /etc/pve/priv/storage/own.pw']);
  expect(step('Secret of storage own')?.undo).toEqual(['offsite_put_back /etc/pve/priv/storage/own.pw']);
  expect(
    part.needs
      .filter(({ kind: what }) => what === 'secret')
      .map(need => [need.target, need.name, 'placed' in need && need.placed, 'what' in need && need.what]),
  ).toEqual([
    ['alone', 'own', '/etc/pve/priv/storage/own.pw', 'password of pve@pbs on alone'],
    ['duo', 'pbs-pve', '/etc/pve/priv/storage/main.pw', 'token secret of pve@pbs!duo on pbs'],
    ['duo', 'key', '/etc/pve/priv/storage/main.enc', 'encryption key of storage main'],
  ]);
});

test('an encryption key is installed only with the declared fingerprint', () => {
  const { commands, text } = step('Encryption key of storage main') ?? { commands: [], text: [] };
  expect(commands).toEqual([
    `if grep -qsF ${KEY_FINGERPRINT} /etc/pve/priv/storage/main.enc; then
  echo 'key key is installed'
elif test -s /etc/pve/priv/storage/main.enc; then
  offsite_stop '/etc/pve/priv/storage/main.enc is another key, and only that one reads the backups that were made with it. Give the new key to a new storage; or keep the old one elsewhere and move it away first'
else
  grep -qF ${KEY_FINGERPRINT} /root/offsite-secrets/key && offsite_place key /etc/pve/priv/storage/main.enc
fi`,
  ]);
  expect(text.join('\n')).toContain('Copies are kept at: paper-safe.');
});

test('retired storages are removed', () => {
  expect(step('Remove storage old')?.commands).toEqual([
    'if pvesh get /storage/old >/dev/null 2>&1; then { [ ! -e /etc/pve/priv/storage/old.enc ] || offsite_keep /etc/pve/priv/storage/old.enc; } && pvesm remove old; fi',
  ]);
  expect(step('Remove storage old-raw')?.commands).toEqual([
    'if pvesh get /storage/old-raw >/dev/null 2>&1; then pvesm remove old-raw; fi',
  ]);
  expect(step('Remove storage old-raw')?.text.join('\n')).toContain('umount /mnt/old');
  expect(
    part.changes.filter(({ verb }) => verb === 'removes').map(({ kind: what, name }) => `${what} ${name}`),
  ).toEqual(['storage old', 'storage old-raw']);
});

test('storages are looked at where they are used', () => {
  expect(part.steps.find(({ target, order }) => target === 'duo' && order === 60)?.commands).toEqual([
    'pvesm status --storage main | grep -w active',
    'pvesm status --storage raw | grep -w active',
    'pvesm status --storage second | grep -w active',
  ]);
});

test('a NAS gets one note with the addresses that may mount', () => {
  expect(part.external.map(({ name, title }) => [name, title])).toEqual([
    ['nas', 'NFS exports of nas for PVE'],
  ]);
  expect(part.external[0]?.blocks[0]?.text.split('\n')).toEqual(
    ['10.0.30.1', '10.0.30.2', 'fd00:60::2'].map(
      address => `/volume1/raw ${address}(rw,sync,no_root_squash,no_subtree_check)`,
    ),
  );
});

test('a host that we render exports by a file of its own', () => {
  expect(step('Export the shares that PVE mounts')?.commands[1]).toBe(
    `exports=$(mktemp) && printf '%s\\n' '/srv/raw 10.0.30.1(rw,sync,no_root_squash,no_subtree_check)' '/srv/raw 10.0.30.2(rw,sync,no_root_squash,no_subtree_check)' >"$exports" &&
  offsite_put "$exports" /etc/exports.d/offsite-storages.exports root:root 0644
rm -f "$exports"`,
  );
  expect(step('Export the shares that PVE mounts')?.undo).toEqual([
    'offsite_put_back /etc/exports.d/offsite-storages.exports',
    'exportfs -ra',
  ]);
});

test.skipIf(missingTool('shellcheck'))('the commands pass shellcheck', () => {
  execFileSync('shellcheck', ['-s', 'bash', '-'], { input: script(part) });
});

test('a hostile value is refused or is exactly one line', async () => {
  const key = fc.constantFrom('future', 'server', 'username');
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('cifs', 'dir', 'nfs', 'lvm', 'pbs'),
      key,
      hostileString,
      async (type, name, value) => {
        const properties = JSON.stringify({ [name]: value });
        const topology = topologyOf(
          deployment(`storages: { s1: { cluster: duo, type: ${type}, properties: {} } }`),
        );
        const storage = topology.storages.get('s1');
        if (storage === undefined) throw new Error(properties);
        const hostile = { ...storage, spec: { ...storage.spec, properties: { [name]: value } } };
        const lowered = lowerPveStorage({ ...topology, storages: new Map([['s1', hostile]]) });
        if (lowered.diagnostics.some(({ severity }) => severity === 'error')) return;
        const text = (await texts(lowered, kind))['duo'] ?? '';
        expect(text.split('\n')).toContain(`\t${name} ${value}`);
      },
    ),
    { numRuns: 60 },
  );
});

test('diagnostics of the whole: none', () => expect(said(part.diagnostics)).toEqual([]));
