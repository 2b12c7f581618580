/** Datastores by what is on a PBS under their name: an active one, or what a retired one has left. */
import { goneOnes, isActive } from '../../analyses/in-use.ts';
import type { Datastore, Topology } from '../../model/topology.ts';
import { memo } from '../../once.ts';

/** Retired ones whose name no active datastore of the same PBS has. */
export const goneDatastores = memo(
  ({ datastores }: Topology): ReadonlySet<Datastore> =>
    new Set(goneOnes(datastores.values(), ({ host, name }) => `${host.key} ${name}`)),
);

/** One for each name, in the order of the topology. */
export const datastoresOnHosts = memo((topology: Topology): readonly Datastore[] => {
  const gone = goneDatastores(topology);
  return [...topology.datastores.values()].filter(store => isActive(store) || gone.has(store));
});
