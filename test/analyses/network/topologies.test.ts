/** What the topology itself makes of the ways: over the files that it renders, whatever the rules say before. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { networkProof, verdictsOf } from '../../../src/analyses/network/proof.ts';
import { faultsOf, ROOT, renderNetwork, replaced, verdictOf, waysOf } from './rendered.ts';

const PULL = 'flow home-to-dc pbs-dc';
const RSYNC = 'flow nas-to-nas nas-home';
const folder = join(import.meta.dirname, '../../topologies');
const complete = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

test.each(complete)('every connection of %s takes its way', name => {
  const rendered = renderNetwork(readFileSync(join(folder, name, 'topology.yaml'), 'utf8'));
  expect(faultsOf(rendered)).toEqual([]);
  const { judged, blackHoles } = networkProof(rendered.facts, rendered.files);
  expect(judged).toBeGreaterThan(3);
  expect([...blackHoles]).toEqual([]);
});

describe('a changed topology', () => {
  const cases: readonly { name: string; change: readonly [string, string]; faults: readonly string[] }[] = [
    {
      name: 'the tunnel does not carry the network of the PBS that pulls',
      change: ['carries: [home/storage, dc/backup]', 'carries: [home/storage]'],
      faults: [`${PULL}: forward leaves-by-default-route`, `${RSYNC}: forward no-address`],
    },
    {
      name: 'the tunnel does not carry the network of the PBS that is pulled from',
      change: ['carries: [home/storage, dc/backup]', 'carries: [dc/backup]'],
      faults: [`${PULL}: forward no-address`, `${RSYNC}: forward leaves-by-default-route`],
    },
    {
      name: 'the tunnel is planned',
      change: ['    interface: wgbackup', '    state: planned\n    interface: wgbackup'],
      faults: [`${PULL}: forward leaves-by-default-route`, `${RSYNC}: forward leaves-by-default-route`],
    },
    {
      name: 'another interface is nearer to the far network',
      change: [
        '      ens19: { vlan: backup, address: 10.20.30.20 }',
        '      ens19: { vlan: backup, address: 10.20.30.20 }\n      ens20: { address: 10.10.30.5/25 }',
      ],
      faults: [`${PULL}: forward wrong-nic`],
    },
    {
      name: 'the far side has an interface that is nearer than the way back',
      change: [
        '      ens19: { vlan: storage, address: 10.10.30.20 }',
        '      ens19: { vlan: storage, address: 10.10.30.20 }\n      ens20: { address: 10.20.30.5/25 }',
      ],
      faults: [`${PULL}: back wrong-nic`],
    },
    {
      name: 'no way out',
      change: [
        'ens18: { vlan: mgmt, address: 10.20.10.20, default_route: true }',
        'ens18: { vlan: mgmt, address: 10.20.10.20 }',
      ],
      faults: ['datastore wasabi pbs-dc: forward no-route', 'notification mail-dc pbs-dc: forward no-route'],
    },
    {
      name: 'by DHCP the source is not known, and the way is',
      change: [
        'ens18: { vlan: mgmt, address: 10.20.10.20, default_route: true }',
        'ens18: { vlan: mgmt, dhcp: true }',
      ],
      faults: [],
    },
  ];

  test.each(cases)('$name', ({ change: [from, to], faults }) => {
    expect(faultsOf(renderNetwork(replaced(ROOT, from, to)))).toEqual(faults);
  });

  test('two tunnels to one network: the later route counts, and the flow that names the other one fails', () => {
    const second = `
  aaa:
    interface: wgaaa
    subnet: 10.98.0.0/30
    port: 51821
    carries: [home/storage, dc/backup]
    ends:
      gw-home: { address: 10.98.0.1, endpoint: "203.0.113.130:51821", public_key: a5qm7t73W3y22cFbcfHtqhiVHS6z0VkVyZ/geCtnhFo= }
      gw-dc: { address: 10.98.0.2, endpoint: "203.0.113.10:51821", public_key: f7a0qvskJVCbWab1Dl2ww8qcf+T21Ow4sTAOOscAito= }
`;
    const both = replaced(
      ROOT,
      '    preshared_key: wg-backup-psk\n',
      `    preshared_key: wg-backup-psk\n${second}`,
    );
    expect(faultsOf(renderNetwork(both))).toEqual([]);
    const named = both.replaceAll('via: backup\n', 'via: aaa\n');
    expect(faultsOf(renderNetwork(named))).toEqual([
      `${PULL}: forward wrong-tunnel`,
      `${RSYNC}: forward wrong-tunnel`,
    ]);
  });

  test('a gateway that is no declared host leads nowhere that is known', () => {
    const text = replaced(ROOT, 'gateway: 10.20.10.1,', 'gateway: 10.20.10.254,');
    const rendered = renderNetwork(
      replaced(text, 'carries: [home/storage, dc/backup]', 'carries: [home/storage]'),
    );
    const { fault } = verdictOf(rendered, 'flow `home-to-dc`');
    expect(fault?.detail).toBe(
      'leave `pbs-dc` by the default route on `ens18` to `10.20.10.254` (no declared host), with source 10.20.10.20',
    );
    // To the internet it is a way like any other.
    expect(verdictOf(rendered, 'datastore `wasabi`').fault).toBeUndefined();
    expect(faultsOf(rendered)).not.toContain('notification mail-dc pbs-dc: forward no-neighbour');
  });

  test('a NAS is taken to follow its note, and is named', () => {
    const { facts, files } = renderNetwork(ROOT);
    const { assumed } = networkProof(facts, files);
    expect([...assumed].map(([host, { first, count }]) => [host.key, count, first.decision.text])).toEqual([
      ['nas-home', 1, '10.20.30.0/24 via 10.10.30.1 on `eth1`, as _external/nas-home.md asks'],
      ['nas-dc', 1, '10.10.30.0/24 via 10.20.30.1 on `eth1`, as _external/nas-dc.md asks'],
    ]);
  });
});

test.each([
  ['leads out by IPv6 where it is announced', '{ dhcp: true, default_route: true }', []],
  ['as does the only interface with DHCP', '{ dhcp: true }', []],
  [
    'leads out by IPv4 only where the default route of IPv6 is another one',
    '{ dhcp: true, default_route: true }, wan1: { address6: "2001:db8:1::2/64", default_route: true }',
    [],
  ],
  [
    'has no way out by IPv6 where it is IPv4 that is declared',
    '{ address: 192.0.2.2/30, gateway: 192.0.2.1, default_route: true }',
    ['flow push pbs: forward no-route'],
  ],
])('a router with a network of IPv6 behind it %s', (_, wan, faults) => {
  const text = `offsite: 1
sites:
  home: { timezone: UTC, vlans: { lan: { subnet6: "2001:db8:7::/64", gateway6: "2001:db8:7::1" } } }
  far: { timezone: UTC }
hosts:
  pbs: { site: home, roles: { pbs: "4.2.3" }, nics: { eno1: { vlan: lan, address6: "2001:db8:7::20", default_route: true } } }
  router: { site: home, roles: { gateway: true }, managed: false, nics: { lan: { vlan: lan, address6: "2001:db8:7::1" }, wan: ${wan} } }
  vault: { site: far, roles: { pbs: "4.2.3" }, managed: false, api: { address: "2001:db8:99::20" } }
datastores: { main: { host: pbs, path: /mnt/main }, copy: { host: vault, path: /mnt/copy } }
accounts: { push: { kind: pbs, on: vault, id: "push@pbs!home" } }
flows: { push: { kind: sync, direction: push, from: main, to: copy, account: push, via: internet, schedule: "02:30" } }
`;
  expect(faultsOf(renderNetwork(text))).toEqual(faults);
});

test('a name in the internet without a default route: the family is said, and no address that nobody gave', () => {
  const text = replaced(
    ROOT,
    'ens18: { vlan: mgmt, address: 10.20.10.20, default_route: true }',
    'ens18: { vlan: mgmt, address: 10.20.10.20 }',
  );
  const { fault } = verdictOf(renderNetwork(text), 'datastore `wasabi`');
  expect(fault?.detail).toBe('are lost at `pbs-dc`: no default route of IPv4');
});

describe('ways of other shapes', () => {
  const of = (name: string) => renderNetwork(readFileSync(join(folder, name, 'topology.yaml'), 'utf8'));

  test('a spoke reaches the hub', () => {
    const way = 'till:eno1 gw-madrid:eth1 gw-madrid:wg-hq gw-hq:wg-branch gw-hq:enp3s0 vault:bond0';
    expect(waysOf(verdictOf(of('hub-three-spokes'), 'flow `till-files`'))).toEqual([
      way,
      way.split(' ').reverse().join(' '),
    ]);
  });

  test('IPv6 only', () => {
    const way = 'pbs-b:eno2 gw-b:lan1 gw-b:wg6 gw-a:wg6 gw-a:trunk.32 pbs-a:eno2';
    expect(waysOf(verdictOf(of('ipv6-only'), 'flow `pull-prod`'))[0]).toBe(way);
  });

  test('a mesh with an end that others run', () => {
    const way = 'pbs-cork:eno2 gw-cork:lan1 gw-cork:wg-mesh gw-graz:wg0 gw-graz:igb1 pbs-graz:eno2';
    expect(waysOf(verdictOf(of('mesh-five-sites'), 'flow `graz-to-cork`'))[0]).toBe(way);
  });
});

test.each(complete)('of %s the derived configuration says the same as the rendered one', name => {
  const { facts, files } = renderNetwork(readFileSync(join(folder, name, 'topology.yaml'), 'utf8'));
  const ways = (texts: typeof files | undefined) =>
    [...verdictsOf(facts, texts)].map(verdict => [verdict.connection.what, ...waysOf(verdict)]);
  expect(ways(undefined)).toEqual(ways(files));
});
