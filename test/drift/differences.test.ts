import { describe, expect, test } from 'vitest';
import { brief, driftOf, SAMPLES, type SampleName, sshKey } from './support.ts';

type Case = readonly [
  sample: SampleName,
  what: string,
  from: string | RegExp,
  to: string,
  ...expected: string[],
];

/** Each replaces something of the rendered text and names all findings. */
const CASES: readonly Case[] = [
  ['sync', 'a value', '05:00', '06:00', 'different sync: pull-home/schedule @8 [06:00 | 05:00] <line.8'],
  ['sync', 'a unit', '20 MiB', '20 MB', 'different sync: pull-home/rate-in @4 [20 MB | 20 MiB] <line.4'],
  [
    'sync',
    'a missing key',
    '\tremove-vanished true\n',
    '',
    'only-rendered sync: pull-home/remove-vanished [ | true] <line.7',
  ],
  [
    'sync',
    'another key',
    '\tremote home\n',
    '\tremote home\n\tns x\n',
    'only-live sync: pull-home/ns @6 [x | ]',
  ],
  [
    'sync',
    'one filter more',
    '\trate-in',
    '\tgroup-filter type:ct\n\trate-in',
    'only-live sync: pull-home/group-filter @4 [type:ct | ]',
  ],
  ['sync', 'a section missing', /sync: to-cloud[\s\S]*/, '', 'only-rendered sync: to-cloud <line.11'],
  [
    'sync',
    'a section more',
    /$/,
    '\nsync: own\n\tremote-store abc\n\tstore def\n',
    'only-live sync: own @16',
  ],
  [
    'sync',
    'an unknown property',
    '\tremote home\n',
    '\tremote home\n\tbogus 1\n',
    'damaged sync: pull-home/bogus @6 [1 | ] ! PBS cannot read the whole file: unknown property "bogus"',
  ],
  [
    'sync',
    'a bad value',
    '05:00',
    'never',
    'damaged sync: pull-home/schedule @8 [never | 05:00] ! PBS cannot read the whole file: property "schedule": "never" is no weekday (mon … sun) and no keyword (minutely, hourly, daily, weekly, monthly, quarterly, semiannually, semi-annually, yearly, annually) <line.8',
  ],
  [
    'sync',
    'a required property missing',
    '\tstore cloud\n',
    '',
    'damaged sync: to-cloud/store @13 [ | cloud] ! PBS cannot read the whole file: property "store" is missing in "sync: to-cloud" <line.14',
  ],
  [
    'sync',
    'a comment',
    /^/,
    '# mine\n',
    'damaged line 1 @1 ! PBS cannot read the whole file: expected a section header "TYPE: ID" at the start of the line',
  ],
  [
    'datastore',
    'inside a property string',
    '60 GiB',
    '61 GiB',
    'different datastore: cloud/backend @2 [bucket=b1x,client=wasabi,max-cache-size=61 GiB,type=s3 | bucket=b1x,client=wasabi,max-cache-size=60 GiB,type=s3] <line.2',
  ],
  [
    'datastore',
    'a default that depends on the release',
    '\tnotification-mode notification-system\n',
    '',
    'only-rendered datastore: cloud/notification-mode [ | notification-system] <line.3',
  ],
  [
    'remote',
    'no secret',
    /\tpassword.*\n/,
    '',
    'damaged remote: home/password @4 [ | (secret)] ! PBS cannot read the whole file: property "password" is missing in "remote: home" <line.5',
  ],
  [
    'remote',
    'a secret that was not filled in',
    /$/,
    '',
    'damaged remote: home/password @5 [(placeholder, not filled in) | (secret)] ! PBS reads the file, but cannot list its sections: property "password": it must be base64 (standard alphabet, padded) <line.5',
  ],
  [
    'acl',
    'a role more',
    'DatastoreReader',
    'DatastoreReader,DatastoreAdmin',
    'only-live /datastore/a b@pbs @1 [DatastoreAdmin | ]',
    'only-live /datastore/a b@pbs!t @1 [DatastoreAdmin | ]',
  ],
  [
    'acl',
    'another propagation',
    'acl:0',
    'acl:1',
    'different /remote c@pbs @2 [RemoteAudit | RemoteAudit, not propagated] <line.2',
  ],
  [
    'acl',
    'a later NoAccess',
    /$/,
    'acl:1:/datastore/a:b@pbs:NoAccess\n',
    'only-live /datastore/a b@pbs @3 [NoAccess | ]',
    'only-rendered /datastore/a b@pbs [ | DatastoreBackup] <line.1',
    'only-rendered /datastore/a b@pbs [ | DatastoreReader] <line.1',
  ],
  [
    'acl',
    'an unknown role',
    'RemoteAudit',
    'Remote',
    'damaged /remote c@pbs @2 [Remote, not propagated | RemoteAudit, not propagated] ! PBS refuses every request: unknown role "Remote" <line.2',
  ],
  [
    'storage',
    'a value',
    '10.10.30.30',
    '10.10.30.31',
    'different nfs: nas/server @8 [10.10.30.31 | 10.10.30.30] <line.8',
  ],
  ['storage', 'a list', 'iso,vztmpl', 'iso', 'different dir: local/content @3 [iso | iso,vztmpl] <line.3'],
  ['storage', 'a section missing', /nfs: nas[\s\S]*/, '', 'only-rendered nfs: nas <line.5'],
  ['storage', 'a foreign section', /$/, 'dir: own\n\tpath /own\n\n', 'foreign dir: own @13'],
  [
    'storage',
    'another type under the id',
    'nfs: nas\n\texport /volume1/dump\n',
    'dir: nas\n',
    'different nfs: nas @5 [dir: nas | nfs: nas] <line.5',
    'damaged dir: nas/server @7 ! "server" is dropped: unknown property of dir',
    'damaged dir: nas/options @9 ! "options" is dropped: unknown property of dir',
  ],
  [
    'storage',
    'a property that PVE drops',
    'keep-last=4',
    'keep=4',
    'damaged nfs: nas/prune-backups @11 [keep=4 | keep-last=4] ! "prune-backups" is dropped: unknown key "keep"; known: keep-all, keep-last, keep-hourly, keep-daily, keep-weekly, keep-monthly, keep-yearly <line.11',
  ],
  [
    'storage',
    'a foreign type of a plugin',
    /$/,
    'linstor: own\n\tpool x\n\n',
    'foreign line 13 @13 ! section "…" is skipped: unknown type "…"',
  ],
  [
    'storage',
    'a required property missing',
    '\texport /volume1/dump\n',
    '',
    'damaged nfs: nas/export @5 [ | /volume1/dump] ! section "nfs: nas" is kept undefined: "export" is missing or bad, the next save fails <line.6',
  ],
  [
    'jobs',
    'a job that was switched off',
    'enabled 1',
    'enabled 0',
    'different vzdump: daily/enabled @5 [0 | 1] <line.5',
  ],
  ['vzdump', 'a value', '/var/tmp', '/tmp', 'different tmpdir @1 [/tmp | /var/tmp] <line.1'],
  [
    'vzdump',
    'the key missing',
    /^.*$/m,
    'bwlimit: 1',
    'foreign bwlimit @1 [1 | ]',
    'only-rendered tmpdir [ | /var/tmp] <line.1',
  ],
  [
    'fstab',
    'an option',
    ',nofail',
    '',
    'different /mnt/store/options @2 [noatime,x-systemd.before=a.service | noatime,nofail,x-systemd.before=a.service] <line.2',
  ],
  [
    'fstab',
    'outside of the block',
    /[\s\S]*/,
    'UUID=a2f1 /mnt/store ext4 noatime,nofail,x-systemd.before=a.service 0 2\n',
    'foreign /mnt/store @1',
    'only-rendered /mnt/store <line.2',
  ],
  [
    'fstab',
    'the block is not closed',
    '# END offsite\n',
    '',
    'damaged line 1 @1 ! "# BEGIN offsite" without "# END offsite"',
  ],
  ['fstab', 'a bad line of the host', /^/, 'one two\n', 'foreign line 1 @1 ! 2 fields where fstab has six'],
  [
    'keys',
    'a lost option',
    'restrict,',
    '',
    `only-rendered ssh-ed25519 …${sshKey(1).slice(-12)}/restrict [ | (set)] <line.2`,
  ],
  [
    'keys',
    'a key more in the block',
    '# END',
    `ssh-ed25519 ${sshKey(7)}\n# END`,
    `only-live ssh-ed25519 …${sshKey(7).slice(-12)} @3`,
  ],
  [
    'known',
    'another key',
    sshKey(2),
    sshKey(3),
    `different [10.0.0.1]:2222 ssh-ed25519 @2 [${sshKey(3)} | ${sshKey(2)}] <line.2`,
  ],
  [
    'routes',
    'a route missing',
    /\tup.*unreach.*\n/,
    '',
    'only-rendered iface ens19/up [ | ip -4 route replace unreachable 10.2.0.0/24 metric 9] <line.5',
  ],
  [
    'routes',
    'other order',
    /(\tup.*\n)(\tup.*\n)/,
    '$2$1',
    'different iface ens19/up (order) @4 [ip -4 route replace unreachable 10.2.0.0/24 metric 9 | ip -4 route replace 10.2.0.0/24 via 10.1.0.1] <line.4',
  ],
  [
    'wireguard',
    'a network more',
    '10.99.0.3/32',
    '10.99.0.3/32, 10.9.0.0/24',
    'only-live Peer duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o=/AllowedIPs @14 [10.9.0.0/24 | ]',
  ],
  [
    'wireguard',
    'the key in the file',
    'ListenPort',
    'PrivateKey = 4GmXxyIFcpnuWrs37ZzPqTvDWVi/bLFUBP/1CFYlbGc=\nListenPort',
    'only-live Interface/PrivateKey @3 [(secret) | ]',
  ],
  [
    'wireguard',
    'a peer missing',
    /\n\[Peer\]\nPublicKey = du[\s\S]*/,
    '',
    'only-rendered Peer duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o= <line.13',
  ],
  [
    'unit',
    'a setting',
    'PrivateTmp=true',
    'PrivateTmp=no',
    'different Service/PrivateTmp @11 [no | true] <line.11',
  ],
  [
    'unit',
    'order of commands',
    'Pre=/bin/one\nExecStartPre=/bin/two',
    'Pre=/bin/two\nExecStartPre=/bin/one',
    'different Service/ExecStartPre (order) @8 [/bin/two | /bin/one] <line.8',
  ],
  ['unit', 'a dependency missing', ' b.mount', '', 'only-rendered Unit/After [ | b.mount] <line.3'],
  ['rclone', 'a remote more', /$/, '[own]\ntype = local\n', 'only-live [own] @9'],
  [
    'aws',
    'one secret missing',
    /.*secret_access.*\n/,
    '',
    'different [default]/aws_access_key_id @2 [(placeholder, not filled in) | (secret)] <line.2',
    'only-rendered [default]/aws_secret_access_key [ | (secret)] <line.3',
  ],
  [
    'sysctl',
    'a value',
    'ip_forward = 1',
    'ip_forward = 0',
    'different net.ipv4.ip_forward @2 [0 | 1] <line.2',
  ],
  [
    'sysctl',
    'a setting twice',
    /$/,
    'net.ipv4.ip_forward = 0\n',
    'damaged net.ipv4.ip_forward @4 [0 | 1] ! "net.ipv4.ip_forward" is set in line 2 already <line.2',
  ],
  [
    'script',
    'a line of code',
    '/b/',
    '/c/',
    'different code @11 [rsync -a /a/ /c/ | rsync -a /a/ /b/] <line.11',
  ],
  ['script', 'an assignment', "FLOW='x'", "FLOW='y'", 'different FLOW @4 [y | x] <line.4'],
];

/** Like the above, with all of the live text. */
const WHOLE: readonly (readonly [sample: SampleName, what: string, live: string, ...expected: string[]])[] = [
  [
    'wireguard',
    'a short secret',
    SAMPLES.wireguard.text.replace('ListenPort', 'PrivateKey = abc\nListenPort'),
    'damaged Interface/PrivateKey @3 [(secret) | ] ! PrivateKey "…": not a key of 32 bytes in base64',
  ],
  [
    'fstab',
    'a line of the host for our mount',
    `${SAMPLES.fstab.text}/dev/sdx /mnt/store ext4 defaults 0 0\n`,
    'damaged /mnt/store @4 ! mount point "/mnt/store" stands in line 2 already',
  ],
  [
    'unit',
    'a reset',
    `${SAMPLES.unit.text}ExecStartPre=\nExecStartPre=/bin/one\n`,
    'different Service/ExecStartPre @12 [(set) | /bin/two] <line.9',
  ],
  [
    'aws',
    'a value that may be a secret',
    '[default]\naws_access_key_id = abc\naws_secret_access_key = def\nother = ghi\n',
    'only-live [default]/other @4 [(secret) | ]',
  ],
  [
    'storage',
    'of a property given twice PVE takes the first',
    SAMPLES.storage.text.replace('\toptions', '\tserver 10.0.0.9\n\toptions'),
    'damaged line 10 @10 ! "server" is dropped: it already stands in line 8',
  ],
  [
    'storage',
    'of two sections PVE takes the last',
    `nfs: nas\n\tserver 10.0.0.9\n\texport /x\n\n${SAMPLES.storage.text}`,
    'damaged line 1 @1 ! section "nas" is replaced by the one in line 9',
  ],
  [
    'sync',
    'of two sections PBS takes the last',
    `sync: to-cloud\n\tremote-store abc\n\tstore def\n\n${SAMPLES.sync.text}`,
    'damaged sync: to-cloud @15 ! the id "to-cloud" already stands in line 1: PBS keeps the last only',
  ],
  [
    'storage',
    'no empty line before our section',
    SAMPLES.storage.text.replace('\n\nnfs', '\nnfs'),
    'damaged line 4 @4 ! ignored: an empty line must stand before a section header',
    'damaged dir: local/export @5 [/volume1/dump | ] ! "export" is dropped: unknown property of dir',
    'damaged line 6 @6 ! "path" is dropped: it already stands in line 2',
    'damaged dir: local/server @7 [10.10.30.30 | ] ! "server" is dropped: unknown property of dir',
    'damaged line 8 @8 ! "content" is dropped: it already stands in line 3',
    'damaged dir: local/options @9 [vers=4.1,hard | ] ! "options" is dropped: unknown property of dir',
    'only-live dir: local/prune-backups @10 [keep-last=4 | ]',
    'only-rendered nfs: nas <line.5',
  ],
];

describe('gives exactly the finding', () => {
  test.each(CASES.map(one => [one[0], one[1], one] as const))('%s: %s', (name, _, one) => {
    const [, , from, to, ...expected] = one;
    const sample = SAMPLES[name];
    const live = sample.text.replace(from, to);
    const { state, findings } = driftOf(sample, live);
    expect(brief(findings)).toEqual(expected);
    expect(state).toBe(expected.every(one => one.startsWith('foreign')) ? 'same' : 'drift');
  });

  test.each(WHOLE.map(one => [one[0], one[1], one] as const))('%s: %s', (name, _, one) => {
    const [, , live, ...expected] = one;
    expect(brief(driftOf(SAMPLES[name], live).findings)).toEqual(expected);
  });

  test('a retired section that is still there is drift', () => {
    const live = `${SAMPLES.storage.text}dir: old\n\tpath /old\n\n`;
    expect(brief(driftOf(SAMPLES.storage, live, ['old']).findings)).toEqual(['only-live dir: old @13']);
  });

  test.each([
    ['no UTF-8', Buffer.from([0x73, 0x0a, 0xff, 0xfe]), 'damaged line 2 @2 ! the file is no UTF-8 text'],
    ['NUL', Buffer.from('a\n\nb\0c'), 'damaged line 3 @3 ! the file holds NUL bytes'],
    ['UTF-16', Buffer.from('\ufeffsync: a', 'utf16le'), 'damaged line 1 @1 ! the file is no UTF-8 text'],
  ])('%s', (_, bytes, expected) => {
    expect(brief(driftOf(SAMPLES.sync, bytes).findings)).toEqual([expected]);
  });

  test('many damaged lines are not all listed', () => {
    const { findings } = driftOf(SAMPLES.sysctl, 'x\n'.repeat(1000));
    expect(brief(findings)).toContain('damaged file ! 950 more lines are damaged');
    expect(findings.length).toBe(53);
  });
});
