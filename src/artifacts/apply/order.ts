/**
 * Order between targets: a host that logs in to a PBS comes after it, since the secret is made there. Two PBS that
 * pull from each other make a circle; then the first by name goes first, and both say what they wait for.
 */
import type { Topology } from '../../model/topology.ts';

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
  for (const storage of topology.storages.values()) {
    if (storage.state === 'active' && storage.backing.kind === 'datastore') {
      need(storage.cluster.target, storage.backing.place.datastore.host.key);
    }
  }
  for (const flow of topology.flows.values()) {
    if (flow.state !== 'active') continue;
    if (flow.kind === 'sync' && flow.account) need(flow.runsOn.key, flow.account.on.key);
    if (flow.kind === 'host-backup') need(flow.runsOn.key, flow.account.on.key);
    if (flow.kind === 'rsync') need(flow.account.on.key, flow.runsOn.key); // the key is made where the flow runs
  }
  for (const cluster of topology.clusters.values()) {
    for (const node of cluster.nodes) need(cluster.target, node.key);
  }
  const order = new Map<string, number>();
  for (const target of after.keys()) visit(target, after, order, new Set());
  return { order, after: new Map([...after].map(([target, set]) => [target, [...set].sort()])) };
}

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
