/**
 * Ids of jobs that belong to a place (prune, verification): derived, so that nobody has to invent them, and stable:
 * they change with the native name of the datastore or namespace only.
 */
import { createHash } from 'node:crypto';

export interface Place {
  /** Native name of the datastore. */
  readonly store: string;
  /** `''` for the root. */
  readonly namespace: string;
}

/** Job ids in PBS: 3 to 32 characters (`pbs-api-types/src/jobs.rs`). */
const MAX_LENGTH = 32;
const HASH_LENGTH = 8;

/**
 * The id of each place of one host: `store` for the root, `store-ns` with `/` as `-` below. Where that is too long or
 * taken by another place, a hash of the full name replaces its end. Places must differ.
 */
export function placeIds(places: readonly Place[]): string[] {
  const plain = places.map(plainId);
  const uses = new Map<string, number>();
  for (const id of plain) uses.set(id, (uses.get(id) ?? 0) + 1);
  return places.map((place, index) => {
    const id = plain[index] ?? '';
    const free = id.length <= MAX_LENGTH && uses.get(id) === 1;
    return free || place.namespace === '' ? id : hashedId(place, id);
  });
}

const plainId = ({ store, namespace }: Place): string =>
  namespace === '' ? store : `${store}-${namespace.replaceAll('/', '-')}`;

function hashedId({ store, namespace }: Place, id: string): string {
  // A colon is in no name, so that no two places share the text.
  const hash = createHash('sha256').update(`${store}:${namespace}`).digest('hex').slice(0, HASH_LENGTH);
  return `${id.slice(0, MAX_LENGTH - HASH_LENGTH - 1)}-${hash}`;
}
