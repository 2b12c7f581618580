import type { Mistake } from '../mistake.ts';

export const textMistakes: readonly Mistake[] = [
  {
    name: 'a line indented with a tab',
    edit: [
      '    timezone: Europe/Berlin\n    comment: At home',
      '	timezone: Europe/Berlin\n    comment: At home',
    ],
    finds: ['error yaml-tab'],
  },
  {
    name: 'a key given twice in one map',
    edit: [
      '    site: home\n    roles: { nas: "7.2.2" }',
      '    site: home\n    site: dc\n    roles: { nas: "7.2.2" }',
    ],
    finds: ['error yaml-duplicate-key'],
  },
  {
    name: 'a datastore copied and not renamed',
    edit: ['  synology:\n', '  backups:\n'],
    finds: ['error yaml-duplicate-key'],
  },
  {
    name: 'a monthly schedule without quotes',
    edit: ['schedule: "*-*-01 02:00"', 'schedule: *-*-01 02:00'],
    finds: ['error yaml-unquoted-star'],
  },
  {
    name: 'a version without quotes',
    edit: [
      'pve-1:\n    site: home\n    roles: { pve: "9.1.4" }',
      'pve-1:\n    site: home\n    roles: { pve: 9.1 }',
    ],
    finds: ['error wrong-type'],
  },
  {
    name: 'a version of four numbers',
    edit: [
      'pbs-home:\n    site: home\n    roles: { pbs: "4.2.3" }',
      'pbs-home:\n    site: home\n    roles: { pbs: "4.2.3.1" }',
    ],
    finds: ['error invalid-value'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a key misspelt',
    edit: [
      '    daily_change: 2%\n    unprivileged_containers: true\n  dc-all',
      '    dayly_change: 2%\n    unprivileged_containers: true\n  dc-all',
    ],
    finds: ['error unknown-key'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a section misspelt',
    edit: ['\nshares:\n', '\nshare:\n'],
    finds: ['error unknown-key'],
    brings: ['unresolved-reference'],
  },
  { name: 'no blank after a colon', edit: ['    takes: 90m', '    takes:90m'], finds: ['error yaml-syntax'] },
  {
    name: 'a brace not closed',
    edit: [
      '{ id: 30, subnet: 10.10.30.0/24, gateway: 10.10.30.1, purpose: storage }',
      '{ id: 30, subnet: 10.10.30.0/24, gateway: 10.10.30.1, purpose: storage',
    ],
    finds: ['error yaml-syntax'],
  },
  {
    name: 'a comma forgotten in a map',
    edit: ['{ vlan: storage, address: 10.10.30.20 }', '{ vlan: storage address: 10.10.30.20 }'],
    finds: ['error yaml-syntax'],
  },
  {
    name: 'a comment of two lines',
    edit: ['comment: Raw archives, each Sunday', 'comment: "Raw archives,\\neach Sunday"'],
    finds: ['error invalid-value'],
  },
  {
    name: 'typographic quotes',
    edit: ['schedule: "05:00"', 'schedule: “05:00”'],
    finds: ['error calendar-syntax'],
  },
  {
    name: 'a no-break space at the end of a name',
    edit: ['    account: dc-sync', '    account: dc-sync\u00a0'],
    finds: ['error invalid-value'],
  },
  {
    name: 'a merge conflict committed',
    edit: [
      '    schedule: "03:20"',
      '<<<<<<< HEAD\n    schedule: "03:20"\n=======\n    schedule: "03:40"\n>>>>>>> nas',
    ],
    finds: ['error yaml-syntax'],
  },
  {
    name: 'yes for true',
    edit: [
      '{ vlan: mgmt, address: 10.20.10.20, default_route: true }',
      '{ vlan: mgmt, address: 10.20.10.20, default_route: yes }',
    ],
    finds: ['error wrong-type'],
  },
  { name: 'a percentage without its sign', edit: ['used: 78%', 'used: 78'], finds: ['error wrong-type'] },
  {
    name: 'a size without unit',
    edit: ['size: 600 GB, on:', 'size: 600, on:'],
    finds: ['error wrong-type'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a duration as a time of day',
    edit: ['takes: 75m\n    retention: { keep_last: 4 }', 'takes: "01:15"\n    retention: { keep_last: 4 }'],
    finds: ['error invalid-value'],
  },
  {
    name: 'a word that is none of the allowed',
    edit: ['direction: pull', 'direction: pul'],
    finds: ['error invalid-value'],
  },
  { name: 'a kind that there is not', edit: ['kind: rclone', 'kind: rsnyc'], finds: ['error invalid-value'] },
  {
    name: 'an alias instead of a star',
    edit: ['from: dc-all\n    to: nas-dc-vzdump', 'from: *dc-all\n    to: nas-dc-vzdump'],
    finds: ['error yaml-unknown-alias'],
  },
  {
    name: 'a name in capitals',
    edit: ['  home-to-dc:\n    kind', '  Home-to-DC:\n    kind'],
    finds: ['error invalid-name'],
  },
  {
    name: 'a name that is too long',
    edit: ['  mailcow:\n    site', '  mailcow-the-mail-server-of-the-data-centre-in-falkenstein:\n    site'],
    finds: ['error invalid-name'],
    brings: ['unresolved-reference'],
  },
  {
    name: 'a native id that is too long',
    edit: ['name: Synology', 'name: Synology-RackStation-RS1221-volume-1'],
    finds: ['error invalid-value'],
  },
  {
    name: 'a native id with a blank',
    edit: ['name: Backups #', 'name: Backups Home #'],
    finds: ['error invalid-value'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a version of the schema to come',
    edit: ['offsite: 1', 'offsite: 2'],
    finds: ['error invalid-value'],
  },
  {
    name: 'the private key of the tunnel pasted',
    edit: ['private_key: wg-backup-gw-home', 'private_key: 0FkMbOU6qGKm3RxXGzmlRjnXt9GIe4PlhGAJmqnxcXg='],
    finds: ['error secret-in-topology'],
  },
  {
    name: 'the secret of a token pasted',
    edit: ['secret: pbs-home-pve', 'secret: f4d4e1b2-3c5a-4a6e-9d7b-2e1f0a9c8b7d'],
    finds: ['error secret-in-topology'],
  },
  {
    name: 'the secret key of S3 pasted',
    edit: [
      'secret: wasabi-vzdump, provider_account',
      'secret: kWb3xTQxA7vYg5cN1mPzS9dHfJ2rLq8uE4oXtZ6i, provider_account',
    ],
    finds: ['error secret-in-topology'],
  },
  {
    name: 'a password under a key of its own',
    edit: ['secret: mail-pbs-home', 'secret: mail-pbs-home\n    password: correct-horse-battery'],
    finds: ['error unknown-key'],
  },
  {
    name: 'a token pasted into a comment',
    edit: [
      'comment: Pulse, the uptime dashboard',
      'comment: "Pulse, monitor@pbs!pulse:f4d4e1b2-3c5a-4a6e-9d7b-2e1f0a9c8b7d"',
    ],
    finds: ['error secret-in-topology'],
  },
  {
    name: 'a private SSH key in place of the public one',
    edit: [
      'public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPBYZnmU1w/xhnaqEpIfWbXYB93MIj4mCudlA0arqcGi',
      'public_key: "-----BEGIN OPENSSH PRIVATE KEY-----"',
    ],
    finds: ['error secret-in-topology'],
  },
  {
    name: 'a secret misspelt',
    edit: ['  pbs-home-dc-sync: { held_by', '  pbs-home-dcsync: { held_by'],
    finds: ['warning secret-unused'],
  },
  {
    name: 'a code misspelt',
    edit: ['\nsecrets:\n', '\npolicy: { severity: { never-verifed: off } }\nsecrets:\n'],
    finds: ['error policy-unknown-code'],
  },
  {
    name: 'a severity that there is not',
    edit: ['\nsecrets:\n', '\npolicy: { severity: { never-verified: none } }\nsecrets:\n'],
    finds: ['error invalid-value'],
  },
  {
    name: 'a suppression without reason',
    edit: ['    schedule: "02:00"\n', '    schedule: "02:00" # offsite: allow dst-gap\n'],
    finds: ['warning allow-without-reason'],
  },
  {
    name: 'a suppression of another code',
    edit: ['    schedule: "02:00"\n', '    schedule: "02:00" # offsite: allow dst-gab – one night a year\n'],
    finds: ['warning allow-unknown-code'],
  },
  {
    name: 'a suppression of a finding that is not there',
    edit: ['    schedule: "02:00"\n', '    schedule: "02:00" # offsite: allow no-gc – one night a year\n'],
    finds: ['warning allow-unused'],
  },
  {
    name: 'a misspelt suppression',
    edit: ['    schedule: "02:00"\n', '    schedule: "02:00" # offsite alow dst-gap – one night a year\n'],
    finds: ['warning allow-misspelt'],
  },
  {
    name: 'a suppression of an error',
    edit: [
      'ens19: { vlan: backup, address: 10.20.30.20 }',
      'ens19: { vlan: backup, address: 10.20.30.20, default_route: true } # offsite: allow two-default-routes – both',
    ],
    finds: ['error two-default-routes'],
  },
  {
    name: 'an encryption key without its fingerprint',
    edit: [
      '    account: pve-home\n    via: home/storage\n',
      '    account: pve-home\n    via: home/storage\n    encryption_key: home-key\n',
    ],
    finds: ['warning pending-value', 'info key-escrow-missing'],
  },
];
