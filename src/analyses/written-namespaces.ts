import type { Datastore, Flow, Topology } from '../model/topology.ts';
import { memo } from '../once.ts';
import { copiesOf } from './copies.ts';

/** Namespaces of a datastore that something declared writes to, with a flow that does, now or when it is switched on. */
export const writtenNamespaces = memo(
  (topology: Topology): ReadonlyMap<Datastore, ReadonlyMap<string, Flow>> => {
    const found = new Map<Datastore, Map<string, Flow>>();
    const add = (datastore: Datastore, namespace: string, flow: Flow): void => {
      const known = found.get(datastore);
      if (known === undefined) found.set(datastore, new Map([[namespace, flow]]));
      else if (!known.has(namespace)) known.set(namespace, flow);
    };
    for (const { place, flow } of copiesOf(topology))
      if (place.kind === 'datastore') add(place.datastore, place.namespace, flow);
    for (const flow of topology.flows.values()) {
      if (flow.kind === 'host-backup' || flow.kind === 'sync')
        add(flow.to.datastore, flow.to.namespace, flow);
      if (flow.kind !== 'backup' || flow.to.backing.kind !== 'datastore') continue;
      const { datastore, namespace } = flow.to.backing.place;
      add(datastore, namespace, flow);
    }
    return found;
  },
);
