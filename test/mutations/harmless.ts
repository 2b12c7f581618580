import type { Harmless } from './mistake.ts';

/** Edits that change nothing that matters, or change it consistently. */
export const harmless: readonly Harmless[] = [
  {
    name: 'keys of a host in another order',
    edits: [
      [
        '    site: home\n    roles: { nas: "7.2.2" } # assumed\n    os: dsm\n    fqdn: nas-home.home.example.com\n',
        '    fqdn: nas-home.home.example.com\n    os: dsm\n    roles: { nas: "7.2.2" }\n    site: home\n',
      ],
    ],
  },
  {
    name: 'keys of a VLAN in another order',
    edits: [
      [
        '{ id: 30, subnet: 10.10.30.0/24, gateway: 10.10.30.1, purpose: storage }',
        '{ purpose: storage, gateway: 10.10.30.1, subnet: 10.10.30.0/24, id: 30 }',
      ],
    ],
  },
  {
    name: 'VLANs of the tunnel in another order',
    edits: [['carries: [home/storage, dc/backup]', 'carries: [dc/backup, home/storage]']],
  },
  { name: 'nodes in another order', edits: [['nodes: [pve-1, pve-2]', 'nodes: [pve-2, pve-1]']] },
  {
    name: 'a section at the end',
    edits: [
      ['clusters:\n  pve-home:\n    nodes: [pve-1, pve-2]\n', ''],
      [
        '# Facts about secrets:',
        'clusters:\n  pve-home:\n    nodes: [pve-1, pve-2]\n\n# Facts about secrets:',
      ],
    ],
  },
  {
    name: 'another comment',
    edits: [['# Mailcow is here.', '# Mailcow is here: "see" {wiki} [x] & *all* !']],
  },
  {
    name: 'a comment with the words of a suppression that it is not',
    edits: [['# Mailcow is here.', '# Nobody may write "allow dst-gap" in here.']],
  },
  {
    name: 'no comment at the top',
    edits: [['# yaml-language-server: $schema=./schema/topology.schema.json\n', '']],
  },
  {
    name: 'a blank line',
    edits: [
      [
        '    takes: 50m\n    comment: All guests at home',
        '\n    takes: 50m\n    comment: All guests at home',
      ],
    ],
  },
  { name: 'blanks at the end of a line', edits: [['    kind: rclone\n', '    kind: rclone  \t\n']] },
  { name: 'a start of document', edits: [['offsite: 1\n', '---\noffsite: 1\n']] },
  { name: 'single quotes', edits: [['schedule: "sun 02:00"', "schedule: 'sun 02:00'"]] },
  { name: 'quotes around a name', edits: [['    account: dc-sync\n', '    account: "dc-sync"\n']] },
  {
    name: 'a map in block style',
    edits: [
      [
        '{ id: 50, subnet: 10.10.50.0/24, gateway: 10.10.50.1, purpose: clients }',
        '\n        id: 50\n        subnet: 10.10.50.0/24\n        gateway: 10.10.50.1\n        purpose: clients',
      ],
    ],
  },
  {
    name: 'a list in block style',
    edits: [
      [
        'shared_with: [system, guests]\n        warn_at',
        'shared_with:\n          - system\n          - guests\n        warn_at',
      ],
    ],
  },
  {
    name: 'an anchor and its alias',
    edits: [
      ['home:\n    timezone: Europe/Berlin', 'home:\n    timezone: &zone Europe/Berlin'],
      ['dc:\n    timezone: Europe/Berlin', 'dc:\n    timezone: *zone'],
    ],
  },
  {
    name: 'another name of the deployment',
    edits: [['name: Home and data centre', 'name: "Zuhause & RZ, Straße 7"']],
  },
  {
    name: 'another comment of a job',
    edits: [['comment: Replica of home', 'comment: \'Copy: "home" # nightly; $(x) `y`\'']],
  },
  {
    name: 'another name of a site’s VLAN',
    edits: [
      ['      clients: { id: 150,', '      mail: { id: 150,'],
      ['ens21: { vlan: clients,', 'ens21: { vlan: mail,'],
      ['ens18: { vlan: clients, address: 10.20.50.25', 'ens18: { vlan: mail, address: 10.20.50.25'],
    ],
  },
  {
    name: 'another name of an account',
    edits: [
      ['  dc-sync: { kind', '  reader: { kind'],
      ['account: dc-sync', 'account: reader'],
    ],
  },
  {
    name: 'another name of a bucket',
    edits: [
      ['  wasabi-pbs:\n    provider', '  vault:\n    provider'],
      ['bucket: wasabi-pbs', 'bucket: vault'],
    ],
  },
  {
    name: 'another name of a pool',
    edits: [
      ['      data: { kind: disk', '      second: { kind: disk'],
      ['on: pbs-home/data', 'on: pbs-home/second'],
    ],
  },
  {
    name: 'another name of a flow',
    edits: [
      ['  home-to-dc:\n    kind', '  replica:\n    kind'],
      ['expect_after: home-to-dc', 'expect_after: replica'],
    ],
  },
  {
    name: 'another name of a secret',
    edits: [
      ['secret: pbs-home-dc-sync, comment', 'secret: pull-at-home, comment'],
      ['  pbs-home-dc-sync: { held_by', '  pull-at-home: { held_by'],
    ],
  },
  {
    name: 'another port of the tunnel',
    edits: [
      ['    port: 51820\n', '    port: 51821\n'],
      ['endpoint: "203.0.113.130:51820"', 'endpoint: "203.0.113.130:51821"'],
      ['endpoint: "203.0.113.10:51820"', 'endpoint: "203.0.113.10:51821"'],
    ],
  },
  {
    name: 'the same address of the VM in another place of its subnet',
    edits: [['ens18: { vlan: mgmt, address: 10.10.10.20', 'ens18: { vlan: mgmt, address: 10.10.10.99']],
  },
  {
    name: 'a VLAN that nothing uses',
    edits: [
      [
        '      # Mailcow is here.',
        '      voice: { id: 160, subnet: 10.20.60.0/24, purpose: other }\n      # Mailcow is here.',
      ],
    ],
  },
  {
    name: 'a VLAN of the clients through the tunnel',
    edits: [['carries: [home/storage, dc/backup]', 'carries: [home/storage, dc/backup, home/clients]']],
  },
  { name: 'another MTU that fits', edits: [['    port: 51820\n', '    port: 51820\n    mtu: 1380\n']] },
  {
    name: 'a default written out',
    edits: [['    direction: pull\n', '    direction: pull\n    propagate_deletions: false\n']],
  },
  {
    name: 'what a NAS is by default, left out',
    edits: [['    os: dsm\n    fqdn: nas-home', '    fqdn: nas-home']],
  },
  {
    name: 'a keepalive for the end without endpoint',
    edits: [
      ['        endpoint: "203.0.113.10:51820"\n', ''],
      ['private_key: wg-backup-gw-dc\n', 'private_key: wg-backup-gw-dc\n        keepalive: 25s\n'],
    ],
  },
  {
    name: 'the directory for temporary files that is used anyway, left out',
    edits: [['    takes: 45m\n    tmpdir: /var/tmp\n', '    takes: 45m\n']],
  },
  { name: 'a schedule a minute later', edits: [['    schedule: "05:00"', '    schedule: "05:01"']] },
  {
    name: 'the same schedule, said otherwise',
    edits: [['    schedule: "05:00"', '    schedule: "*-*-* 5:00:00"']],
  },
  { name: 'a size in other units', edits: [['max_cache_size: 60 GiB', 'max_cache_size: 61440MiB']] },
  {
    name: 'a later patch of PBS',
    edits: [
      [
        'pbs-dc:\n    site: dc\n    roles: { pbs: "4.2.3" }',
        'pbs-dc:\n    site: dc\n    roles: { pbs: "4.2.9" }',
      ],
    ],
  },
  {
    name: 'a policy that asks for nothing',
    edits: [['# Facts about secrets:', 'policy: { severity: {} }\n\n# Facts about secrets:']],
  },
];
