import { describe, expect, test } from 'vitest';
import { lowerPveStorage } from '../../../src/artifacts/pve-storage/lower.ts';
import { kind } from '../../../src/artifacts/pve-storage/verify.ts';
import { readPveSections } from '../../../src/formats/pve-sections/read.ts';
import { writePveSections } from '../../../src/formats/pve-sections/write.ts';
import { topologyOf } from '../../support/topology.ts';
import { codes, deployment, FINGERPRINT, KEY_FINGERPRINT, said, texts } from './pve.ts';

const account =
  'accounts:\n  pve: { kind: pbs, on: pbs, id: "pve@pbs!duo", secret: pbs-pve }\n  own: { kind: pbs, on: alone, id: "pve@pbs" }\n';
const shares = `shares:
  raw: { host: nas, path: /volume1/raw, export: /raw }
  smb: { host: nas, path: /volume1/smb, protocol: smb }
  zfs: { host: node-a, path: /tank/dump, protocol: none, pool: tank }
  usb: { host: node-a, path: /mnt/usb, protocol: none, pool: usb }
  below: { host: node-a, path: /mnt/x/dump, protocol: none, pool: usb, mountpoint: /mnt/x }
  root: { host: node-a, path: /rpool/dump, protocol: none, pool: rpool }
  system: { host: node-a, path: /srv/dump, protocol: none, pool: disk }
  plain: { host: node-a, path: /srv/dump, protocol: none }
  exported: { host: node-a, path: /srv/dump }
  elsewhere: { host: alone, path: /srv/dump, protocol: none }
`;

const lowered = (storages: string, options = {}) =>
  lowerPveStorage(topologyOf(deployment(`${account}${shares}storages:\n${storages}`, options)));

/** The file of the cluster. */
async function duo(storage: string, options = {}): Promise<string | undefined> {
  const part = lowered(`  s1: { cluster: duo, ${storage} }`, options);
  expect(said(part.diagnostics)).toEqual([]);
  const text = (await texts(part, kind))['duo'];
  if (text !== undefined)
    expect(writePveSections(readPveSections(text, { file: 'storage.cfg' }).sections, 'storage.cfg')).toBe(
      text,
    );
  return text;
}

const pbs = (...lines: string[]) => ['pbs: s1', ...lines.map(line => `\t${line}`), '', ''].join('\n');

test('a cluster without storages has no file, and PVE’s own entry is the host’s', async () => {
  expect(await texts(lowered('  s1: { cluster: duo, type: dir, path: /x, state: planned }'), kind)).toEqual(
    {},
  );
  const local = '  local: { cluster: duo, type: dir, path: /var/lib/vz, content: [iso, vztmpl] }';
  expect(await texts(lowered(local), kind)).toEqual({
    duo: 'dir: local\n\tpath /var/lib/vz\n\tcontent iso,vztmpl\n\n',
  });
});

test('the artifact is a list of sections, with the mode that pmxcfs has', () => {
  const artifact = lowered('  s1: { cluster: duo, type: dir, path: /x }').artifacts.find(
    ({ target }) => target === 'duo',
  );
  const { folder, path, ownership, mode, owner, group, sections, facts } = artifact ?? {};
  expect({ folder, path, ownership, mode, owner, group, sections }).toEqual({
    folder: 'merge',
    path: '/etc/pve/storage.cfg',
    ownership: 'sections',
    mode: '0640',
    owner: 'root',
    group: 'www-data',
    sections: ['dir: s1'],
  });
  expect(facts?.every(({ causes }) => causes.length > 0)).toBe(true);
  expect(facts?.find(({ at }) => at === 'dir: s1/path')?.causes).toEqual([['storages', 's1', 'path']]);
});

describe('a datastore', () => {
  test('by its native name and its address on the network named', async () => {
    expect(await duo('datastore: "main:a/b", account: pve, via: home/storage')).toBe(
      pbs(
        'datastore Backups',
        'server 10.0.30.20',
        'content backup',
        `fingerprint ${FINGERPRINT}`,
        'namespace a/b',
        'prune-backups keep-all=1',
        'username pve@pbs!duo',
      ),
    );
  });
  test('with everything', async () => {
    const more = `id: s1, disabled: true, nodes: [node-b, node-a], encryption_key: k, encryption_fingerprint: "${KEY_FINGERPRINT}", properties: { max-protected-backups: 5 }`;
    const pbsApi = `{ public_ca: true, address: pbs.example.org, port: 443 }`;
    expect(await duo(`datastore: main, account: pve, via: internet, ${more}`, { pbsApi })).toBe(
      pbs(
        'disable',
        'datastore Backups',
        'server pbs.example.org',
        'content backup',
        `encryption-key ${KEY_FINGERPRINT}`,
        'max-protected-backups 5',
        'nodes node-a,node-b',
        'port 443',
        'prune-backups keep-all=1',
        'username pve@pbs!duo',
      ),
    );
  });
  test('by IPv6 where the network has no other', async () => {
    expect(await duo('datastore: main, account: pve, via: home/six')).toContain('\tserver fd00:60::20\n');
  });
  test('on the node itself', async () => {
    const part = lowered('  s1: { cluster: alone, datastore: own, account: own, via: local }');
    expect((await texts(part, kind))['alone']).toContain('\tserver 127.0.0.1\n');
  });
  test('the default port is not written', async () => {
    const pbsApi = `{ fingerprint: "${FINGERPRINT.toUpperCase()}", port: 8007 }`;
    const text = await duo('datastore: main, account: pve, via: home/storage', { pbsApi });
    expect(text).not.toContain('port');
    expect(text).toContain(FINGERPRINT);
  });
});

describe('a share', () => {
  const nfs = (...lines: string[]) =>
    ['nfs: s1', '\texport /raw', ...lines.map(line => `\t${line}`), '', ''].join('\n');
  test('over the network', async () => {
    expect(await duo('share: raw, via: home/storage')).toBe(
      nfs(
        'path /mnt/pve/s1',
        'server 10.0.30.30',
        'content backup',
        'options vers=4.1,hard',
        'prune-backups keep-all=1',
      ),
    );
  });
  test('a directory of it, with retention in PVE’s order', async () => {
    expect(
      await duo(
        'share: "raw:pve", via: home/storage, path: /mnt/raw, options: "vers=3", content: [iso, backup], retention: { keep_yearly: 1, keep_last: 2, keep_daily: 3 }',
      ),
    ).toBe(
      nfs(
        'path /mnt/raw',
        'server 10.0.30.30',
        'content backup,iso',
        'content-dirs backup=pve/dump,iso=pve/template/iso',
        'options vers=3',
        'prune-backups keep-daily=3,keep-last=2,keep-yearly=1',
      ),
    );
  });
  test('that holds no backups has no retention', async () => {
    expect(await duo('share: raw, via: home/storage, content: [iso]')).not.toContain('prune-backups');
  });
  test.each([
    ['zfs', 'path /tank/dump', 'is_mountpoint /tank'],
    ['usb', 'path /mnt/usb', 'is_mountpoint yes'],
    ['"below:sub"', 'path /mnt/x/dump/sub', 'is_mountpoint /mnt/x'],
    ['root', 'path /rpool/dump', 'is_mountpoint /rpool'],
    ['system', 'path /srv/dump', undefined],
    ['plain', 'path /srv/dump', undefined],
  ])('%s of a node is a directory there', async (share, path, mountpoint) => {
    const lines = [
      'dir: s1',
      path,
      'content backup',
      ...(mountpoint ? [mountpoint] : []),
      'nodes node-a',
      'prune-backups keep-all=1',
    ];
    expect(await duo(`share: ${share}, via: local`)).toBe(`${lines.join('\n\t')}\n\n`);
  });
  test('a declared mount point wins', async () => {
    expect(await duo('share: usb, via: local, properties: { is_mountpoint: false }')).toContain(
      '\tis_mountpoint no\n',
    );
  });
  test('exported by a node: mounted by the others, a directory for itself alone', async () => {
    expect(await duo('share: exported, via: home/storage')).toMatch(
      /^nfs: s1\n.*\n.*\n\tserver 10\.0\.30\.1\n/,
    );
    expect(await duo('share: exported, via: home/storage, nodes: [node-a]')).toMatch(/^dir: s1\n/);
  });
});

test('opaque storages are rendered as declared, canonical', async () => {
  expect(
    await duo('type: zfspool, content: [rootdir, images], properties: { sparse: true, pool: rpool/data }'),
  ).toBe('zfspool: s1\n\tpool rpool/data\n\tcontent images,rootdir\n\tsparse 1\n\n');
  expect(await duo('type: cifs, properties: { server: 10.0.0.1, share: iso, future-option: false }')).toBe(
    'cifs: s1\n\tpath /mnt/pve/s1\n\tserver 10.0.0.1\n\tshare iso\n\tcontent images\n\tfuture-option 0\n\n',
  );
});

test('`local` can be declared', async () => {
  const part = lowered('  x: { cluster: duo, id: local, type: dir, path: /var/lib/vz, content: [backup] }');
  expect((await texts(part, kind))['duo']).toBe('dir: local\n\tpath /var/lib/vz\n\tcontent backup\n\n');
});

describe('what cannot be', () => {
  test.each([
    ['type: lvm, properties: { vgname: x, password: hunter2 }', ['property-modelled']],
    ['type: iscsi', ['property-missing', 'property-missing']],
    ['type: dir', ['property-missing']],
    ['type: cifs, properties: { server: x, share: y, password: hunter2 }', ['property-modelled']],
    ['type: cifs, properties: { server: x }', ['property-missing']],
    ['type: zfs, properties: { pool: x, portal: y, target: z, iscsiprovider: LIO }', ['property-missing']],
    ['type: iscsidirect, properties: { portal: y }', ['property-missing']],
    ['type: esxi, properties: { server: x }', ['property-missing']],
    ['type: rbd', []],
    ['type: lvm, properties: { vgname: x, portal: y }', ['unknown-property']],
    ['type: dir, path: "/a+b"', ['bad-value']],
    ['type: zfspool, content: [backup], properties: { pool: x }', ['bad-value']],
    ['type: dir, path: /x, content: [none, iso]', ['bad-value']],
    ['share: raw, via: home/storage, properties: { server: 10.0.0.1 }', ['property-modelled']],
    ['share: "raw:x", via: home/storage, properties: { content-dirs: "iso=x" }', ['property-modelled']],
    ['share: elsewhere, via: local', ['storage-out-of-reach']],
    ['share: elsewhere, via: home/storage', ['storage-out-of-reach']],
    ['share: plain, via: local, nodes: [node-a, node-b]', ['storage-out-of-reach']],
    ['datastore: main, account: pve, via: local', ['storage-out-of-reach']],
    ['datastore: main, account: pve, via: internet', ['no-address-on-via']],
    ['share: raw, via: internet', ['no-address-on-via']],
    ['share: smb, via: home/storage', ['declared-only']],
    ['datastore: main, account: pve, via: home/storage, retention: { keep_last: 1 }', ['declared-only']],
    ['id: local, type: dir, path: /srv', ['local-storage']],
    ['id: local, type: dir, path: /var/lib/vz, nodes: [node-a]', ['local-storage']],
    ['id: local, type: zfspool, properties: { pool: x }', ['local-storage']],
    ['id: "x.", type: dir, path: /x', ['bad-id']],
  ])('%s', (storage, expected) => {
    expect(codes(lowered(`  s1: { cluster: duo, ${storage} }`).diagnostics)).toEqual(expected);
  });
  test('a secret is not repeated', () => {
    const { diagnostics, artifacts } = lowered(
      '  s1: { cluster: duo, type: pbs, properties: { password: hunter2 } }',
    );
    expect(JSON.stringify([diagnostics, artifacts])).not.toContain('hunter2');
    expect(diagnostics[0]?.secret).toBe(true);
  });
  test('two storages with one id', () => {
    const { diagnostics } = lowered(
      '  a: { cluster: duo, id: x1, type: dir, path: /a }\n  b: { cluster: duo, id: x1, type: dir, path: /b }',
    );
    expect(said(diagnostics)).toEqual([
      'error section-twice storages.b.id:value: two sections of storage.cfg have the id "x1"',
    ]);
  });
  test('a property newer than the oldest node', () => {
    const storage =
      '  s1: { cluster: duo, type: dir, path: /x, properties: { snapshot-as-volume-chain: true } }';
    expect(said(lowered(storage, { pve: '8.4.1' }).diagnostics)).toEqual([
      'error property-too-new storages.s1.properties.snapshot-as-volume-chain:value: "snapshot-as-volume-chain" of dir in storage.cfg needs 9.0.0 (release 9.0); declared "8.4.1"',
    ]);
    expect(lowered(storage).diagnostics).toEqual([]);
  });
});

describe('the file waits', () => {
  test('for a fingerprint', () => {
    const part = lowered('  s1: { cluster: duo, datastore: main, account: pve, via: home/storage }', {
      pbsApi: '{ fingerprint: pending }',
    });
    expect(said(part.diagnostics)).toEqual([
      'warning pending-value hosts.pbs.api.fingerprint:value: the fingerprint of `pbs` is pending: storage.cfg of `duo` is not rendered',
    ]);
    expect(part.withheld.map(({ target, path }) => `${target}${path}`)).toEqual(['duo/etc/pve/storage.cfg']);
    expect(part.artifacts).toEqual([]);
    expect(part.steps.map(({ title }) => title)).toEqual(['Secret of storage s1']);
  });
  test('for the datastore, which its PBS cannot make yet', () => {
    const yaml = deployment(
      `${account}storages: { s1: { cluster: duo, datastore: main, account: pve, via: home/storage } }`,
    ).replace(/main: \{ host: pbs,/, 'main: { host: pbs, disk: { uuid: pending },');
    const part = lowerPveStorage(topologyOf(yaml));
    expect(part.withheld.map(({ target, how }) => `${target}: ${how}`)).toEqual([
      'duo: Datastore `main` on `pbs` waits for a pending value: APPLY.md of `pbs` says how to get it.',
    ]);
    expect(part.artifacts).toEqual([]);
  });
  test('for the fingerprint of a key, whose step makes it', () => {
    const part = lowered(
      '  s1: { cluster: duo, datastore: main, account: pve, via: home/storage, encryption_key: k }',
    );
    expect(codes(part.diagnostics)).toEqual(['pending-value']);
    expect(part.artifacts).toEqual([]);
    // The directory of secrets is removed by the last step.
    expect(part.steps.at(-1)?.commands).toEqual([
      'test -s /etc/pve/priv/storage/s1.enc || test -s /root/offsite-secrets/k || (umask 077 && proxmox-backup-client key create --kdf none /root/offsite-secrets/k)',
      'test -s /etc/pve/priv/storage/s1.enc || offsite_place k /etc/pve/priv/storage/s1.enc',
      'proxmox-backup-client key show /etc/pve/priv/storage/s1.enc',
    ]);
  });
});

test('a password that is declared nowhere is asked for', () => {
  const { steps } = lowered(
    '  s1: { cluster: duo, type: cifs, content: [iso], properties: { server: 10.0.30.30, share: iso, username: pve } }\n  s2: { cluster: duo, type: cifs, content: [iso], properties: { server: 10.0.30.30, share: open } }',
  );
  expect(steps.map(({ title }) => title)).toEqual(['Password of storage s1', 'Look at the storages']);
  expect(steps[0]?.commands).toEqual(['test -s /etc/pve/priv/storage/s1.pw || pvesm set s1 --password']);
});

test('a storage on an SMB share is made by hand, before the jobs', () => {
  const { steps } = lowered(
    '  s1: { cluster: duo, share: "smb:dump", via: home/storage, nodes: [node-a], retention: { keep_last: 3 } }',
  );
  expect(steps.map(({ title, phase }) => [title, phase])).toEqual([
    ['Make storage s1 by hand', 'storages'],
    ['Look at the storages', 'storages'],
  ]);
  expect(steps[0]?.text.join(' ')).toContain(
    '`pvesm add cifs s1 --server 10.0.30.30 --share SHARE --username USER --password --content backup --prune-backups keep-last=3 --nodes node-a --subdir /dump`',
  );
  const status = `pvesh get /nodes/node-a/storage/s1/status --output-format json | grep '"active":1'`;
  expect([steps[0]?.check, steps[1]?.commands]).toEqual([[status], [status]]);
});

test('a cluster that others run gets a note, and no files', () => {
  const yaml = deployment('storages: { s1: { cluster: duo, type: dir, path: /x, comment: c } }').replaceAll(
    /(node-.:\n {4}site: home)/g,
    '$1\n    managed: false',
  );
  const part = lowerPveStorage(topologyOf(yaml));
  expect(part.artifacts).toEqual([]);
  expect(part.external.map(({ name, blocks }) => [name, blocks[0]?.text])).toEqual([
    ['duo', 'dir: s1\n\tpath /x\n\tcontent images,rootdir'],
  ]);
});
