import type { Unknowable } from './mistake.ts';

/** Mistakes of which nothing is found, since what is written could be meant. */
export const uncaught: readonly Unknowable[] = [
  {
    name: 'a wrong digit in an address that is free and in its subnet',
    edit: [
      'ens19: { vlan: storage, address: 10.10.30.20 }',
      'ens19: { vlan: storage, address: 10.10.30.21 }',
    ],
    why: 'only the host knows its address, and everything else is derived from what is declared',
  },
  {
    name: 'a gateway that no declared host is',
    edit: ['gateway: 10.10.30.1,', 'gateway: 10.10.30.254,'],
    why: 'a router that the topology does not name may have the address',
  },
  {
    name: 'a wrong digit in an endpoint',
    edit: ['endpoint: "203.0.113.130:51820"', 'endpoint: "203.0.113.13:51820"'],
    why: 'a provider may translate another public address to the end',
  },
  {
    name: 'the public key of another key pair',
    edit: [
      'public_key: duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o=',
      'public_key: xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=',
    ],
    why: 'the private key is on the host alone',
  },
  {
    name: 'a wrong digit in a fingerprint',
    edit: ['fingerprint: 1c:dc:64', 'fingerprint: 1c:dc:46'],
    why: 'the certificate is on the host alone',
  },
  {
    name: 'a wrong digit in a UUID',
    edit: ['uuid: 104d184f', 'uuid: 104d184e'],
    why: 'the file system is on the device alone',
  },
  {
    name: 'the name of another iSCSI target',
    edit: ['synology:nas-home.pbs', 'synology:nas-home.pbs2'],
    why: 'the NAS chooses the names of its targets',
  },
  {
    name: 'a region misspelt',
    edit: ['name: example-pbs-dc\n    region: eu-central-1', 'name: example-pbs-dc\n    region: eu-centrl-1'],
    why: 'providers open new regions, and a list of them would refuse those',
  },
  {
    name: 'a public name misspelt',
    edit: ['server: mail.example.com', 'server: mial.example.com'],
    why: 'the compiler asks no resolver',
  },
  {
    name: 'a recipient misspelt',
    edit: ['mailto: [ops@example.com] # assumed', 'mailto: [osp@example.com]'],
    why: 'any address may have a mailbox',
  },
  {
    name: 'a replica by the internet instead of the tunnel',
    edit: [
      '    owner: dc-backup\n    via: backup\n    schedule: "05:00"',
      '    owner: dc-backup\n    via: internet\n    schedule: "05:00"',
    ],
    why: 'the name of the PBS may be public and its port forwarded',
  },
  {
    name: 'a zero too many in a retention that has room',
    edit: [
      'keep_daily: 7, keep_weekly: 4, schedule: "06:10"',
      'keep_daily: 70, keep_weekly: 4, schedule: "06:10"',
    ],
    why: 'to keep ten weeks is as sensible as to keep one',
  },
  {
    name: 'one backup kept',
    edit: ['keep_daily: 7, keep_hourly: 24, schedule', 'keep_last: 1, schedule'],
    why: 'the replica keeps more, and the first place may be a landing zone',
  },
  {
    name: 'archives each day instead of each week',
    edit: ['schedule: "sun 02:00"', 'schedule: "02:00"'],
    why: 'both are sensible, and the night is long enough',
  },
  {
    name: 'in the afternoon instead of in the morning',
    edit: ['    schedule: "05:00"', '    schedule: "17:00"'],
    why: 'what was made at night is copied on the same day',
  },
  {
    name: 'only the newest backup of each group replicated',
    edit: ['    direction: pull\n', '    direction: pull\n    transfer_last: 1\n'],
    why: 'a wish that saves traffic, and with one backup a day nothing is skipped',
  },
  {
    name: 'a replica that follows deletions, beside other copies off-site',
    edit: [
      '    owner: dc-backup\n    via: backup\n',
      '    owner: dc-backup\n    propagate_deletions: true\n    via: backup\n',
    ],
    why: 'the copies in the cloud keep what is deleted, and the replica was to keep hardly longer',
  },
];
