/** Copies by the guests they are of: a set has its own, and those of sets of its cluster that hold it. */
import type { Cluster, Guests, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { memo } from '../once.ts';
import { type Copy, copiesOf } from './copies.ts';
import { groundOf } from './copy-place.ts';
import { isPartOf } from './guest-ids.ts';

export interface GuestCopies {
  readonly guests: Guests;
  /** Those that filters have thinned out included (`partial`). */
  readonly copies: readonly Copy[];
}

/** Every set of guests, in the order of the topology, with the copies that hold all of it. */
export const guestCopies = memo((topology: Topology): readonly GuestCopies[] => {
  const bySet = new Map<Guests, Copy[]>();
  for (const copy of copiesOf(topology)) {
    if (copy.source.kind !== 'guests') continue;
    push(bySet, copy.source.guests, copy);
  }
  // Only `all` holds other sets. There are few of those per cluster.
  const wholes = new Map<Cluster, Guests[]>();
  for (const guests of topology.guests.values()) {
    if (guests.spec.all !== true || !bySet.has(guests)) continue;
    wholes.set(guests.cluster, [...(wholes.get(guests.cluster) ?? []), guests]);
  }
  return [...topology.guests.values()].map(guests => {
    const holding = (wholes.get(guests.cluster) ?? []).filter(
      other => other !== guests && isPartOf(guests, other),
    );
    return { guests, copies: [guests, ...holding].flatMap(set => bySet.get(set) ?? []) };
  });
});

/** Whether a copy survives the loss of every site where the guests run. A disk that is carried away does. */
export function isOffsite({ place }: Copy, { cluster }: Guests): boolean {
  const { site, removable } = groundOf(place);
  return removable || site === undefined || cluster.nodes.every(node => node.site !== site);
}
