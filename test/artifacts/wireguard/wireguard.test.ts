import { describe, expect, test } from 'vitest';
import { lowerWireguard } from '../../../src/artifacts/wireguard/lower.ts';
import { rendered } from '../../support/render.ts';
import { topologyOf } from '../../support/topology.ts';
import { KEYS, pair } from './deployment.ts';

const file = (yaml: string, name: string): string | undefined =>
  rendered(lowerWireguard(topologyOf(yaml)).artifacts).get(`${name}/etc/wireguard/wg0.conf`);

test('a pair: addresses, key from a file, routes with the own address, AllowedIPs from what is carried', () => {
  expect(file(pair(), 'gw-a')).toBe(`# Rendered by offsite. The private key is in /etc/wireguard/keys.
[Interface]
Address = 10.99.0.1/30
ListenPort = 51820
MTU = 1420
Table = off
PostUp = wg set %i private-key /etc/wireguard/keys/%i.key
PostUp = for i in 1 2 3 4 5; do ip -6 -o address show tentative | grep -q . || break; sleep 1; done
PostUp = ip -4 route replace 10.2.0.0/24 dev %i src 10.1.0.1
PostUp = ip -6 route replace fd00:2::/64 dev %i src fd00:1::1
PostDown = ip -4 route del 10.2.0.0/24 dev %i || true
PostDown = ip -6 route del fd00:2::/64 dev %i || true

[Peer]
# gw-b
PublicKey = ${KEYS.b}
AllowedIPs = 10.99.0.2/32, 10.2.0.0/24, fd00:2::/64
`);
});

test('the end behind NAT names the endpoint of the other and keeps the path open', () => {
  const text = file(pair(), 'gw-b');
  expect(text).toContain('Endpoint = 192.0.2.1:51820\n');
  expect(text).toContain('PersistentKeepalive = 25\n');
});

test('a pending key withholds the file of the peer, not its own', () => {
  const yaml = pair({ keyB: 'pending' });
  expect(file(yaml, 'gw-a')).toBeUndefined();
  expect(file(yaml, 'gw-b')).toBeDefined();
  const { withheld, diagnostics } = lowerWireguard(topologyOf(yaml));
  expect(withheld.map(one => `${one.target}:${one.path}`)).toEqual(['gw-a:/etc/wireguard/wg0.conf']);
  expect(diagnostics.map(one => [one.code, one.severity])).toEqual([['pending-value', 'warning']]);
});

test('a preshared key is taken from a file for each peer, and is a secret to bring', () => {
  const yaml = pair({ tunnel: 'preshared_key: psk-t' });
  expect(file(yaml, 'gw-a')).toContain(
    `PostUp = wg set %i peer ${KEYS.b} preshared-key /etc/wireguard/keys/%i.psk\n`,
  );
  const { needs } = lowerWireguard(topologyOf(yaml));
  expect(needs.filter(need => need.kind === 'secret').map(need => [need.target, need.name])).toEqual([
    ['gw-a', 'psk-t'],
    ['gw-b', 'psk-t'],
  ]);
});

test('an end that others run gets a note with its peer, and no file', () => {
  const yaml = pair({ gatewayB: 'managed: false,' });
  expect(file(yaml, 'gw-b')).toBeUndefined();
  const { external } = lowerWireguard(topologyOf(yaml));
  expect(external.map(note => note.name)).toEqual(['gw-b']);
  expect(external[0]?.blocks[0]?.text).toContain('AllowedIPs = 10.99.0.1/32, 10.1.0.0/24, fd00:1::/64');
});

describe('states', () => {
  test('planned: nothing', () => {
    const lowered = lowerWireguard(topologyOf(pair({ tunnel: 'state: planned' })));
    expect([lowered.artifacts, lowered.steps, lowered.changes]).toEqual([[], [], []]);
  });
  test('retired: a removal at each end', () => {
    const lowered = lowerWireguard(topologyOf(pair({ tunnel: 'state: retired' })));
    expect(lowered.artifacts).toEqual([]);
    expect(lowered.changes.map(change => `${change.verb} ${change.target} ${change.name}`)).toEqual([
      'removes gw-a wg0',
      'removes gw-b wg0',
    ]);
  });
});

test('a spoke sends everything behind the other spokes to the hub; the hub gives each spoke its own', () => {
  const yaml = `
offsite: 1
sites:
  h: { timezone: UTC, vlans: { lan: { subnet: 10.0.0.0/24 } } }
  s: { timezone: UTC, vlans: { lan: { subnet: 10.1.0.0/24 } } }
  t: { timezone: UTC, vlans: { lan: { subnet: 10.2.0.0/24 } } }
hosts:
  gw-h: { site: h, roles: { linux: true }, nics: { eth1: { vlan: lan, address: 10.0.0.1 } } }
  gw-s: { site: s, roles: { linux: true }, nics: { eth1: { vlan: lan, address: 10.1.0.1 } } }
  gw-t: { site: t, roles: { linux: true }, nics: { eth1: { vlan: lan, address: 10.2.0.1 } } }
tunnels:
  x:
    kind: hub
    hub: gw-h
    interface: wg0
    subnet: 10.99.0.0/24
    ends:
      gw-h: { address: 10.99.0.1, endpoint: hub.example.com, public_key: "${KEYS.a}" }
      gw-s: { address: 10.99.0.2, public_key: "${KEYS.b}" }
      gw-t: { address: 10.99.0.3, public_key: "${KEYS.c}" }
    carries: [h/lan, s/lan, t/lan]
`;
  const allowed = (name: string): string[] =>
    [...(file(yaml, name) ?? '').matchAll(/AllowedIPs = (.*)/g)].map(match => match[1] ?? '');
  expect(allowed('gw-s')).toEqual(['10.99.0.1/32, 10.99.0.3/32, 10.0.0.0/24, 10.2.0.0/24']);
  expect(allowed('gw-h')).toEqual(['10.99.0.2/32, 10.1.0.0/24', '10.99.0.3/32, 10.2.0.0/24']);
});
