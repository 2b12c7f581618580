import { describe, expect, it } from 'vitest';
import { mailRelayOf } from '../../src/analyses/mail-relay.ts';
import { notifiedOf } from '../../src/analyses/notified.ts';
import { topologyOf } from '../support/topology.ts';

const topology = (notifications: string) =>
  topologyOf(`
offsite: 1
sites: { home: { timezone: UTC, vlans: { lan: { subnet: 10.0.0.0/24 }, mail: { subnet: 10.0.1.0/24 } } } }
hosts:
  a: { site: home, roles: { pve: "9.1.4" } }
  b: { site: home, roles: { pve: "9.1.4", pbs: "4.1.8" } }
  gone: { site: home, roles: { pve: "9.1.4" }, state: retired }
  alone: { site: home, roles: { pve: "9.1.4" } }
  box: { site: home, roles: { linux: true } }
  hub: { site: home, roles: { linux: true }, fqdn: hub.example.com, nics: { e0: { vlan: lan, address: 10.0.0.5 }, e1: { vlan: mail, address: 10.0.1.5 } } }
  bare: { site: home, roles: { linux: true }, nics: { e1: { vlan: mail, address: 10.0.1.6 } } }
  nothing: { site: home, roles: { linux: true } }
clusters: { pve: { nodes: [a, b, gone] } }
notifications: { it: ${notifications} }
`);

describe('where a notification is set up', () => {
  it.each([
    ['a cluster', 'kind: sendmail, hosts: [pve]', [], ['pve: all'], []],
    ['some nodes of it', 'kind: sendmail, hosts: [a]', [], ['pve: a'], []],
    ['all active nodes', 'kind: sendmail, hosts: [a, b]', ['b'], ['pve: all'], []],
    ['cluster and node', 'kind: sendmail, hosts: [a, pve, a]', [], ['pve: all'], []],
    ['a host with both roles', 'kind: sendmail, hosts: [b, b]', ['b'], ['pve: b'], []],
    ['a standalone PVE', 'kind: sendmail, hosts: [alone]', [], ['alone: all'], []],
    ['neither PVE nor PBS', 'kind: sendmail, hosts: [box]', [], [], []],
    ['mail of a cluster', 'kind: postfix, hosts: [pve, box]', [], ['pve: all'], ['box', 'a', 'b']],
    ['a retired host', 'kind: postfix, hosts: [gone]', [], [], []],
    ['planned', 'kind: postfix, state: planned, hosts: [pve, box]', [], [], []],
    ['retired', 'kind: postfix, state: retired, hosts: [b]', ['b'], ['pve: b'], ['b']],
  ])('%s', (_, text, pbs, pve, relayed) => {
    const found = notifiedOf(topology(`{ ${text} }`));
    expect([...found.pbs.keys()].map(({ key }) => key)).toEqual(pbs);
    expect(
      [...found.pve].map(
        ([{ key }, [first]]) => `${key}: ${first?.nodes?.map(node => node.key).join(' ') ?? 'all'}`,
      ),
    ).toEqual(pve);
    expect([...found.relayed.keys()].map(({ key }) => key)).toEqual(relayed);
  });
});

describe('how a relay is reached', () => {
  it.each([
    ['server: mail.example.com', 'mail.example.com:465 tls name'],
    ['server: mail.example.com, port: 25', 'mail.example.com:25 insecure name'],
    ['server: mail.example.com, port: 587', 'mail.example.com:587 starttls name'],
    ['server: mail.example.com, port: 2525', 'mail.example.com:2525 tls name'],
    ['server: 10.0.0.9, mode: starttls', '10.0.0.9:587 starttls address'],
    ['server: "2001:db8::1", mode: insecure', '2001:db8::1:25 insecure address'],
    ['server: x, mode: tls, port: 587', 'x:587 tls name'],
    ['server: x, relay: hub, via: home/mail', 'x:465 tls name'],
    ['relay: hub, via: home/mail', '10.0.1.5:465 tls address'],
    ['relay: hub, via: home/lan', '10.0.0.5:465 tls address'],
    ['relay: hub', 'hub.example.com:465 tls name'],
    ['relay: bare', '10.0.1.6:465 tls address'],
    ['relay: nothing', undefined],
    ['mailto: [a@example.com]', undefined],
  ])('%s', (text, expected) => {
    const notification = topology(`{ kind: smtp, hosts: [b], ${text} }`).notifications.get('it');
    const relay = notification && mailRelayOf(notification);
    expect(
      relay && `${relay.server}:${relay.port} ${relay.mode} ${relay.isAddress ? 'address' : 'name'}`,
    ).toBe(expected);
    for (const causes of relay ? [relay.serverCauses, relay.modeCauses, relay.portCauses] : [])
      expect(causes.length).toBeGreaterThan(0);
  });
});
