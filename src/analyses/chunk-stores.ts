/** Where chunk stores lie as directories: on the PBS itself, or on the machine whose share they are on. */
import type { Datastore, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { memo } from '../once.ts';
import { joinDirectories, pathOnHost } from './share-directories.ts';
import { withAncestors } from './writers.ts';

export interface ChunkStores {
  /** By the key of `directoryKey`: stores in exactly this directory. */
  readonly at: ReadonlyMap<string, readonly Datastore[]>;
  /** The first store in or below each directory. */
  readonly below: ReadonlyMap<string, Datastore>;
}

/** A directory of a host, however its path is written. */
export const directoryKey = (host: { readonly key: string }, path: string): string =>
  `${host.key} ${joinDirectories(path)}`;

/** Directories of all datastores that are not retired. Linear in their number and the depth of their paths. */
export const chunkStores = memo((topology: Topology): ChunkStores => {
  const at = new Map<string, Datastore[]>();
  const below = new Map<string, Datastore>();
  for (const datastore of topology.datastores.values()) {
    if (datastore.state === 'retired') continue;
    const place = directoryOfStore(datastore);
    if (place === undefined) continue;
    push(at, directoryKey(place.host, place.path), datastore);
    for (const ancestor of withAncestors(joinDirectories(place.path))) {
      const key = directoryKey(place.host, ancestor);
      if (!below.has(key)) below.set(key, datastore);
    }
  }
  return { at, below };
});

/** Undefined: a removable device, whose path is relative to it. */
function directoryOfStore({ backing, host, spec }: Datastore) {
  if (backing.kind === 'removable') return undefined;
  if (backing.kind !== 'nfs') return { host, path: spec.path };
  return { host: backing.share.host, path: pathOnHost(backing.share, '') };
}

/** The store that a directory is, is part of, or holds. */
export function storeAround(
  stores: ChunkStores,
  host: { readonly key: string },
  path: string,
): Datastore | undefined {
  for (const ancestor of withAncestors(joinDirectories(path))) {
    const store = stores.at.get(directoryKey(host, ancestor))?.[0];
    if (store !== undefined) return store;
  }
  return stores.below.get(directoryKey(host, path));
}
