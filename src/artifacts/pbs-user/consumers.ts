/** Who must be given the secret of a PBS account: everything that logs in with it, on other hosts or clusters. */
import type { PbsAccount, Topology } from '../../model/topology.ts';

export interface Consumer {
  /** Folder below `out/`: host or cluster. */
  readonly target: string;
  /** What it is for there: `remote.cfg`, `storage pbs-home`. */
  readonly use: string;
}

/** By account; the order is that of storages, then flows. */
export function secretConsumers(topology: Topology): ReadonlyMap<PbsAccount, readonly Consumer[]> {
  const consumers = new Map<PbsAccount, Consumer[]>();
  const add = (account: PbsAccount, target: string, use: string): void => {
    const known = consumers.get(account) ?? [];
    consumers.set(account, known);
    if (!known.some(other => other.target === target && other.use === use)) known.push({ target, use });
  };
  for (const { state, backing, cluster, id } of topology.storages.values()) {
    if (state === 'active' && backing.kind === 'datastore')
      add(backing.account, cluster.target, `storage ${id}`);
  }
  for (const flow of topology.flows.values()) {
    if (flow.state !== 'active') continue;
    if (flow.kind === 'host-backup') add(flow.account, flow.from.key, `host backup ${flow.key}`);
    if (flow.kind === 'sync' && flow.account !== undefined) add(flow.account, flow.runsOn.key, 'remote.cfg');
  }
  return consumers;
}
