/** Who writes into one place, for rules about writers that get into each other's way. */
import type { Bucket, Datastore, Flow, Share, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { memo } from '../once.ts';
import { type Copy, copiesOf } from './copies.ts';
import { type CopyPlace, placeKey } from './copy-place.ts';
import { runningFlows } from './in-use.ts';
import { directoryOf, dumpDirectory, joinDirectories, pathOnHost } from './share-directories.ts';

/** `a/b/c` → ``, `a`, `a/b`, `a/b/c`. Namespaces have 7 levels at most. */
export function withAncestors(path: string): readonly string[] {
  if (path === '') return ROOT;
  const found = [''];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) found.push(path.slice(0, at));
  found.push(path);
  return found;
}

const ROOT: readonly string[] = [''];

/** Two shares may be one directory, or one inside the other. */
const keyOf = (place: CopyPlace): string =>
  place.kind === 'share'
    ? `directory ${place.share.host.key}:${pathOnHost(place.share, place.directory)}`
    : placeKey(place);

/** Copies in each place, in the order in which flows bring them. */
export const copiesByPlace = memo((topology: Topology): ReadonlyMap<string, readonly Copy[]> => {
  const places = new Map<string, Copy[]>();
  for (const copy of copiesOf(topology)) {
    const key = keyOf(copy.place);
    push(places, key, copy);
  }
  return places;
});

/** Copies in each datastore, by each namespace that they are in or below. */
export const copiesBelow = memo(
  (topology: Topology): ReadonlyMap<Datastore, ReadonlyMap<string, readonly Copy[]>> => {
    const stores = new Map<Datastore, Map<string, Copy[]>>();
    for (const copy of copiesOf(topology)) {
      if (copy.place.kind !== 'datastore') continue;
      const { datastore, namespace } = copy.place;
      let below = stores.get(datastore);
      if (below === undefined) {
        below = new Map();
        stores.set(datastore, below);
      }
      for (const ancestor of withAncestors(namespace)) push(below, ancestor, copy);
    }
    return stores;
  },
);

export interface FileWriter {
  readonly flow: Flow;
  readonly holder: Share | Bucket;
  /** Directory of the share, or key prefix of the bucket. */
  readonly directory: string;
}

/** Flows that write files, with the directory or prefix that they write into. */
export const fileWriters = memo((topology: Topology): readonly FileWriter[] =>
  runningFlows(topology.flows).flatMap(flow => fileWriterOf(flow) ?? []),
);

export function fileWriterOf(flow: Flow): FileWriter | undefined {
  switch (flow.kind) {
    case 'vzdump': {
      const { backing } = flow.to;
      if (backing.kind !== 'share') return undefined;
      return { flow, holder: backing.place.share, directory: dumpDirectory(backing.place) };
    }
    case 'rsync':
      return { flow, holder: flow.to.share, directory: directoryOf(flow.to) };
    case 'rclone':
      return { flow, holder: flow.to.bucket, directory: joinDirectories(flow.to.prefix) };
    default:
      return undefined;
  }
}
