import type { Mistake } from '../mistake.ts';

export const hostsMistakes: readonly Mistake[] = [
  {
    name: 'a time zone misspelt',
    edit: ['home:\n    timezone: Europe/Berlin', 'home:\n    timezone: Europe/Berln'],
    finds: ['error unknown-time-zone'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a time zone in words',
    edit: ['home:\n    timezone: Europe/Berlin', 'home:\n    timezone: CET-1CEST'],
    finds: ['error unknown-time-zone'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'another time zone at one site',
    edit: ['dc:\n    timezone: Europe/Berlin', 'dc:\n    timezone: UTC'],
    finds: [
      'warning zones-differ-in-chain at flows/home-to-dc/schedule',
      'warning zones-differ-in-chain at flows/nas-to-wasabi/schedule',
    ],
  },
  {
    name: 'a node misspelt',
    edit: ['nodes: [pve-1, pve-2]', 'nodes: [pve-1, pve2]'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'the node of the other site in the cluster',
    edit: ['nodes: [pve-1, pve-2]', 'nodes: [pve-1, pve-2, pve-dc]'],
    finds: [
      'error unresolved-reference at guests/dc-all/cluster',
      'error flow-not-on-via at storages/pbs-home/via',
      'error flow-not-on-via at storages/nas-home-vzdump/via',
      'error unresolved-reference at storages/pbs-dc/cluster',
      'error unresolved-reference at storages/nas-dc-vzdump/cluster',
    ],
  },
  {
    name: 'a PBS as node',
    edit: ['nodes: [pve-1, pve-2]', 'nodes: [pve-1, pbs-home]'],
    finds: ['error wrong-role'],
  },
  {
    name: 'a VM id of two digits',
    edit: ['vmid: 900, type', 'vmid: 90, type'],
    finds: ['error invalid-value'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'one VM id for two guests',
    edit: ['vmid: 911, type', 'vmid: 910, type'],
    finds: ['error duplicate-native-id at hosts/pbs-dc/guest'],
  },
  {
    name: 'a cluster with the name of a host',
    edit: ['  pve-home:\n    nodes', '  pve-1:\n    nodes'],
    finds: ['error target-name-clash'],
    brings: ['unresolved-reference', 'freed-after-two-gc'],
  },
  {
    name: 'the directory for scripts on the NAS forgotten',
    edit: [
      '    work_dir: /volume1/offsite\n    ssh:\n      host_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGYL5',
      '    ssh:\n      host_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGYL5',
    ],
    finds: ['error work-dir-missing at hosts/nas-home'],
  },
  {
    name: 'the fingerprint of another host',
    edit: [
      '1c:dc:64:6a:e5:e7:ec:3f:a9:2d:ad:83:a8:fb:cd:ed:ca:e8:a9:d3:6e:ad:55:31:56:bb:43:0f:a0:4e:66:91',
      'ef:43:24:e9:14:59:8b:dc:2e:e2:ea:7e:1d:b4:37:f5:7d:6b:4a:14:8b:88:3c:5a:9a:3d:9b:ba:84:2c:68:ee',
    ],
    finds: ['warning fingerprint-twice'],
  },
  {
    name: 'a fingerprint cut short',
    edit: ['fingerprint: 1c:dc:64:6a:', 'fingerprint: 1c:dc:64:'],
    finds: ['error invalid-value'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a fingerprint removed',
    edit: [
      '    api:\n      fingerprint: 1c:dc:64:6a:e5:e7:ec:3f:a9:2d:ad:83:a8:fb:cd:ed:ca:e8:a9:d3:6e:ad:55:31:56:bb:43:0f:a0:4e:66:91\n',
      '',
    ],
    finds: ['warning fingerprint-missing at hosts/pbs-home'],
  },
  {
    name: 'the SSH host key of another host',
    edit: [
      'host_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGYL5nY5bLwVJPZ7+esdIfg+QkUgiAjxE7Wl68r7sx3Y',
      'host_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKZ0N+i+t7+n70fKES4DZAQDabjfn3rr+EEvOYLtGsR7',
    ],
    finds: ['warning fingerprint-twice'],
  },
  {
    name: 'a public key of the wrong kind',
    edit: [
      'public_key: duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o=',
      'public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKZ0N+i+t7+n70fKES4DZAQDabjfn3rr+EEvOYLtGsR7',
    ],
    finds: ['error invalid-value'],
  },
  {
    name: 'a PBS too old for S3 and local',
    edit: [
      'pbs-dc:\n    site: dc\n    roles: { pbs: "4.2.3" }',
      'pbs-dc:\n    site: dc\n    roles: { pbs: "3.4.0" }',
    ],
    finds: ['error feature-too-new at datastores/wasabi/s3'],
  },
  {
    name: 'a version with digits swapped',
    edit: [
      'pbs-home:\n    site: home\n    roles: { pbs: "4.2.3" }',
      'pbs-home:\n    site: home\n    roles: { pbs: "2.4.3" }',
    ],
    finds: ['error unsupported-version'],
  },
  {
    name: 'a version that is not out',
    edit: [
      'pve-dc:\n    site: dc\n    roles: { pve: "9.1.4" }',
      'pve-dc:\n    site: dc\n    roles: { pve: "19.1.4" }',
    ],
    finds: ['warning unsupported-version'],
  },
  {
    name: 'a guest of the other PBS',
    edit: ['guest: { on: pve-dc, vmid: 911', 'guest: { on: pbs-dc, vmid: 911'],
    finds: ['warning guest-on-wrong-host'],
  },
  {
    name: 'a guest of itself',
    edit: ['guest: { on: pve-dc, vmid: 911', 'guest: { on: gw-dc, vmid: 911'],
    finds: ['error guest-of-itself'],
  },
  {
    name: 'a host misspelt',
    edit: ['hosts: [pbs-home]', 'hosts: [pbs-hom]'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'two relays for one host',
    edit: ['hosts: [pbs-home]', 'hosts: [pbs-dc]'],
    finds: [
      'error relay-conflict at notifications/mail-home',
      'warning name-needs-resolver at notifications/mail-home/server',
    ],
  },
  {
    name: 'a login without TLS',
    edit: ['    port: 587\n    mode: starttls\n    via', '    port: 587\n    mode: insecure\n    via'],
    finds: ['warning login-without-tls'],
  },
  {
    name: 'TLS from the start on the port of STARTTLS',
    edit: ['    port: 587\n    mode: starttls\n    via', '    port: 587\n    mode: tls\n    via'],
    finds: ['warning smtp-port-and-mode'],
  },
  {
    name: 'STARTTLS on the port of TLS',
    edit: ['    port: 587\n    mode: starttls\n    via', '    port: 465\n    mode: starttls\n    via'],
    finds: ['warning smtp-port-and-mode at notifications/mail-home/mode'],
  },
  {
    name: 'a port above 65535',
    edit: ['    port: 587\n    mode: starttls\n    via', '    port: 5870000\n    mode: starttls\n    via'],
    finds: ['error invalid-value'],
  },
  {
    name: 'no server',
    edit: ['    server: mail.example.com\n', ''],
    finds: ['error notification-incomplete at notifications/mail-home'],
  },
  {
    name: 'a relay misspelt',
    edit: ['relay: mailcow', 'relay: mailcw'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'an address with a comma',
    edit: ['from_address: pbs-home@example.com', 'from_address: pbs-home@example,com'],
    finds: ['error invalid-value'],
  },
  {
    name: 'a login without secret',
    edit: ['    secret: mail-pbs-home\n', ''],
    finds: ['error notification-incomplete at notifications/mail-home'],
  },
  {
    name: 'a message type of PVE',
    edit: ['    secret: mail-pbs-home\n', '    secret: mail-pbs-home\n    types: [vzdump]\n'],
    finds: ['warning message-type-never-sent'],
  },
  {
    name: 'another kind of notification',
    edit: ['kind: postfix\n    hosts: [pbs-home]', 'kind: webhook\n    hosts: [pbs-home]'],
    finds: [
      'error notification-incomplete at notifications/mail-home',
      'warning notification-key-unused at notifications/mail-home/server',
      'warning notification-key-unused at notifications/mail-home/port',
      'warning notification-key-unused at notifications/mail-home/mode',
      'warning notification-key-unused at notifications/mail-home/from_address',
      'warning notification-key-unused at notifications/mail-home/mailto',
      'warning notification-key-unused at notifications/mail-home/username',
    ],
  },
  {
    name: 'a PBS too old for parallel syncs',
    given: [['    direction: pull\n', '    direction: pull\n    worker_threads: 4\n']],
    edit: [
      'pbs-dc:\n    site: dc\n    roles: { pbs: "4.2.3" }',
      'pbs-dc:\n    site: dc\n    roles: { pbs: "4.1.0" }',
    ],
    finds: ['error property-too-new at flows/home-to-dc/worker_threads'],
  },
  {
    name: 'a PBS too old for verification threads',
    given: [
      [
        '    gc: { schedule: "sat 04:00" }\n',
        '    gc: { schedule: "sat 04:00" }\n    verify: { schedule: "sun 12:00", verify_threads: 2 }\n',
      ],
    ],
    edit: [
      'pbs-home:\n    site: home\n    roles: { pbs: "4.2.3" }',
      'pbs-home:\n    site: home\n    roles: { pbs: "4.0.1" }',
    ],
    finds: ['error property-too-new at datastores/backups/verify'],
  },
  {
    name: 'a PBS too old for push',
    given: [
      [
        '    direction: pull\n    from: backups\n    to: "dc-main:home"\n    account: dc-sync\n    owner: dc-backup\n',
        '    direction: push\n    from: backups\n    to: "dc-main:home"\n    account: dc-backup\n    owner: dc-sync\n',
      ],
    ],
    edit: [
      'pbs-home:\n    site: home\n    roles: { pbs: "4.2.3" }',
      'pbs-home:\n    site: home\n    roles: { pbs: "3.2.1" }',
    ],
    finds: ['warning unsupported-version'],
    brings: ['feature-too-new'],
  },
  {
    name: 'a PVE too old for fleecing',
    given: [
      [
        '    takes: 50m\n    comment: All guests at home\n',
        '    takes: 50m\n    fleecing: local-zfs\n    comment: All guests at home\n',
      ],
    ],
    edit: [
      'pve-2:\n    site: home\n    roles: { pve: "9.1.4" }',
      'pve-2:\n    site: home\n    roles: { pve: "8.1.0" }',
    ],
    finds: ['error property-too-new at flows/home-backup/fleecing'],
  },
  {
    name: 'the notification of the PBS in the data centre removed',
    edit: [
      '  # The internal address: by its public name the packets would have to turn round at the gateway (hairpin NAT).\n  mail-dc:\n    kind: postfix\n    hosts: [pbs-dc]\n    server: 10.20.50.25\n    relay: mailcow\n    port: 587\n    mode: starttls\n    from_address: pbs-dc@example.com\n    mailto: [ops@example.com]\n    username: pbs-dc@example.com\n    secret: mail-pbs-dc\n',
      '',
    ],
    finds: [],
    tells: '`dc-to-wasabi`, `home-to-dc`',
  },
  {
    name: 'only good news is told',
    edit: ['    secret: mail-pbs-dc\n', '    secret: mail-pbs-dc\n    severities: [info]\n'],
    finds: ['warning failure-unheard'],
    tells: '`dc-to-wasabi`, `home-to-dc`',
  },
];
