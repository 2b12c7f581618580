/** What comes to rest in each namespace of each datastore, from where, and by which schedule it was made. */
import type { BackupFlow, Datastore, HostBackupFlow, SyncFlow, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { mappedNamespace } from './namespaces.ts';
import { isLive } from './schedule-jobs.ts';

export interface Feed {
  /** The flow that writes here. */
  readonly flow: BackupFlow | HostBackupFlow | SyncFlow;
  /** The flow that made the backups; undefined: not known. */
  readonly origin: BackupFlow | HostBackupFlow | undefined;
  /** All that was made comes here: no filter and no number on the way. */
  readonly isWhole: boolean;
}

/** Namespace (`''` = root) → what feeds it, for those of each datastore that have anything. */
export type Inflow = ReadonlyMap<Datastore, ReadonlyMap<string, readonly Feed[]>>;

export function inflowOf(topology: Topology): Inflow {
  const inflow = new Map<Datastore, Map<string, Feed[]>>();
  const seen = new Set<string>();
  const queue: { readonly datastore: Datastore; readonly namespace: string; readonly feed: Feed }[] = [];
  const add = (datastore: Datastore, namespace: string, feed: Feed): void => {
    const key = `${datastore.key} ${namespace} ${feed.flow.key} ${feed.origin?.key ?? ''}`;
    if (datastore.state !== 'active' || seen.has(key)) return;
    seen.add(key);
    const places = inflow.get(datastore);
    const feeds = places?.get(namespace);
    if (places === undefined) inflow.set(datastore, new Map([[namespace, [feed]]]));
    else if (feeds === undefined) places.set(namespace, [feed]);
    else feeds.push(feed);
    queue.push({ datastore, namespace, feed });
  };
  const syncs = new Map<Datastore, SyncFlow[]>();
  for (const flow of topology.flows.values()) {
    if (!isLive(flow)) continue;
    if (flow.kind === 'host-backup') add(flow.to.datastore, flow.to.namespace, made(flow));
    if (flow.kind === 'backup' && flow.to.backing.kind === 'datastore') {
      const { datastore, namespace } = flow.to.backing.place;
      add(datastore, namespace, made(flow));
    }
    if (flow.kind !== 'sync') continue;
    push(syncs, flow.from.datastore, flow);
  }
  const follow = () => {
    for (const { datastore, namespace, feed } of queue.splice(0)) {
      for (const flow of syncs.get(datastore) ?? []) {
        const mapped = mappedNamespace(flow, namespace);
        if (mapped === undefined) continue;
        add(flow.to.datastore, mapped, {
          flow,
          origin: feed.origin,
          isWhole: feed.isWhole && isWholeCopy(flow),
        });
      }
    }
  };
  while (queue.length > 0) follow();
  // What a sync brings from a place that nothing here fills: something, but nothing known.
  for (const flow of [...syncs.values()].flat()) {
    if (inflow.get(flow.to.datastore)?.has(flow.to.namespace) || sourceFills(inflow, flow)) continue;
    add(flow.to.datastore, flow.to.namespace, { flow, origin: undefined, isWhole: false });
  }
  while (queue.length > 0) follow();
  return inflow;
}

const made = (flow: BackupFlow | HostBackupFlow): Feed => ({ flow, origin: flow, isWhole: true });

const isWholeCopy = ({ spec }: SyncFlow): boolean =>
  spec.groups === undefined &&
  spec.transfer_last === undefined &&
  spec.encrypted_only !== true &&
  spec.verified_only !== true;

const sourceFills = (inflow: Inflow, flow: SyncFlow): boolean =>
  [...(inflow.get(flow.from.datastore)?.keys() ?? [])].some(
    name => mappedNamespace(flow, name) !== undefined,
  );
