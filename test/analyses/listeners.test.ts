import { describe, expect, it } from 'vitest';
import { listenersOf } from '../../src/analyses/listeners.ts';
import { topologyOf } from '../support/topology.ts';

const text = (notification: string) => `
offsite: 1
sites: { home: { timezone: UTC } }
hosts:
  a: { site: home, roles: { pve: "9.1.4" } }
  b: { site: home, roles: { pve: "9.1.4" } }
  mail: { site: home, managed: false, roles: { linux: true }, fqdn: mx.example.com, nics: { eth0: { address: 10.0.0.25/24 } } }
clusters: { duo: { nodes: [a, b] } }
notifications: { mail: { kind: smtp, mailto: [x@example.com], ${notification} } }
`;

describe('listenersOf', () => {
  it.each([
    ['the cluster', 'hosts: [duo], server: smtp.example.com', ['a', 'b', 'duo'], undefined],
    ['all nodes', 'hosts: [a, b], server: mx.example.com', ['a', 'b', 'duo'], 'mail'],
    ['one node', 'hosts: [a], server: 10.0.0.25', ['a'], 'mail'],
    ['a relay', 'hosts: [b], server: smtp.example.com, relay: mail', ['b'], 'mail'],
    ['no errors', 'hosts: [duo], server: smtp.example.com, severities: [info]', [], undefined],
    ['not yet', 'hosts: [duo], server: smtp.example.com, state: planned', [], undefined],
  ])('%s', (_, notification, expected, server) => {
    const topology = topologyOf(text(notification));
    const listeners = listenersOf(topology);
    const { hosts, clusters, notifications } = topology;
    const runners = [...hosts.values(), ...clusters.values()].filter(({ key }) => key !== 'mail');
    const heard = runners.filter(runner => listeners.of(runner).length > 0).map(({ key }) => key);
    expect([...new Set(heard)].toSorted()).toEqual(expected);
    const mail = notifications.get('mail');
    expect(mail && listeners.serverOf(mail)?.key).toBe(server);
  });
});
