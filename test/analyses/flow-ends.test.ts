import { describe, expect, it } from 'vitest';
import { addressOn, apiOn, peerAddress, sharedFamily, sourceOn } from '../../src/analyses/flow-ends.ts';
import type { Via } from '../../src/model/topology.ts';
import { topologyOf } from '../support/topology.ts';

const TWO_SITES = `
offsite: 1
sites:
  home: { timezone: Europe/Berlin, vlans: { storage: { subnet: 10.1.0.0/24, subnet6: "fd00:1::/64" }, mgmt: { subnet: 10.9.0.0/24 } } }
  dc: { timezone: Europe/Berlin, vlans: { backup: { subnet: 10.2.0.0/24, subnet6: "fd00:2::/64" } } }
hosts:
  a:
    site: home
    roles: { pbs: "4.2.3" }
    fqdn: a.example.com
    nics:
      eth0: { vlan: mgmt, address: 10.9.0.5 }
      eth1: { vlan: storage, address6: "fd00:1::5" }
      eth2: { vlan: storage, address: 10.1.0.5 }
  b: { site: dc, roles: { pbs: "4.2.3" }, nics: { eth0: { vlan: backup, address: 10.2.0.5, address6: "fd00:2::5" } } }
  six: { site: dc, roles: { pbs: "4.2.3" }, nics: { eth0: { vlan: backup, address6: "fd00:2::6" } } }
  dhcp: { site: dc, roles: { pbs: "4.2.3" }, nics: { eth0: { vlan: backup, dhcp: true } } }
  named: { site: dc, roles: { pbs: "4.2.3" }, nics: { eth0: { vlan: backup, address: 10.2.0.7 } }, api: { address: pbs.example.com, port: 443 } }
  gw: { site: home, roles: { linux: true, gateway: true }, nics: { wan: { address: 203.0.113.2/30 } } }
  gw2: { site: dc, roles: { linux: true, gateway: true }, nics: { lan: { vlan: backup, address: 10.2.0.1 } } }
tunnels:
  wg:
    interface: wg0
    subnet: 10.99.0.0/30
    carries: [home/storage, dc/backup]
    ends:
      gw: { address: 10.99.0.1, endpoint: "203.0.113.2:51820", public_key: pending, carries: [home/storage] }
      gw2: { address: 10.99.0.2, public_key: pending, carries: [dc/backup] }
datastores:
  at-a: { host: a, path: /srv/a }
  at-b: { host: b, path: /srv/b }
  at-six: { host: six, path: /srv/six }
  at-named: { host: named, path: /srv/named }
accounts:
  on-a: { kind: pbs, on: a, id: "sync@pbs!t" }
  on-six: { kind: pbs, on: six, id: "sync@pbs!t" }
  on-named: { kind: pbs, on: named, id: "sync@pbs!t" }
flows:
  pull: { kind: sync, direction: pull, from: at-a, to: at-b, account: on-a, via: wg }
  six: { kind: sync, direction: pull, from: at-a, to: at-six, account: on-a, via: wg }
  push: { kind: sync, direction: push, from: at-a, to: at-named, account: on-named, via: wg }
`;

const topology = topologyOf(TWO_SITES);
const host = (key: string) => topology.hosts.get(key) ?? expect.unreachable(key);
const tunnel = topology.tunnels.get('wg') ?? expect.unreachable('wg');
const storage = topology.sites.get('home')?.vlans.get('storage') ?? expect.unreachable('storage');
const VIA = {
  wg: { kind: 'tunnel', tunnel, text: 'wg' },
  storage: { kind: 'vlan', vlan: storage, text: 'home/storage' },
  internet: { kind: 'internet', text: 'internet' },
  local: { kind: 'local', text: 'local' },
} as const satisfies Record<string, Via>;

describe('addressOn', () => {
  it.each([
    ['a', 'storage', undefined, '10.1.0.5', 'IPv4 first, whatever NIC has it'],
    ['a', 'storage', 6, 'fd00:1::5', 'the family that is asked for'],
    ['a', 'wg', undefined, '10.1.0.5', 'the address on the carried VLAN, not the one on mgmt'],
    ['six', 'wg', undefined, 'fd00:2::6', 'IPv6 where there is no IPv4'],
    ['six', 'wg', 4, undefined, 'no address of that family'],
    ['gw', 'wg', undefined, '10.99.0.1', 'an end of the tunnel without a carried VLAN'],
    ['gw2', 'wg', undefined, '10.2.0.1', 'an end of the tunnel that is on a carried VLAN'],
    ['b', 'storage', undefined, undefined, 'a host of another network'],
    ['dhcp', 'wg', undefined, undefined, 'an address that nobody knows'],
    ['a', 'internet', undefined, 'a.example.com', 'the public name'],
    ['b', 'internet', undefined, undefined, 'no public name'],
    ['a', 'local', undefined, '127.0.0.1', 'the host itself'],
  ] as const)('%s on %s (IPv%s): %s, %s', (key, via, family, address, _why) => {
    expect(addressOn(host(key), VIA[via], family)?.address).toBe(address);
  });

  it('names the address and its NIC', () => {
    const end = addressOn(host('a'), VIA.wg);
    expect(end?.nic?.key).toBe('eth2');
    expect(end?.causes).toEqual([['hosts', 'a', 'nics', 'eth2', 'address']]);
  });
});

describe('apiOn', () => {
  it('prefers what is declared', () => {
    expect(apiOn(host('named'), VIA.wg)).toEqual({
      address: 'pbs.example.com',
      family: undefined,
      nic: undefined,
      port: 443,
      causes: [
        ['hosts', 'named', 'api', 'address'],
        ['hosts', 'named', 'api', 'port'],
      ],
    });
  });
});

describe('peerAddress', () => {
  it.each([
    ['pull', '10.1.0.5'],
    ['six', 'fd00:1::5'],
    ['push', 'pbs.example.com'],
  ])('of %s is %s', (key, address) => {
    const flow = topology.flows.get(key);
    if (flow?.kind !== 'sync') return expect.unreachable(key);
    expect(peerAddress(flow)?.address).toBe(address);
  });

  it('needs a family that both ends have', () => {
    expect(sharedFamily(host('a'), host('b'), VIA.wg)).toBe(4);
    expect(sharedFamily(host('a'), host('six'), VIA.wg)).toBe(6);
    expect(sharedFamily(host('a'), host('dhcp'), VIA.wg)).toBeUndefined();
  });
});

describe('a client that is routed to the VLAN of its server', () => {
  const routed = topologyOf(`
offsite: 1
sites:
  home:
    timezone: UTC
    vlans:
      one: { subnet: 10.1.0.0/24, subnet6: "fd00:1::/64", gateway: 10.1.0.1, gateway6: "fd00:1::1" }
      two: { subnet: 10.2.0.0/24, subnet6: "fd00:2::/64" }
      far: { subnet: 10.9.0.0/24, subnet6: "fd00:9::/64", gateway: 10.9.0.1, gateway6: "fd00:9::1", routed_from: [one, two] }
hosts:
  gw: { site: home, roles: { gateway: true }, nics: { a: { vlan: two, address: 10.2.0.1 }, b: { vlan: far, address: 10.9.0.2 } } }
  server: { site: home, roles: { pbs: "4.2.3" }, nics: { e: { vlan: far, address: 10.9.0.5, address6: "fd00:9::5" } } }
  both: { site: home, roles: { linux: true }, nics: { e: { vlan: two, address: 10.2.0.6, address6: "fd00:2::6" }, f: { vlan: one, address: 10.1.0.6, default_route: true } } }
  six: { site: home, roles: { linux: true }, nics: { f: { vlan: one, address6: "fd00:1::7" } } }
  none: { site: home, roles: { linux: true }, nics: { f: { vlan: two, address6: "fd00:2::8" } } }
  there: { site: home, roles: { linux: true }, nics: { e: { vlan: one, address: 10.1.0.9 }, f: { vlan: far, address6: "fd00:9::9" } } }
`);
  const of = (key: string) => routed.hosts.get(key) ?? expect.unreachable(key);
  const vlan = routed.sites.get('home')?.vlans.get('far') ?? expect.unreachable('far');
  const via: Via = { kind: 'vlan', vlan, text: vlan.ref };

  it('comes from the interface of its default route, in a family that is routed', () => {
    expect(sourceOn(of('both'), via)?.address).toBe('10.1.0.6');
    expect(sourceOn(of('both'), via, 6)).toBeUndefined();
    expect(sourceOn(of('six'), via)?.address).toBe('fd00:1::7');
    expect(sourceOn(of('none'), via)).toBeUndefined();
    expect(addressOn(of('both'), via)).toBeUndefined();
  });

  it('is on the VLAN itself, or is routed, and never both', () => {
    expect(sourceOn(of('there'), via)?.address).toBe('fd00:9::9');
    expect(sourceOn(of('there'), via, 4)).toBeUndefined();
  });

  it('shares with its server the families that are routed', () => {
    const shared = (key: string) => sharedFamily(of(key), of('server'), via);
    expect([shared('both'), shared('six'), shared('none'), shared('there')]).toEqual([4, 6, undefined, 6]);
  });
});
