import type { Topology } from '../model/topology.ts';

/** A fact that several rules ask for, computed once per topology. Topologies are frozen, so it stays true. */
export function perTopology<T>(compute: (topology: Topology) => T): (topology: Topology) => T {
  const known = new WeakMap<Topology, { readonly value: T }>();
  return topology => {
    const found = known.get(topology) ?? { value: compute(topology) };
    known.set(topology, found);
    return found.value;
  };
}
