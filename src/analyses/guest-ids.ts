/** Which guests two sets share. PVE numbers guests per cluster, so one id in two clusters is two guests. */
import type { Guests } from '../model/topology.ts';

/** `certain`: some id is in both; `possible`: nothing declared rules it out. */
export type Overlap = 'none' | 'possible' | 'certain';

/** Whether the two sets have an id in common, whatever their clusters. Linear in the listed ids. */
export function idOverlap(a: Guests, b: Guests): Overlap {
  if (a === b) return 'certain';
  const listed = [a, b].find(({ spec }) => spec.ids !== undefined);
  if (listed === undefined) {
    // `all` of one cluster holds whatever the other set of the same cluster has.
    const sameCluster = a.cluster === b.cluster;
    return sameCluster && (a.spec.all === true || b.spec.all === true) ? 'certain' : 'possible';
  }
  const other = listed === a ? b : a;
  const ids = listed.spec.ids ?? [];
  const taken = new Set(other.spec.ids ?? []);
  if (other.spec.ids !== undefined) return ids.some(id => taken.has(id)) ? 'certain' : 'none';
  if (other.spec.all !== true) return 'possible';
  const left = new Set(other.spec.exclude ?? []);
  const inside = ids.filter(id => !left.has(id));
  if (inside.length === 0) return 'none';
  return a.cluster === b.cluster ? 'certain' : 'possible';
}

/** Whether every guest of `inner` is in `outer`. Members of a pool are taken not to be those that are excluded. */
export function isPartOf(inner: Guests, outer: Guests): boolean {
  if (inner === outer) return true;
  if (inner.cluster !== outer.cluster || outer.spec.all !== true) return false;
  const left = new Set(outer.spec.exclude ?? []);
  if (left.size === 0) return true;
  if (inner.spec.ids !== undefined) return inner.spec.ids.every(id => !left.has(id));
  if (inner.spec.all !== true) return true;
  const absent = new Set(inner.spec.exclude ?? []);
  return [...left].every(id => absent.has(id));
}

/** Whether a guest of the set's cluster with this id is in it; undefined: a pool, whose members are not known. */
export function holdsId({ spec }: Guests, id: number): boolean | undefined {
  if (spec.ids !== undefined) return spec.ids.includes(id);
  if (spec.all === true) return !(spec.exclude ?? []).includes(id);
  return undefined;
}
