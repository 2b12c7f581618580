/**
 * Where networks meet: the sites from which a VLAN or a tunnel's own network is reached. Two sites that share no
 * tunnel may both use 192.168.1.0/24; as soon as hosts of one site reach both, no route can tell them apart.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Nic, Site, Topology, Tunnel, TunnelEnd, Vlan } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { type Cidr, parseCidr } from '../net/address.ts';
import { findOverlaps } from '../net/overlap.ts';

/** An address of an interface or of a tunnel end, with the network that it is in. */
export interface PlannedAddress {
  readonly address: string;
  readonly path: TopologyPath;
  readonly owner: Nic | TunnelEnd;
  readonly network: Vlan | Tunnel | Site;
}

/** For people: "`eth0` of `nas-home`". */
export const ownerText = ({ owner }: PlannedAddress): string =>
  'tunnel' in owner
    ? `\`${owner.key}\` in tunnel \`${owner.tunnel.key}\``
    : `\`${owner.key}\` of \`${owner.host.key}\``;

export interface PlannedNetwork {
  readonly prefix: Cidr;
  readonly path: TopologyPath;
  /** For people: "VLAN `home/storage`". */
  readonly name: string;
  readonly network: Vlan | Tunnel;
}

export interface Meeting<T> {
  readonly first: T;
  readonly second: T;
  /** A site that reaches both. */
  readonly site: Site;
}

/** Answers from which sites a network is reached: its own and those at the other ends of tunnels that carry it. */
export function reachedFrom(topology: Topology): (network: Vlan | Tunnel | Site) => ReadonlySet<Site> {
  const carriers = new Map<Vlan, Tunnel[]>();
  for (const tunnel of topology.tunnels.values()) {
    if (tunnel.state === 'retired') continue;
    for (const vlan of tunnel.endOf.keys()) push(carriers, vlan, tunnel);
  }
  return remember(network => {
    if ('ends' in network) return new Set(network.ends.map(end => end.host.site));
    if ('hosts' in network) return new Set([network]);
    const ends = (carriers.get(network) ?? []).flatMap(tunnel => tunnel.ends);
    return new Set([network.site, ...ends.map(end => end.host.site)]);
  });
}

function remember<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return key => {
    const found = known.get(key) ?? compute(key);
    known.set(key, found);
    return found;
  };
}

/** Every address of the topology but those of retired hosts and tunnels. */
export function* plannedAddresses(topology: Topology): Iterable<PlannedAddress> {
  for (const host of topology.hosts.values()) {
    if (host.state === 'retired') continue;
    for (const nic of host.nics.values())
      for (const { address, path } of nic.addresses)
        yield { address, path, owner: nic, network: nic.vlan ?? host.site };
  }
  for (const tunnel of topology.tunnels.values()) {
    if (tunnel.state === 'retired') continue;
    for (const end of tunnel.ends)
      for (const { address, path } of end.addresses) yield { address, path, owner: end, network: tunnel };
  }
}

/** Every prefix of a VLAN, and the transfer networks of tunnels that are not retired. */
export function plannedNetworks(topology: Topology): PlannedNetwork[] {
  const found: PlannedNetwork[] = [];
  const add = (network: Vlan | Tunnel, name: string) => {
    for (const { text, family } of network.prefixes) {
      const prefix = parseCidr(text);
      if (prefix)
        found.push({ prefix, path: [...network.path, family === 4 ? 'subnet' : 'subnet6'], name, network });
    }
  };
  for (const site of topology.sites.values()) {
    for (const vlan of site.vlans.values()) add(vlan, `VLAN \`${vlan.ref}\``);
  }
  for (const tunnel of topology.tunnels.values()) {
    if (tunnel.state !== 'retired') add(tunnel, `tunnel \`${tunnel.key}\``);
  }
  return found;
}

/**
 * Overlapping networks that meet at a site, each pair once. A sweep over all prefixes finds the groups that overlap at
 * all, which are few; only within those it is asked where they are reached from.
 */
export function overlapsThatMeet(topology: Topology): Meeting<PlannedNetwork>[] {
  const reach = reachedFrom(topology);
  const groupOf = new Map<PlannedNetwork, PlannedNetwork[]>();
  const groups: PlannedNetwork[][] = [];
  for (const { holder, held } of findOverlaps(plannedNetworks(topology), ({ prefix }) => prefix)) {
    let group = groupOf.get(holder);
    if (group === undefined) {
      group = [holder];
      groups.push(group);
      groupOf.set(holder, group);
    }
    group.push(held);
    groupOf.set(held, group);
  }
  return groups.flatMap(group => meetings(group, ({ network }) => reach(network), overlapPairs));
}

const overlapPairs = (members: readonly PlannedNetwork[]): (readonly [PlannedNetwork, PlannedNetwork])[] =>
  findOverlaps(members, ({ prefix }) => prefix).map(({ holder, held }) => [holder, held]);

/** Splits a group by the sites that reach its members, and gives the pairs of each part, each pair once. */
export function meetings<T>(
  group: readonly T[],
  sitesOf: (item: T) => ReadonlySet<Site>,
  pairs: (members: readonly T[]) => readonly (readonly [T, T])[],
): Meeting<T>[] {
  const bySite = new Map<Site, T[]>();
  for (const item of group) {
    for (const site of sitesOf(item)) push(bySite, site, item);
  }
  const known = new Map<T, Set<T>>();
  const found: Meeting<T>[] = [];
  for (const [site, members] of bySite) {
    for (const [first, second] of pairs(members)) {
      const partners = known.get(first) ?? new Set<T>();
      known.set(first, partners);
      if (partners.has(second)) continue;
      partners.add(second);
      found.push({ first, second, site });
    }
  }
  return found;
}
