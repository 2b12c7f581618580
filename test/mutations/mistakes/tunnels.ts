import type { Mistake } from '../mistake.ts';

export const tunnelsMistakes: readonly Mistake[] = [
  {
    name: 'a VLAN dropped from what the tunnel carries',
    edit: ['carries: [home/storage, dc/backup]', 'carries: [home/storage]'],
    finds: ['error flow-not-on-via at flows/nas-to-nas/via', 'error flow-not-on-via at flows/home-to-dc/via'],
  },
  {
    name: 'the other VLAN dropped',
    edit: ['carries: [home/storage, dc/backup]', 'carries: [dc/backup]'],
    finds: ['error flow-not-on-via at flows/nas-to-nas/via', 'error flow-not-on-via at flows/home-to-dc/via'],
  },
  {
    name: 'another VLAN in what the tunnel carries',
    edit: ['carries: [home/storage, dc/backup]', 'carries: [home/mgmt, dc/backup]'],
    finds: ['warning backup-on-management at flows/home-to-dc/via'],
  },
  {
    name: 'a VLAN that the other site has',
    edit: ['carries: [home/storage, dc/backup]', 'carries: [home/backup, dc/backup]'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'an endpoint inside of the tunnel',
    edit: ['endpoint: "203.0.113.130:51820"', 'endpoint: "10.10.30.1:51820"'],
    finds: ['error endpoint-in-tunnel'],
  },
  {
    name: 'an endpoint that is none: 203.0.113.130:70000',
    edit: ['endpoint: "203.0.113.130:51820"', 'endpoint: "203.0.113.130:70000"'],
    finds: ['error bad-address'],
  },
  {
    name: 'an endpoint that is none: 203.0.113.330:51820',
    edit: ['endpoint: "203.0.113.130:51820"', 'endpoint: "203.0.113.330:51820"'],
    finds: ['error bad-address'],
  },
  {
    name: 'an endpoint that is none: [2001:db8:ffff:1:::2]:51820',
    edit: ['endpoint: "203.0.113.130:51820"', 'endpoint: "[2001:db8:ffff:1:::2]:51820"'],
    finds: ['error bad-address'],
  },
  {
    name: 'the endpoint of the other end',
    edit: ['endpoint: "203.0.113.130:51820"', 'endpoint: "203.0.113.10:51820"'],
    finds: ['error endpoint-elsewhere'],
  },
  {
    name: 'a port on which nobody listens',
    edit: ['endpoint: "203.0.113.130:51820"', 'endpoint: "203.0.113.130:51821"'],
    finds: ['error endpoint-elsewhere'],
  },
  {
    name: 'an endpoint with a port above 65535',
    edit: ['endpoint: "203.0.113.10:51820"', 'endpoint: "203.0.113.10:518200"'],
    finds: ['error invalid-value'],
  },
  {
    name: 'one public key on both ends',
    edit: [
      'public_key: duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o=',
      'public_key: qW1OOBXH1XXvVhcit3sSsFW+C1IdB7xSZ2YIcjI5My8=',
    ],
    finds: ['error same-public-key at tunnels/backup/public_key'],
  },
  {
    name: 'a public key cut short',
    edit: [
      'public_key: qW1OOBXH1XXvVhcit3sSsFW+C1IdB7xSZ2YIcjI5My8=',
      'public_key: qW1OOBXH1XXvVhcit3sSsFW+C1IdB7xSZ2YIcjI5My8',
    ],
    finds: ['error invalid-value'],
  },
  {
    name: 'one private key on both ends',
    edit: ['private_key: wg-backup-gw-dc', 'private_key: wg-backup-gw-home'],
    finds: ['error secret-twice at tunnels/backup/private_key'],
  },
  {
    name: 'the preshared key named like a private key',
    edit: ['preshared_key: wg-backup-psk', 'preshared_key: wg-backup-gw-dc'],
    finds: ['error secret-twice'],
  },
  {
    name: 'an address outside of the transfer network',
    edit: ['address: 10.99.0.2', 'address: 10.99.0.5'],
    finds: ['error tunnel-address-outside-subnet'],
  },
  {
    name: 'one address on both ends',
    edit: ['address: 10.99.0.2', 'address: 10.99.0.1'],
    finds: ['error duplicate-address at tunnels/backup/address'],
  },
  {
    name: 'a transfer network with another digit',
    edit: ['subnet: 10.99.0.0/30', 'subnet: 10.98.0.0/30'],
    finds: [
      'error tunnel-address-outside-subnet at tunnels/backup/address',
      'error tunnel-address-outside-subnet at tunnels/backup/ends/gw-dc/address',
    ],
  },
  {
    name: 'a transfer network inside of a VLAN',
    edit: ['subnet: 10.99.0.0/30', 'subnet: 10.10.30.0/30'],
    finds: ['error overlapping-subnets'],
    brings: ['tunnel-address-outside-subnet'],
  },
  {
    name: 'an MTU that leaves no room',
    edit: ['    port: 51820\n', '    port: 51820\n    mtu: 1500\n'],
    finds: ['warning tunnel-mtu-too-large'],
  },
  {
    name: 'PPPoE below, and the default MTU',
    edit: ['    port: 51820\n', '    port: 51820\n    underlay_mtu: 1400\n'],
    finds: ['warning tunnel-mtu-too-large at tunnels/backup'],
  },
  {
    name: 'an interface name of 16 letters',
    edit: ['interface: wgbackup', 'interface: wg-backup-tunnel'],
    finds: ['error invalid-value'],
  },
  {
    name: 'the name of a NIC for the tunnel',
    edit: ['interface: wgbackup', 'interface: wan0'],
    finds: ['error same-interface-twice'],
  },
  {
    name: 'an end on a host that is no end of the site',
    edit: ['      gw-dc:\n        address', '      mailcow:\n        address'],
    finds: ['error tunnel-end-not-on-vlan at tunnels/backup/carries'],
  },
  {
    name: 'no via',
    edit: ['    to: pbs-home\n    via: home/storage\n', '    to: pbs-home\n'],
    finds: ['error missing-key at flows/home-backup'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'the management VLAN as via',
    edit: ['    via: home/storage\n    schedule: "01:00"', '    via: home/mgmt\n    schedule: "01:00"'],
    finds: ['error via-mismatch'],
  },
  {
    name: 'a VLAN as via of what goes to the other site',
    edit: ['    owner: dc-backup\n    via: backup\n', '    owner: dc-backup\n    via: dc/backup\n'],
    finds: ['error flow-not-on-via'],
  },
  {
    name: 'local for two hosts',
    edit: ['    owner: dc-backup\n    via: backup\n', '    owner: dc-backup\n    via: local\n'],
    finds: ['error flow-not-on-via'],
  },
  {
    name: 'a tunnel misspelt',
    edit: ['    owner: dc-backup\n    via: backup\n', '    owner: dc-backup\n    via: backups\n'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'the tunnel as via to the provider',
    edit: ['    via: internet\n    schedule: "09:00"', '    via: backup\n    schedule: "09:00"'],
    finds: ['error flow-not-on-via'],
  },
  {
    name: 'a via that the job and its storage disagree on',
    edit: ['    to: nas-dc-vzdump\n    via: dc/backup', '    to: nas-dc-vzdump\n    via: dc/mgmt'],
    finds: ['error via-mismatch'],
  },
  {
    name: 'a storage on the management VLAN',
    edit: ['    account: pve-home\n    via: home/storage', '    account: pve-home\n    via: home/mgmt'],
    finds: ['warning backup-on-management'],
    brings: ['via-mismatch'],
  },
  {
    name: 'iSCSI on the management VLAN',
    edit: [
      '      from: nas-home/pbs\n      via: home/storage',
      '      from: nas-home/pbs\n      via: home/mgmt',
    ],
    finds: ['warning backup-on-management'],
  },
  {
    name: 'a storage without via',
    edit: ['    account: dc-backup\n    via: dc/backup\n', '    account: dc-backup\n'],
    finds: ['error storage-incomplete at storages/pbs-dc'],
  },
  {
    name: 'an endpoint left out on both sides',
    given: [['        endpoint: "203.0.113.130:51820"\n', '']],
    edit: ['        endpoint: "203.0.113.10:51820"\n', ''],
    finds: ['error endpoint-missing at tunnels/backup/gw-dc'],
  },
  {
    name: 'a keepalive of hours',
    edit: [
      '        private_key: wg-backup-gw-dc\n',
      '        private_key: wg-backup-gw-dc\n        keepalive: 25h\n',
    ],
    finds: ['error keepalive-range'],
  },
];
