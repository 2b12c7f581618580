/** Copies that count, for requirements on their number. */
import type { Copy } from '../analyses/copies.ts';
import { groundOf, placePath, placeText, poolRef } from '../analyses/copy-place.ts';
import { type GuestCopies, guestCopies } from '../analyses/guest-copies.ts';
import { bucketId } from '../analyses/s3-uses.ts';
import { atKey, type Related } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';

/** Sets of guests of which something runs. */
export const protectedGuests = (topology: Topology): GuestCopies[] =>
  guestCopies(topology).filter(({ guests }) => guests.cluster.nodes.some(({ state }) => state === 'active'));

/** One of each place that is lost by itself; not those that filters may have thinned out. */
export function separateCopies(copies: readonly Copy[]): Copy[] {
  const byGround = new Map<string, Copy>();
  for (const copy of copies) {
    const ground = groundKey(copy);
    if (!copy.partial && !byGround.has(ground)) byGround.set(ground, copy);
  }
  return [...byGround.values()];
}

/** The pool or bucket, else the place itself: what is below it is not declared. */
function groundKey({ place }: Copy): string {
  const bucket = bucketOf(place);
  if (bucket !== undefined) return `bucket ${bucketId(bucket)}`;
  const { pool } = groundOf(place);
  return pool === undefined ? placeText(place) : `pool ${poolRef(pool)}`;
}

function bucketOf(place: Copy['place']) {
  if (place.kind === 'bucket') return place.bucket;
  return place.kind === 'datastore' && place.datastore.backing.kind === 's3'
    ? place.datastore.backing.bucket
    : undefined;
}

export const relatedCopies = (copies: readonly Copy[]): Related[] =>
  copies
    .slice(0, 8)
    .map(({ place }) => ({ message: `a copy: ${placeText(place)}`, place: atKey(placePath(place)) }));

/** `1 copy`, `2 copies`, `no copy` */
export const copiesText = (count: number): string =>
  count === 0 ? 'no copy' : `${count} ${count === 1 ? 'copy' : 'copies'}`;
