/** Which router leads from one VLAN to another, where more than one could. */
import { expect, test } from 'vitest';
import { routersBetween } from '../../src/analyses/routers.ts';
import { topologyOf } from '../support/topology.ts';

/** The router from `clients` to `backup`, by the gateways that the two name and the interfaces of hosts on both. */
function routersOf(
  gateways: readonly [string, string],
  hosts: Record<string, readonly [string, string]>,
  back = '[]',
  lease = '',
) {
  const key = gateways[0].includes(':') ? 'gateway6' : 'gateway';
  const both = (of: (index: 0 | 1) => string) => [of(0), of(1)];
  const [clients, backup] = both(
    index =>
      `{ subnet: 10.1.${index}.0/24, subnet6: "fd00:${index}::/64", ${key}: "${gateways[index]}", routed_from: ${index === 0 ? back : '[clients]'} }`,
  );
  const lines = Object.entries(hosts).map(([name, addresses]) => {
    const [near, far] = both(index => {
      const vlan = index === 0 ? 'clients' : 'backup';
      return `{ vlan: ${vlan}, ${addresses[index].includes(':') ? 'address6' : 'address'}: "${addresses[index]}" }`;
    });
    return `  ${name}: { site: a, roles: { gateway: true }, nics: { e0: ${near}, e1: ${far} } }\n`;
  });
  const { vlans } = topologyOf(`
offsite: 1
sites: { a: { timezone: UTC, vlans: { clients: ${clients}, backup: ${backup} } } }
hosts:
${lines.join('')}${lease}`).sites.get('a') ?? { vlans: new Map() };
  return (
    [
      ['clients', 'backup'],
      ['backup', 'clients'],
    ] as const
  ).map(([from, to]) => {
    const router = routersBetween(vlans.get(from), vlans.get(to))[key === 'gateway' ? 4 : 6];
    return router && `${router.host?.key ?? 'nobody'}: ${router.near} ${router.far}`;
  });
}

const routerBetween = (...of: Parameters<typeof routersOf>) => routersOf(...of)[0];

test('the gateway of the first VLAN comes before that of the second', () => {
  const hosts = { left: ['10.1.0.1', '10.1.1.2'], right: ['10.1.0.2', '10.1.1.1'] } as const;
  expect(routerBetween(['10.1.0.1', '10.1.1.1'], hosts)).toBe('left: 10.1.0.1 10.1.1.2');
  expect(routerBetween(['10.1.0.9', '10.1.1.1'], hosts)).toBe('right: 10.1.0.2 10.1.1.1');
});

test('gateways that no host has are a router of their own, beside hosts on both VLANs', () => {
  // The address that two routers share, or the switch beside the end of a tunnel.
  const hosts = { one: ['10.1.0.2', '10.1.1.2'], two: ['10.1.0.3', '10.1.1.3'] } as const;
  expect(routerBetween(['10.1.0.1', '10.1.1.1'], hosts)).toBe('nobody: 10.1.0.1 10.1.1.1');
});

test('link-local gateways may be those of the host on both', () => {
  expect(routerBetween(['fe80::1', 'fe80::1'], { gw: ['fd00:0::2', 'fd00:1::2'] })).toBe(
    'gw: fd00::2 fd00:1::2',
  );
  expect(routerBetween(['fe80::1', 'fe80::1'], {})).toBe('nobody: fe80::1 fe80::1');
});

test('two VLANs that are reached from each other have one router for both directions', () => {
  const hosts = { left: ['10.1.0.1', '10.1.1.2'], right: ['10.1.0.2', '10.1.1.1'] } as const;
  const gateways = ['10.1.0.1', '10.1.1.1'] as const;
  expect(routersOf(gateways, hosts)).toEqual(['left: 10.1.0.1 10.1.1.2', 'right: 10.1.1.1 10.1.0.2']);
  expect(routersOf(gateways, hosts, '[backup]')).toEqual([
    'right: 10.1.0.2 10.1.1.1',
    'right: 10.1.1.1 10.1.0.2',
  ]);
  // What comes by DHCP knows the gateway of its own VLAN only.
  const lease = '  pve: { site: a, roles: { pve: "9.1.4" }, nics: { e0: { vlan: clients, dhcp: true } } }\n';
  expect(routersOf(gateways, hosts, '[backup]', lease)[0]).toBe('left: 10.1.0.1 10.1.1.2');
});
