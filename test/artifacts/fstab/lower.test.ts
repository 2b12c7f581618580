import { describe, expect, test } from 'vitest';
import { orderTargets } from '../../../src/artifacts/apply/order.ts';
import { lowerFstab } from '../../../src/artifacts/fstab/lower.ts';
import { kind } from '../../../src/artifacts/fstab/verify.ts';
import { topologyOf } from '../../support/topology.ts';
import { render, topologyWith, UUID } from './support.ts';

const HEAD =
  '# BEGIN offsite\n# Rendered by offsite: what stands between the markers is replaced as a whole.\n';
const BEFORE = 'x-systemd.before=proxmox-backup.service,x-systemd.before=proxmox-backup-proxy.service';
const OTHER = '9b147377-6ff3-4d01-817d-cafb0cfe1101';

/** The entries of the block on a host. */
async function linesOf(more: string, target = 'pbs'): Promise<readonly string[]> {
  const file = lowerFstab(topologyWith(more)).artifacts.find(artifact => artifact.target === target);
  if (file === undefined) return ['no file'];
  const text = await render(file);
  expect(text.startsWith(HEAD)).toBe(true);
  expect(text.endsWith('# END offsite\n')).toBe(true);
  const { facts, errors } = kind.read(text);
  expect(errors).toEqual([]);
  expect(facts.map(({ at, value }) => ({ at, value }))).toEqual(
    file.facts.map(({ at, value }) => ({ at, value })),
  );
  return text.split('\n').slice(2, -2);
}

const codes = (more: string) => lowerFstab(topologyWith(more)).diagnostics.map(({ code }) => code);

const iscsi = (more = '') =>
  `datastores: { s: { host: pbs, path: /mnt/datastore/s-1, iscsi: { from: nas/one, via: home/storage, uuid: ${UUID}${more} } } }`;
const disk = (more = '') =>
  `datastores: { d: { host: pbs, path: /mnt/d/store, disk: { uuid: ${UUID}${more} } } }`;
const nfs = (via: string, more = '', share = '') => `
shares: { vol: { host: nas, path: /volume1/pbs${share} } }
datastores: { n: { host: pbs, path: /mnt/datastore/n, nfs: { from: vol, via: ${via}${more} } } }`;
const PHOTOS = '{ host: nas, path: /volume1/photos }';

describe('datastores in fstab', () => {
  test.each([
    [
      'a LUN',
      iscsi(),
      `UUID=${UUID} /mnt/datastore/s-1 ext4 noatime,errors=remount-ro,_netdev,nofail,x-systemd.requires=open-iscsi.service,x-systemd.device-timeout=180s,${BEFORE} 0 0`,
    ],
    [
      'a LUN with xfs and own options',
      iscsi(', fs: xfs, options: "logbsize=256k,relatime,x-systemd.device-timeout=5min"'),
      `UUID=${UUID} /mnt/datastore/s-1 xfs relatime,logbsize=256k,_netdev,nofail,x-systemd.requires=open-iscsi.service,x-systemd.device-timeout=5min,${BEFORE} 0 0`,
    ],
    [
      'a disk, mounted above the datastore',
      disk(', mountpoint: /mnt/d'),
      `UUID=${UUID} /mnt/d ext4 noatime,errors=remount-ro,nofail,x-systemd.device-timeout=30s,${BEFORE} 0 2`,
    ],
    [
      'a disk with btrfs',
      disk(', fs: btrfs'),
      `UUID=${UUID} /mnt/d/store btrfs noatime,nofail,x-systemd.device-timeout=30s,${BEFORE} 0 0`,
    ],
    [
      'NFS from the address on the storage network',
      nfs('home/storage'),
      `10.0.3.30:/volume1/pbs /mnt/datastore/n nfs4 vers=4.1,hard,_netdev,nofail,${BEFORE} 0 0`,
    ],
    [
      'NFS over IPv6, exported by another path',
      nfs('home/six', '', ', export: "/pbs:x,y"'),
      `[fd00:30::30]:/pbs:x,y /mnt/datastore/n nfs4 vers=4.1,hard,_netdev,nofail,${BEFORE} 0 0`,
    ],
    [
      'NFS version 3',
      nfs('home/storage', ', options: "vers=3,nconnect=4"'),
      `10.0.3.30:/volume1/pbs /mnt/datastore/n nfs vers=3,hard,nconnect=4,_netdev,nofail,${BEFORE} 0 0`,
    ],
    [
      'a path with everything that the schema allows',
      `datastores: { d: { host: pbs, path: "/mnt/a@b+c.d,e:f_g-h/.i", disk: { uuid: ${UUID}, fs: xfs } } }`,
      `UUID=${UUID} /mnt/a@b+c.d,e:f_g-h/.i xfs noatime,nofail,x-systemd.device-timeout=30s,${BEFORE} 0 0`,
    ],
  ])('%s', async (_, more, line) => expect(await linesOf(more)).toEqual([line]));

  test.each([
    ['none', ''],
    ['a path', 'datastores: { p: { host: pbs, path: /srv/p } }'],
    ['removable', `datastores: { r: { host: pbs, path: r, removable: { uuid: ${UUID} } } }`],
    ['planned', disk(', mountpoint: /mnt/d').replace('disk:', 'state: planned, disk:')],
    ['retired', disk(', mountpoint: /mnt/d').replace('disk:', 'state: retired, disk:')],
  ])('nothing: %s', async (_, more) => expect(await linesOf(more)).toEqual([]));

  test('sorted by mount point; two datastores on one disk share the line', async () => {
    const lines = await linesOf(`
datastores:
  a: { host: pbs, path: /mnt/z/a, disk: { uuid: ${UUID}, mountpoint: /mnt/z } }
  b: { host: pbs, path: /mnt/z/b, disk: { uuid: ${UUID}, mountpoint: /mnt/z } }
  c: { host: pbs, path: /mnt/B, disk: { uuid: ${OTHER} } }
`);
    expect(lines.map(line => line.split(' ').slice(0, 2))).toEqual([
      [`UUID=${OTHER}`, '/mnt/B'],
      [`UUID=${UUID}`, '/mnt/z'],
    ]);
  });

  test('causes are the values, and the object for what is a default', () => {
    const [file] = lowerFstab(topologyWith(nfs('home/storage', ', options: "vers=4.2"'))).artifacts;
    expect(Object.fromEntries(file?.facts.map(({ at, causes }) => [at, causes]) ?? [])).toEqual({
      'fstab /mnt/datastore/n/source': [
        ['hosts', 'nas', 'nics', 'eth1', 'address'],
        ['datastores', 'n', 'nfs', 'via'],
        ['shares', 'vol', 'path'],
      ],
      'fstab /mnt/datastore/n/type': [['datastores', 'n', 'nfs', 'options']],
      'fstab /mnt/datastore/n/options': [['datastores', 'n', 'nfs', 'options']],
      'fstab /mnt/datastore/n/dump': [['datastores', 'n']],
      'fstab /mnt/datastore/n/pass': [['datastores', 'n']],
    });
  });
});

describe('shares for flows', () => {
  const RUNNER = 'vers=4.1,hard,_netdev,nofail,x-systemd.automount,x-systemd.idle-timeout=10min 0 0';
  const copy = (more = '') =>
    `f: { kind: rclone, from: photos, to: "cold:x", run_on: mover, account: s3, via: internet, schedule: "09:00"${more} }`;

  test('are mounted read-only over the storage network', async () => {
    const more = `shares: { photos: ${PHOTOS} }\nflows: { ${copy()} }`;
    expect(await linesOf(more, 'mover')).toEqual([
      `10.0.3.30:/volume1/photos /mnt/offsite/photos nfs4 ro,${RUNNER}`,
    ]);
    expect(await linesOf(more, 'far')).toEqual(['no file']);
  });

  test('once for all flows', async () => {
    const more = `
shares:
  photos: ${PHOTOS.replace(' }', ', mountpoint: /mnt/photos }')}
  own: { host: far, path: /srv/own }
flows:
  ${copy()}
  g: { kind: rsync, from: photos, to: own, run_on: mover, account: ssh-far, via: home/mgmt, schedule: "10:00" }`;
    expect(await linesOf(more, 'mover')).toEqual([`10.0.3.30:/volume1/photos /mnt/photos nfs4 ro,${RUNNER}`]);
  });

  test('over a VLAN that both are in, or over that of the flow', async () => {
    const more = `
shares: { photos: ${PHOTOS}, own: { host: pbs, path: /srv/own } }
flows:
  g: { kind: rsync, from: photos, to: own, run_on: far, account: ssh-pbs, via: home/storage, schedule: "10:00" }`;
    const topology = topologyWith(more);
    expect(lowerFstab(topology).external[0]?.blocks[0]?.text).toBe(
      '/volume1/photos 10.0.1.50(ro,sync,no_subtree_check,no_root_squash)',
    );
    expect(await linesOf(more, 'far')).toEqual([
      `10.0.1.30:/volume1/photos /mnt/offsite/photos nfs4 ro,${RUNNER}`,
    ]);
  });

  test('over the VLAN of the server that the client is routed to, let in by the address that it has elsewhere', () => {
    const topology = topologyOf(`
offsite: 1
sites:
  home:
    timezone: UTC
    vlans:
      mgmt: { subnet: 10.0.1.0/24, gateway: 10.0.1.1 }
      storage: { subnet: 10.0.3.0/24, gateway: 10.0.3.1, routed_from: [mgmt] }
hosts:
  nas: { site: home, roles: { nas: true }, nics: { eth1: { vlan: storage, address: 10.0.3.30, default_route: true } } }
  mover: { site: home, roles: { linux: "13" }, nics: { eth0: { vlan: mgmt, address: 10.0.1.40, default_route: true } } }
buckets: { cold: { provider: wasabi, region: eu-central-1 } }
accounts: { s3: { kind: s3, secret: s3 } }
shares: { photos: ${PHOTOS} }
flows: { ${copy()} }`);
    const { artifacts, external } = lowerFstab(topology);
    expect(artifacts.flatMap(({ facts }) => facts.map(({ value }) => value))).toContain(
      '10.0.3.30:/volume1/photos',
    );
    expect(external[0]?.blocks[0]?.text).toContain('/volume1/photos 10.0.1.40(');
  });

  test('not for the host of the share, nor for retired flows', async () => {
    const own = `shares: { photos: { host: mover, path: /srv/photos } }\nflows: { ${copy()} }`;
    expect(await linesOf(own, 'mover')).toEqual([]);
    const retired = `shares: { photos: ${PHOTOS} }\nflows: { ${copy(', state: retired')} }`;
    expect(await linesOf(retired, 'mover')).toEqual([]);
    const { steps, changes } = lowerFstab(topologyWith(retired));
    expect(changes).toEqual([
      {
        target: 'mover',
        verb: 'removes',
        kind: 'mount',
        name: '/mnt/offsite/photos',
        causes: [['flows', 'f']],
      },
    ]);
    expect(steps.find(step => step.phase === 'finish')?.commands).toEqual([
      'offsite_umount /mnt/offsite/photos mnt-offsite-photos.automount',
    ]);
  });
});

describe('retired datastores', () => {
  const retired = (path: string) => `
datastores:
  a: { host: pbs, path: ${path}, state: retired, disk: { uuid: ${OTHER} } }
  b: { host: pbs, path: /mnt/b, disk: { uuid: ${UUID} } }`;

  test('are unmounted at the end, when PBS has given them up', () => {
    const { steps, changes } = lowerFstab(topologyWith(retired('/mnt/a')));
    expect(changes.map(({ verb, kind: what, name }) => [verb, what, name])).toEqual([
      ['removes', 'mount', '/mnt/a'],
    ]);
    expect(steps.at(-1)).toMatchObject({ phase: 'finish', order: 10, title: 'Unmount datastore a' });
    expect(steps.at(-1)?.commands).toEqual(['offsite_umount /mnt/a']);
  });

  test('leave a path alone that an active one has', () => {
    const { steps, changes } = lowerFstab(topologyWith(retired('/mnt/b')));
    expect(changes).toEqual([]);
    expect(steps.map(({ phase }) => phase)).toEqual(['mounts']);
  });
});

describe('diagnostics', () => {
  test.each([
    ['contradictory options', nfs('home/storage', ', options: "hard,soft"'), 'contradictory-mount-options'],
    ['soft alone', nfs('home/storage', ', options: soft'), undefined],
    ['automount', iscsi(', options: x-systemd.automount'), 'mount-option-refused'],
    ['no address', nfs('internet'), 'no-address-on-via'],
    ['local', nfs('local'), 'no-address-on-via'],
    ['SMB', nfs('home/storage', '', ', protocol: smb'), 'share-not-mountable'],
    ['own share', nfs('home/storage').replace('host: nas', 'host: pbs'), 'share-not-mountable'],
    ['root', disk(', mountpoint: /'), 'mountpoint-refused'],
    ['system', disk(', mountpoint: /usr/local/x'), 'mountpoint-refused'],
    ['/mnt itself', disk(', mountpoint: /mnt'), 'mountpoint-refused'],
    ['too long', disk(`, mountpoint: /mnt/${'-'.repeat(70)}`), 'mountpoint-refused'],
    ['pending', iscsi().replace(UUID, 'pending'), 'pending-value'],
    [
      'one path for two disks',
      `datastores:
  a: { host: pbs, path: /mnt/z/a, disk: { uuid: ${UUID}, mountpoint: /mnt/z } }
  b: { host: pbs, path: /mnt/z/b, disk: { uuid: ${OTHER}, mountpoint: /mnt/z } }`,
      'mountpoint-twice',
    ],
    [
      'a flow that cannot mount its share',
      `shares: { photos: ${PHOTOS.replace(' }', ', protocol: smb }')} }
flows: { f: { kind: rclone, from: photos, to: "cold:x", run_on: mover, account: s3, via: internet } }`,
      'share-not-mountable',
    ],
  ])('%s', (_, more, code) => expect(codes(more)).toEqual(code === undefined ? [] : [code]));

  test('a pending line is withheld, and a step makes the file system', async () => {
    const more = iscsi().replace(UUID, 'pending');
    expect(await linesOf(more)).toEqual([]);
    const { withheld, steps, diagnostics } = lowerFstab(topologyWith(more));
    expect(diagnostics[0]?.severity).toBe('warning');
    expect(diagnostics[0]?.place).toMatchObject({ path: ['datastores', 's', 'iscsi', 'uuid'] });
    expect(withheld.map(({ target, path }) => [target, path])).toEqual([['pbs', '/etc/fstab']]);
    expect(steps.map(({ order, title }) => [order, title])).toEqual([
      [30, 'Make the file system of datastore s'],
      [60, 'Mount what /etc/fstab lists'],
    ]);
    expect(steps[0]?.commands).toEqual([
      'disk=$(readlink -e /dev/disk/by-path/*-iscsi-iqn.2000-01.com.synology:nas.one-lun-0)\n' +
        'if [ -b "$disk" ] && head -c 4M "$disk" >/dev/null && found=$(wipefs --noheadings "$disk") && [ -z "$found" ]; then mkfs.ext4 "$disk"; fi\n' +
        'blkid -s UUID -o value "$disk"',
    ]);
  });

  test('the reader refuses entries outside of the markers', () => {
    expect(kind.read('').errors).toHaveLength(1);
    const outside = `/dev/x /mnt/x ext4 defaults 0 0\n${HEAD}# END offsite\n`;
    expect(kind.read(outside).errors).toEqual([
      { line: 1, message: '"/mnt/x" stands outside of the markers' },
    ]);
  });
});

describe('steps and notes', () => {
  test('mounting: bare and immutable first', () => {
    const { steps } = lowerFstab(topologyWith(iscsi()));
    expect(steps[0]?.commands).toEqual([
      'systemctl daemon-reload',
      'offsite_mount /mnt/datastore/s-1 mount /mnt/datastore/s-1 && chown backup:backup /mnt/datastore/s-1',
    ]);
    expect(steps[0]?.check).toEqual([
      'findmnt --verify --tab-file /etc/fstab',
      'mountpoint /mnt/datastore/s-1',
      'runuser -u backup -- test -w /mnt/datastore/s-1',
    ]);
  });

  test('an automount is looked into: it is a mount point without its server', () => {
    const more = `${nfs('home/six')}\nflows: { f: { kind: rclone, from: vol, to: "cold:x", run_on: mover, account: s3, via: internet } }`;
    const { steps } = lowerFstab(topologyWith(more));
    const step = steps.find(({ target, title }) => target === 'mover' && title.startsWith('Mount'));
    expect(step?.check).toContain('test -d /mnt/offsite/vol/ && mountpoint /mnt/offsite/vol');
  });

  test('exports list each client once, IPv6 without brackets', () => {
    const more = `${nfs('home/six')}
flows: { f: { kind: rclone, from: vol, to: "cold:x", run_on: mover, account: s3, via: internet } }`;
    const [note] = lowerFstab(topologyWith(more)).external;
    expect(note?.name).toBe('nas');
    expect(note?.blocks).toEqual([
      {
        language: 'text',
        text: '/volume1/pbs 10.0.3.40(ro,sync,no_subtree_check,no_root_squash) fd00:30::20(rw,sync,no_subtree_check,no_root_squash)',
      },
    ]);
    expect(note?.text.join('\n')).toContain('uid 34');
  });

  test('a host that is ours exports by a step of its own, before its clients', () => {
    const topology = topologyWith(`
shares: { own: { host: mover, path: /srv/pbs } }
datastores: { n: { host: pbs, path: /mnt/n, nfs: { from: own, via: home/storage } } }`);
    const { steps, needs, external } = lowerFstab(topology);
    const step = steps.find(({ title }) => title === 'Export the shares that other hosts mount');
    expect(step?.target).toBe('mover');
    expect(step?.commands).toEqual([
      'test -d /srv/pbs',
      `exports=$(mktemp) && printf '%s\\n' '/srv/pbs 10.0.3.20(rw,sync,no_subtree_check,no_root_squash)' >"$exports" &&
  offsite_put "$exports" /etc/exports.d/offsite.exports root:root 0644
rm -f "$exports"`,
      'exportfs -ra',
    ]);
    expect(step?.text.join('\n')).toContain('uid 34');
    expect(needs.map(({ target, name }) => `${target} ${name}`)).toContain('mover nfs-kernel-server');
    expect(external).toEqual([]);
    const { after } = orderTargets(topology, new Set(['mover', 'pbs']));
    expect(after.get('pbs')).toEqual(['mover']);
  });

  test('a host that is not managed gets the lines as a note', () => {
    const lowered = lowerFstab(topologyWith(iscsi(), 'managed: false'));
    expect(lowered.artifacts).toEqual([]);
    expect(lowered.external[0]?.blocks[0]?.text).toContain(`UUID=${UUID} /mnt/datastore/s-1 ext4 noatime`);
  });
});
