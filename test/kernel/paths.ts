/** Which way bytes went, from the counters of every interface before and after. */
import { type Counters, countersOf } from './namespaces.ts';
import type { World } from './world.ts';

/** Bytes by namespace and interface. */
export type AllCounters = ReadonlyMap<string, ReadonlyMap<string, Counters>>;

/** Bytes that are moved to find out; what goes the other way meanwhile is far less. */
export const PAYLOAD = 200_000;
const TRACE = PAYLOAD / 2;
/** Neighbour discovery, and acknowledgements of the transfer before that are still under way, are no payload. */
const NOISE = PAYLOAD / 20;
const MOST_HOPS = 12;

export const allCounters = ({ namespaces }: World): AllCounters =>
  new Map([...namespaces].map(([name, namespace]) => [name, countersOf(namespace)]));

/** How many bytes more. */
export function growth(before: AllCounters, after: AllCounters): AllCounters {
  const grown = new Map<string, Map<string, Counters>>();
  for (const [name, counters] of after) {
    const more = [...counters].map(([nic, { received, sent }]) => {
      const old = before.get(name)?.get(nic) ?? { received: 0, sent: 0 };
      return [nic, { received: received - old.received, sent: sent - old.sent }] as const;
    });
    grown.set(name, new Map(more));
  }
  return grown;
}

/**
 * The way of the payload from node to node, as `host:nic`; it ends where the trace is lost. The packets that carry a
 * tunnel are not a way of their own.
 */
export function follow(world: World, grown: AllCounters, from: string, to: string): string[] {
  const path: string[] = [];
  const visited = new Set([from]);
  let node = from;
  while (node !== to && visited.size < MOST_HOPS) {
    const sent = [...(grown.get(node) ?? [])].filter(([nic, more]) => more.sent > TRACE && nic !== 'lo');
    const out = sent.map(([nic]) => nic);
    const leaving = out.find(nic => endOf(world, node, nic) !== undefined) ?? out[0];
    if (leaving === undefined) return path;
    path.push(`${node}:${leaving}`);
    const next = neighbours(world, node, leaving).find(
      ({ name, nic }) => !visited.has(name) && (grown.get(name)?.get(nic)?.received ?? 0) > TRACE,
    );
    if (next === undefined) return path;
    path.push(`${next.name}:${next.nic}`);
    visited.add(next.name);
    node = next.name;
  }
  return path;
}

const endOf = ({ topology }: World, node: string, nic: string) =>
  [...topology.tunnels.values()]
    .flatMap(tunnel => tunnel.ends)
    .find(end => end.host.key === node && end.interface === nic);

/** Interfaces that can hear this one: on its segment, or those of the peers of the tunnel. */
function neighbours(world: World, node: string, nic: string): readonly { name: string; nic: string }[] {
  const end = endOf(world, node, nic);
  if (end !== undefined) return end.peers.map(peer => ({ name: peer.host.key, nic: peer.interface }));
  const { nodes } = world.plan;
  const segment = nodes.find(({ name }) => name === node)?.links.find(link => link.nic === nic)?.segment;
  return nodes.flatMap(({ name, links }) =>
    links.filter(link => link.segment === segment).map(link => ({ name, nic: link.nic })),
  );
}

/**
 * Interfaces of hosts that should be silent and are not: the management interface above all. The uplink is left out,
 * since it carries the packets of a tunnel that ends on the host.
 */
export function strays(
  { plan }: World,
  hosts: readonly string[],
  used: readonly string[],
  grown: readonly AllCounters[],
): string[] {
  const found = new Set<string>();
  for (const host of hosts) {
    const uplink = plan.nodes.find(node => node.name === host)?.uplink;
    for (const more of grown) {
      for (const [nic, { received, sent }] of more.get(host) ?? []) {
        if (nic === 'lo' || nic === uplink || used.includes(`${host}:${nic}`)) continue;
        if (received + sent > NOISE) found.add(`${host}:${nic}`);
      }
    }
  }
  return [...found];
}
