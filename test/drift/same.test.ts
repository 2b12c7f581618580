import { describe, expect, test } from 'vitest';
import { brief, driftOf, SAMPLES, type SampleName, sshKey } from './support.ts';

/** Live texts that mean what the sample means, each with what it is about. */
const SAME: Readonly<Record<SampleName, Readonly<Record<string, string>>>> = {
  sync: {
    'other order of sections, keys and filters': [
      'sync: to-cloud\n\tstore cloud\n\tschedule 07:00\n\tremote-store main\n',
      'sync: pull-home\n\tstore main\n\tschedule 05:00\n\tremove-vanished true\n\tremote-store backups\n\tremote home\n\trate-in 20 MiB\n\tgroup-filter group:ct/100\n\tgroup-filter type:vm\n',
    ].join('\n'),
    'other spellings': [
      'sync:pull-home  \n  group-filter   include:type:vm\n\tgroup-filter group:ct/100  \n\trate-in 20MiB\n\tremote home',
      '\tremote-store backups\n\tremove-vanished yes\n\tschedule 5:00\n\tstore main\n  \n\n',
      'sync: to-cloud\r\n\tremote-store main\r\n\tremove-vanished 0\r\n\tschedule 07:00\r\n\tstore cloud\r\n',
    ].join('\n'),
    'another unit': SAMPLES.sync.text.replace('20 MiB', '20480KiB'),
  },
  datastore: {
    'property string in another order, default key bare':
      'datastore: cloud\n\tpath /mnt/datastore/cloud\n\tnotification-mode notification-system\n\tbackend s3,max-cache-size=60GiB,client=wasabi,bucket=b1x\n',
  },
  remote: {
    'a secret is there': SAMPLES.remote.text.replace(/@@.*@@/, 'c2VjcmV0').replace('1c:dc', '1C:DC'),
  },
  acl: {
    'one line for each role':
      'acl:0:/remote/:c@pbs:RemoteAudit\nacl:1:/datastore/a:b@pbs!t:DatastoreReader\n\nacl:1:/datastore//a: b@pbs!t , b@pbs :DatastoreBackup\nacl:1:/datastore/a:b@pbs:DatastoreReader\n',
  },
  storage: {
    'as PVE saves it': [
      '# a comment',
      'nfs: nas',
      '\texport /volume1/dump',
      '\tpath /mnt/pve/nas',
      '\tserver 10.10.30.30',
      '\tcontent backup',
      '\toptions hard,vers=4.1',
      '\tprune-backups keep-daily=0,keep-last=4',
      '',
      'DIR: local',
      '  path   /var/lib/vz  ',
      '\tcontent vztmpl,iso',
      '\tshared 0',
      '',
    ].join('\n'),
    'foreign sections': `zfspool: local-zfs\n\tpool rpool/data\n\tcontent rootdir,images\n\n${SAMPLES.storage.text}cifs: win\n\tserver 10.0.0.9\n\tshare x\n\n`,
    'a default that is not said': SAMPLES.storage.text.replace('\tpath /mnt/pve/nas\n', ''),
  },
  jobs: {
    'other spellings':
      '\n# comment\nvzdump: daily\n\tschedule 1:00\n\tcomment Flow 1: all\n\tall yes\n\texclude 901,900\n\tfleecing storage=local-zfs,enabled=on\n\tstorage pbs-home\n',
  },
  vzdump: {
    'other keys are of the host': '# mine\nbwlimit: 5000\ntmpdir:   /var/tmp  \nionice: 5\n',
  },
  fstab: {
    'lines of the host':
      '# /etc/fstab\nUUID=00 / ext4 defaults 0 1\nUUID=01 none swap sw\n\n# BEGIN offsite\n# text\nUUID="a2f1"\t/mnt/store/\text4 x-systemd.before=a.service,nofail,noatime 0 2\n# END offsite\n//nas/x /mnt/x cifs password=hunter2 0 0\n',
  },
  keys: {
    'keys of the host': `ssh-ed25519 ${sshKey(9)} admin\n# BEGIN offsite\n  command="/usr/bin/rrsync /srv",from="10.0.0.2,10.0.0.1",RESTRICT ssh-ed25519  ${sshKey(1)} renamed\n# END offsite\n`,
  },
  known: {
    'other order, a name on two lines': `# c\n[10.0.0.1]:2222 ssh-ed25519 ${sshKey(2)} comment\nNAS-DC ssh-ed25519 ${sshKey(1)}\n`,
  },
  routes: {
    'blanks, comments and a continued line':
      'iface   ens19 inet static\n    up  ip -4 route   replace 10.2.0.0/24 \\\n      via 10.1.0.1\n# more\n\niface ens19 inet static\n\tup ip -4 route replace unreachable 10.2.0.0/24 metric 9\n',
  },
  wireguard: {
    'peers, lists and spellings': [
      '[interface]',
      'listenport=51820',
      'Address = 10.99.0.1/30 # here',
      'SaveConfig = false',
      '[Peer]',
      'AllowedIPs = 10.99.0.3',
      'PersistentKeepalive = off',
      'PublicKey = duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o=',
      '[Peer]',
      'PublicKey = qW1OOBXH1XXvVhcit3sSsFW+C1IdB7xSZ2YIcjI5My8=',
      'AllowedIPs = 2001:DB8:0::/64,10.2.0.0/24',
      'AllowedIPs = 10.99.0.2/32',
      'Endpoint = GW.example.org:51820',
      '[Interface]',
      'PostUp = wg set %i   private-key /etc/wireguard/keys/%i.key',
      'PostUp = ip route replace 10.2.0.0/24 dev %i',
      '',
    ].join('\n'),
  },
  unit: {
    'order, blanks and lists':
      '; c\n[Service]\nType=simple\nType = oneshot\nExecStartPre=/bin/one\nExecStart=/bin/run \\\n  --fast\nExecStartPre=/bin/two\nPrivateTmp=yes\nEnvironment=A=1\n[Unit]\nAfter=b.mount\nAfter=a.mount\nDescription=Copies\n',
  },
  rclone: {
    'order and comments':
      '[other]\ntype=local\n; c\n[cloud]\nenv_auth = true\nprovider=Wasabi\ntype   =   s3\n',
  },
  aws: {
    'secrets are there': '[default]\naws_secret_access_key=abc\naws_access_key_id=def\n',
  },
  sysctl: {
    'order, slashes and blanks': 'net/ipv6/conf/all/forwarding=1\n# c\n net.ipv4.ip_forward =1\n',
  },
  script: {
    'blanks and comments':
      '#!/bin/sh\nset -u\n# other\nWORK=/volume1/offsite\nFLOW="x"\nsay() {\n  echo "$1"   \n}\n\n\nsay start\n# now\nrsync -a /a/ /b/\nsay end\n',
  },
};

const cases = Object.entries(SAME).flatMap(([name, texts]) =>
  Object.entries({ itself: '', ...texts }).map(([what, text]) => [name as SampleName, what, text] as const),
);

describe('means the same', () => {
  test.each(cases)('%s: %s', (name, _, live) => {
    const sample = SAMPLES[name];
    // A rendered file with placeholders is not what lies on a host.
    const itself = sample.text
      .replace(/@@offsite:[^@]*base64@@/g, 'c2VjcmV0')
      .replace(/@@offsite:[^@]*@@/g, 'secret');
    const { state, findings } = driftOf(sample, live === '' ? itself : live);
    expect(brief(findings.filter(({ kind }) => kind !== 'foreign'))).toEqual([]);
    expect(state).toBe('same');
  });
});
