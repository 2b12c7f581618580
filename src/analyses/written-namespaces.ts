import type { Datastore, Flow, Topology } from '../model/topology.ts';
import { memo } from '../once.ts';
import { copiesOf } from './copies.ts';
import { withAncestors } from './writers.ts';

export interface WrittenNamespaces {
  /** With a flow that writes there, now or when it is switched on. */
  readonly writers: ReadonlyMap<string, Flow>;
  /** These, and all namespaces around them. */
  readonly around: ReadonlySet<string>;
}

/** Namespaces of each datastore that something declared writes to. */
export const writtenNamespaces = memo((topology: Topology): ReadonlyMap<Datastore, WrittenNamespaces> => {
  const found = new Map<Datastore, { writers: Map<string, Flow>; around: Set<string> }>();
  const add = (datastore: Datastore, namespace: string, flow: Flow): void => {
    const { writers, around } = found.get(datastore) ?? { writers: new Map(), around: new Set() };
    found.set(datastore, { writers, around });
    if (writers.has(namespace)) return;
    writers.set(namespace, flow);
    for (const one of withAncestors(namespace)) around.add(one);
  };
  for (const { place, flow } of copiesOf(topology))
    if (place.kind === 'datastore') add(place.datastore, place.namespace, flow);
  for (const flow of topology.flows.values()) {
    if (flow.kind === 'host-backup' || flow.kind === 'sync') add(flow.to.datastore, flow.to.namespace, flow);
    if (flow.kind !== 'backup' || flow.to.backing.kind !== 'datastore') continue;
    const { datastore, namespace } = flow.to.backing.place;
    add(datastore, namespace, flow);
  }
  return found;
});
