/**
 * Order between targets: a host that logs in to a PBS comes after it, since the secret is made there, what copies to a
 * host or mounts what it exports after it, and what goes through a tunnel or a router after those. Two PBS that pull from
 * each other make a circle; then the first by name goes first, and is applied again when the other one is done.
 */
import { routedWay } from '../../analyses/routers.ts';
import { endBehind, endsBetween } from '../../analyses/tunnel-sides.ts';
import { viaUses } from '../../analyses/via-uses.ts';
import type { Host, Topology, Via } from '../../model/topology.ts';
import { FAMILIES } from '../../net/address.ts';
import { reliances, targetOf } from './providers.ts';

export interface TargetOrder {
  /** From 1, for every target with files or steps. */
  readonly order: ReadonlyMap<string, number>;
  /** Targets that must be done first (as far as a circle allows), sorted. */
  readonly after: ReadonlyMap<string, readonly string[]>;
}

/** @param targets names of all targets that are applied. */
export function orderTargets(topology: Topology, targets: ReadonlySet<string>): TargetOrder {
  const after = new Map<string, Set<string>>([...targets].sort().map(target => [target, new Set<string>()]));
  const need = (target: string, earlier: string): void => {
    if (target !== earlier && targets.has(earlier)) after.get(target)?.add(earlier);
  };
  for (const { user, provider } of reliances(topology)) need(targetOf(user), provider.key);
  for (const flow of topology.flows.values()) {
    if (flow.state !== 'active' || flow.kind !== 'rsync') continue;
    // The key is made where the flow runs; once its public half is declared the far end can let it in first.
    if (flow.account.publicKey === undefined) need(flow.account.on.key, flow.runsOn.key);
    else need(flow.runsOn.key, flow.account.on.key);
  }
  for (const { path, via, clients, server } of viaUses(topology)) {
    const [section] = path;
    // Mail that cannot leave yet waits in its queue.
    if (section === 'notifications') continue;
    for (const client of clients) {
      const target = (section === 'storages' && client.cluster?.target) || client.key;
      for (const host of passing(via, client, server)) need(target, host.key);
    }
  }
  for (const cluster of topology.clusters.values()) {
    for (const node of cluster.nodes) need(cluster.target, node.key);
  }
  const order = new Map<string, number>();
  for (const target of after.keys()) visit(target, after, order, new Set());
  return { order, after: new Map([...after].map(([target, set]) => [target, [...set].sort()])) };
}

/** Hosts that pass on what one sends to the other: ends of a tunnel, and routers to a VLAN. */
function passing(via: Via, client: Host, server: Host | undefined): readonly Host[] {
  if (via.kind === 'tunnel') {
    const { tunnel } = via;
    const ends = endsBetween(tunnel, endBehind(tunnel, client), server && endBehind(tunnel, server));
    return ends.map(({ host }) => host);
  }
  if (via.kind !== 'vlan' || via.vlan.routedFrom.length === 0) return NONE;
  return FAMILIES.flatMap(family => routedWay(client, via.vlan, family)?.router.host ?? NONE);
}

const NONE: readonly never[] = [];

/** Depth first without recursion; an edge back into the path under way is the circle, and is left out. */
function visit(
  start: string,
  after: ReadonlyMap<string, ReadonlySet<string>>,
  order: Map<string, number>,
  under: Set<string>,
): void {
  const stack = [{ target: start, rest: [...(after.get(start) ?? [])].sort().reverse() }];
  under.add(start);
  while (stack.length > 0) {
    const top = stack.at(-1);
    const next = top?.rest.pop();
    if (top !== undefined && next === undefined) {
      if (!order.has(top.target)) order.set(top.target, order.size + 1);
      stack.pop();
    } else if (next !== undefined && !order.has(next) && !under.has(next)) {
      under.add(next);
      stack.push({ target: next, rest: [...(after.get(next) ?? [])].sort().reverse() });
    }
  }
}
