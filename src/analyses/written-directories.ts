/** Directories of shares into which a flow or PVE writes, whether it does so now, will, or did. */
import type { Flow, Share, SharePlace, Storage, Topology } from '../model/topology.ts';
import { joinDirectories, pathOnHost } from './share-directories.ts';
import { fileWriterOf, withAncestors } from './writers.ts';

export interface WrittenDirectories {
  /** By share: directory → the first that writes there. */
  readonly of: ReadonlyMap<Share, ReadonlyMap<string, Flow | Storage>>;
  /** Whether anything writes there, above or below, also by way of another share or as a datastore. */
  touches(place: SharePlace): boolean;
}

/** Where PVE puts what a storage holds (pve-storage `Storage/Plugin.pm`, `vtype_subdirs`). */
const CONTENT = {
  backup: 'dump',
  images: 'images',
  import: 'import',
  iso: 'template/iso',
  none: undefined,
  rootdir: 'private',
  snippets: 'snippets',
  vztmpl: 'template/cache',
} as const;
const ALL = Object.keys(CONTENT) as (keyof typeof CONTENT)[];

/** `nas-home/volume1/vzdump/dump`: two shares of one host may overlap. */
const onHost = (share: Share, directory: string): string => share.host.key + pathOnHost(share, directory);

export function writtenDirectories(topology: Topology): WrittenDirectories {
  const of = new Map<Share, Map<string, Flow | Storage>>();
  const written = new Set<string>();
  const above = new Set<string>();
  const write = (path: string): void => {
    written.add(path);
    for (const one of withAncestors(path)) above.add(one);
  };
  const add = (share: Share, directory: string, writer: Flow | Storage): void => {
    const known = of.get(share) ?? new Map<string, Flow | Storage>();
    of.set(share, known);
    if (!known.has(directory)) known.set(directory, writer);
    write(onHost(share, directory));
  };
  for (const flow of topology.flows.values()) {
    const writer = fileWriterOf(flow);
    if (writer !== undefined && 'protocol' in writer.holder) add(writer.holder, writer.directory, flow);
  }
  for (const storage of topology.storages.values()) {
    if (storage.backing.kind !== 'share') continue;
    const { share, directory } = storage.backing.place;
    for (const content of storage.spec.content ?? ALL) {
      const below = CONTENT[content];
      if (below !== undefined) add(share, joinDirectories(directory, below), storage);
    }
  }
  for (const { host, spec, backing } of topology.datastores.values())
    write(backing.kind === 'nfs' ? onHost(backing.share, '') : `${host.key}/${joinDirectories(spec.path)}`);
  return {
    of,
    touches: ({ share, directory }) => {
      const path = onHost(share, directory);
      return above.has(path) || withAncestors(path).some(one => written.has(one));
    },
  };
}
