import type { Mistake } from '../mistake.ts';

export const addressesMistakes: readonly Mistake[] = [
  {
    name: 'a wrong digit in an address',
    edit: [
      'ens19: { vlan: storage, address: 10.10.30.20 }',
      'ens19: { vlan: storage, address: 10.10.31.20 }',
    ],
    finds: ['error address-outside-subnet'],
  },
  {
    name: 'an octet of 256',
    edit: ['eth1: { vlan: backup, address: 10.20.30.30 }', 'eth1: { vlan: backup, address: 10.20.30.256 }'],
    finds: ['error bad-address'],
  },
  {
    name: 'an address given twice',
    edit: [
      'ens19: { vlan: storage, address: 10.10.30.20 }',
      'ens19: { vlan: storage, address: 10.10.30.30 }',
    ],
    finds: ['error duplicate-address'],
  },
  {
    name: 'the address of the gateway on a host',
    edit: [
      'vmbr1: { kind: bridge, parent: eno2, vlan: storage, address: 10.10.30.12 }',
      'vmbr1: { kind: bridge, parent: eno2, vlan: storage, address: 10.10.30.1 }',
    ],
    finds: ['error duplicate-address'],
  },
  {
    name: 'the address of the network on a host',
    edit: ['ens19: { vlan: backup, address: 10.20.30.20 }', 'ens19: { vlan: backup, address: 10.20.30.0 }'],
    finds: ['error address-outside-subnet'],
  },
  {
    name: 'an interface in another VLAN',
    edit: [
      'vmbr1: { kind: bridge, vlan: backup, address: 10.20.30.11 }',
      'vmbr1: { kind: bridge, vlan: clients, address: 10.20.30.11 }',
    ],
    finds: ['error address-outside-subnet'],
    brings: ['flow-not-on-via'],
  },
  {
    name: 'a VLAN that the site does not have',
    edit: ['eth1: { vlan: storage, address: 10.10.30.30 }', 'eth1: { vlan: stroage, address: 10.10.30.30 }'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'a host at the other site',
    edit: ['nas-home:\n    site: home', 'nas-home:\n    site: dc'],
    finds: [
      'error address-outside-subnet at hosts/nas-home/eth0',
      'error unresolved-reference at hosts/nas-home/eth1',
    ],
  },
  {
    name: 'a second default route',
    edit: [
      'ens19: { vlan: backup, address: 10.20.30.20 }',
      'ens19: { vlan: backup, address: 10.20.30.20, default_route: true }',
    ],
    finds: ['error two-default-routes'],
  },
  {
    name: 'no default route',
    edit: [
      'ens18: { vlan: mgmt, address: 10.20.10.20, default_route: true }',
      'ens18: { vlan: mgmt, address: 10.20.10.20 }',
    ],
    finds: ['error flow-not-on-via at datastores/wasabi/s3'],
    brings: ['network-path'],
  },
  {
    name: 'a digit forgotten in the id of a VLAN',
    edit: ['backup: { id: 130,', 'backup: { id: 110,'],
    finds: ['error vlan-id-clash at sites/dc/mgmt'],
  },
  {
    name: 'the id of a VLAN above 4094',
    edit: ['clients: { id: 150,', 'clients: { id: 4150,'],
    finds: ['error invalid-value'],
  },
  {
    name: 'one subnet at both sites',
    edit: ['subnet: 10.20.10.0/24', 'subnet: 10.10.10.0/24'],
    finds: ['error gateway-not-on-vlan'],
    brings: ['address-outside-subnet'],
  },
  {
    name: 'a subnet with the address of its gateway',
    edit: ['subnet: 10.10.30.0/24', 'subnet: 10.10.30.1/24'],
    finds: ['error prefix-host-bits'],
  },
  {
    name: 'a prefix that takes in the neighbours',
    edit: ['subnet: 10.20.30.0/24', 'subnet: 10.20.0.0/16'],
    finds: ['error overlapping-subnets at sites/dc/mgmt', 'error overlapping-subnets at sites/dc/clients'],
  },
  {
    name: 'a prefix too narrow for its hosts',
    edit: ['subnet: 10.20.30.0/24', 'subnet: 10.20.30.0/28'],
    finds: [
      'error address-outside-subnet at hosts/pbs-dc/ens19',
      'error address-outside-subnet at hosts/nas-dc/eth1',
    ],
  },
  {
    name: 'a gateway outside of its subnet',
    edit: ['gateway: 10.20.30.1,', 'gateway: 10.20.31.1,'],
    finds: ['error gateway-not-on-vlan'],
  },
  {
    name: 'the VLAN of a gateway forgotten',
    edit: ['      lan0.30: { kind: vlan, parent: lan0, vlan: storage, address: 10.10.30.1 }\n', ''],
    finds: ['error tunnel-end-not-on-vlan at tunnels/backup/carries'],
  },
  {
    name: 'jumbo frames on one side',
    edit: [
      'eth1: { vlan: storage, address: 10.10.30.30 }',
      'eth1: { vlan: storage, address: 10.10.30.30, mtu: 9000 }',
    ],
    finds: ['warning jumbo-mismatch'],
  },
  {
    name: 'a public address without its length',
    edit: ['address: 203.0.113.10/29', 'address: 203.0.113.10'],
    finds: ['error address-without-prefix'],
  },
  {
    name: 'the next hop of the provider outside of its network',
    edit: ['gateway: 203.0.113.129,', 'gateway: 203.0.113.126,'],
    finds: ['error gateway-not-on-vlan'],
  },
];
