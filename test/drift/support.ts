import { type Artifact, type Ownership, outPath } from '../../src/artifacts/artifact.ts';
import { KINDS } from '../../src/artifacts/kinds.ts';
import { compareFile } from '../../src/drift/file.ts';
import type { DriftFinding } from '../../src/drift/report.ts';
import type { RenderedFile } from '../../src/render/render-all.ts';

export interface Rendered {
  readonly kind: string;
  readonly path: string;
  readonly ownership: Ownership;
  readonly folder?: Artifact['folder'];
  readonly text: string;
}

/** A rendered file of which each line was caused by `['line', NUMBER]`. */
export function renderedFile({ kind, path, ownership, folder, text }: Rendered): RenderedFile {
  const facts = KINDS.get(kind)!
    .read(text)
    .facts.map(({ at, value, line }) => ({ at, value, causes: [['line', line]] }));
  const artifact: Artifact = {
    kind,
    target: 'host',
    folder: folder ?? (ownership === 'whole' ? 'root' : 'merge'),
    path,
    ownership,
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    view: {},
    facts,
  };
  return { path: outPath(artifact), text, artifact };
}

/** What a live text gives beside a rendered one. */
export const driftOf = (rendered: Rendered, live: string | Uint8Array, removed: readonly string[] = []) =>
  compareFile(renderedFile(rendered), typeof live === 'string' ? Buffer.from(live) : live, new Set(removed));

/** Findings as one line each: `different sync: a/schedule 5 [01:00 | 02:00] <3`. */
export const brief = (findings: readonly DriftFinding[]): string[] =>
  findings.map(({ kind, at, line, live, rendered, message, causes }) =>
    [
      kind,
      at,
      ...(line === undefined ? [] : [`@${line}`]),
      ...(live === undefined && rendered === undefined ? [] : [`[${live ?? ''} | ${rendered ?? ''}]`]),
      ...(message === undefined ? [] : [`! ${message}`]),
      ...causes.map(path => `<${path.join('.')}`),
    ].join(' '),
  );

/** One small rendered file of each kind with a normaliser of its own. */
export const SAMPLES = {
  sync: {
    kind: 'pbs-sync',
    path: '/etc/proxmox-backup/sync.cfg',
    ownership: 'whole',
    text: [
      'sync: pull-home',
      '\tgroup-filter type:vm',
      '\tgroup-filter group:ct/100',
      '\trate-in 20 MiB',
      '\tremote home',
      '\tremote-store backups',
      '\tremove-vanished true',
      '\tschedule 05:00',
      '\tstore main',
      '',
      'sync: to-cloud',
      '\tremote-store main',
      '\tschedule 07:00',
      '\tstore cloud',
      '',
    ].join('\n'),
  },
  datastore: {
    kind: 'pbs-datastore',
    path: '/etc/proxmox-backup/datastore.cfg',
    ownership: 'whole',
    text: 'datastore: cloud\n\tbackend bucket=b1x,client=wasabi,max-cache-size=60 GiB,type=s3\n\tnotification-mode notification-system\n\tpath /mnt/datastore/cloud\n',
  },
  remote: {
    kind: 'pbs-remote',
    path: '/etc/proxmox-backup/remote.cfg',
    ownership: 'whole',
    folder: 'fill',
    text: 'remote: home\n\tauth-id sync@pbs!dc\n\tfingerprint 1c:dc:64:6a:e5:e7:ec:3f:a9:2d:ad:83:a8:fb:cd:ed:ca:e8:a9:d3:6e:ad:55:31:56:bb:43:0f:a0:4e:66:91\n\thost 10.10.30.20\n\tpassword @@offsite:dc-sync:base64@@\n',
  },
  acl: {
    kind: 'pbs-acl',
    path: '/etc/proxmox-backup/acl.cfg',
    ownership: 'whole',
    text: 'acl:1:/datastore/a:b@pbs,b@pbs!t:DatastoreBackup,DatastoreReader\nacl:0:/remote:c@pbs:RemoteAudit\n',
  },
  storage: {
    kind: 'pve-storage',
    path: '/etc/pve/storage.cfg',
    ownership: 'sections',
    text: [
      'dir: local',
      '\tpath /var/lib/vz',
      '\tcontent iso,vztmpl',
      '',
      'nfs: nas',
      '\texport /volume1/dump',
      '\tpath /mnt/pve/nas',
      '\tserver 10.10.30.30',
      '\tcontent backup',
      '\toptions vers=4.1,hard',
      '\tprune-backups keep-last=4',
      '',
      '',
    ].join('\n'),
  },
  jobs: {
    kind: 'pve-jobs',
    path: '/etc/pve/jobs.cfg',
    ownership: 'sections',
    text: 'vzdump: daily\n\tcomment Flow 1%3A all\n\tschedule 01:00\n\tall 1\n\tenabled 1\n\texclude 900,901\n\tfleecing 1,storage=local-zfs\n\tmode snapshot\n\trepeat-missed 0\n\tstorage pbs-home\n\n',
  },
  vzdump: {
    kind: 'vzdump-conf',
    path: '/etc/vzdump.conf',
    ownership: 'keys',
    text: 'tmpdir: /var/tmp\n',
  },
  fstab: {
    kind: 'fstab',
    path: '/etc/fstab',
    ownership: 'block',
    text: '# BEGIN offsite\nUUID=a2f1 /mnt/store ext4 noatime,nofail,x-systemd.before=a.service 0 2\n# END offsite\n',
  },
  keys: {
    kind: 'authorized-keys',
    path: '/home/recv/.ssh/authorized_keys',
    ownership: 'block',
    text: `# BEGIN offsite\nrestrict,from="10.0.0.1,10.0.0.2",command="/usr/bin/rrsync /srv" ssh-ed25519 ${sshKey(1)} one\n# END offsite\n`,
  },
  known: {
    kind: 'known-hosts',
    path: '/etc/offsite/known_hosts',
    ownership: 'whole',
    text: `nas-dc ssh-ed25519 ${sshKey(1)}\n[10.0.0.1]:2222 ssh-ed25519 ${sshKey(2)}\n`,
  },
  routes: {
    kind: 'static-routes',
    path: '/etc/network/interfaces.d/offsite',
    ownership: 'whole',
    text: '# Rendered.\n\niface ens19 inet static\n\tup ip -4 route replace 10.2.0.0/24 via 10.1.0.1\n\tup ip -4 route replace unreachable 10.2.0.0/24 metric 9\n',
  },
  wireguard: {
    kind: 'wireguard',
    path: '/etc/wireguard/wg0.conf',
    ownership: 'whole',
    text: [
      '[Interface]',
      'Address = 10.99.0.1/30',
      'ListenPort = 51820',
      'PostUp = wg set %i private-key /etc/wireguard/keys/%i.key',
      'PostUp = ip route replace 10.2.0.0/24 dev %i',
      '',
      '[Peer]',
      'PublicKey = qW1OOBXH1XXvVhcit3sSsFW+C1IdB7xSZ2YIcjI5My8=',
      'Endpoint = gw.example.org:51820',
      'AllowedIPs = 10.99.0.2/32, 10.2.0.0/24, 2001:db8::/64',
      '',
      '[Peer]',
      'PublicKey = duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o=',
      'AllowedIPs = 10.99.0.3/32',
      '',
    ].join('\n'),
  },
  unit: {
    kind: 'unit-trigger',
    path: '/etc/systemd/system/offsite-x.service',
    ownership: 'whole',
    text: '[Unit]\nDescription=Copies\nAfter=a.mount b.mount\n\n[Service]\nType=oneshot\nEnvironment=A=1\nExecStartPre=/bin/one\nExecStartPre=/bin/two\nExecStart=/bin/run --fast\nPrivateTmp=true\n',
  },
  rclone: {
    kind: 'rclone-conf',
    path: '/etc/offsite/rclone.conf',
    ownership: 'whole',
    text: '# Rendered.\n[cloud]\ntype = s3\nprovider = Wasabi\nenv_auth = true\n\n[other]\ntype = local\n',
  },
  aws: {
    kind: 'rclone-conf',
    path: '/etc/offsite/secrets/cloud.aws',
    ownership: 'whole',
    folder: 'fill',
    text: '[default]\naws_access_key_id = @@offsite:c.access-key:plain@@\naws_secret_access_key = @@offsite:c.secret-key:plain@@\n',
  },
  sysctl: {
    kind: 'gateway-sysctl',
    path: '/etc/sysctl.d/90-offsite.conf',
    ownership: 'whole',
    text: '# Rendered.\nnet.ipv4.ip_forward = 1\nnet.ipv6.conf.all.forwarding = 1\n',
  },
  script: {
    kind: 'dsm-script',
    path: '/volume1/offsite/offsite-x.sh',
    ownership: 'whole',
    text: "#!/bin/sh\n# Rendered.\nset -u\nFLOW='x'\nWORK='/volume1/offsite'\n\nsay() {\n  echo \"$1\"\n}\nsay start\nrsync -a /a/ /b/\nsay end\n",
  },
} as const satisfies Readonly<Record<string, Rendered>>;

export type SampleName = keyof typeof SAMPLES;

/** A well-formed Ed25519 key of 32 equal bytes. */
export function sshKey(byte: number): string {
  const field = (bytes: Uint8Array) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  return Buffer.concat([field(Buffer.from('ssh-ed25519')), field(Buffer.alloc(32, byte))]).toString('base64');
}
