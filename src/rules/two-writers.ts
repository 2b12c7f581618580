import { chunkStores, directoryKey } from '../analyses/chunk-stores.ts';
import { runningFlows } from '../analyses/in-use.ts';
import { directoryOf, pathOnHost } from '../analyses/share-directories.ts';
import { withAncestors } from '../analyses/writers.ts';
import { atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Datastore, SharePlace, Topology } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import { repeated } from './repeated.ts';
import type { Finding, Rule } from './rule.ts';

export const twoWriters: Rule = {
  id: 'two-writers',
  severity: 'error',
  summary: 'Two things write into one chunk store or onto one device.',
  why: 'A chunk store belongs to one datastore of one PBS: the garbage collection of one deletes the chunks of the other, and a local file system on two machines destroys itself. Other files in the directory of a chunk store are a trap for whoever tidies up.',
  fix: 'Give each datastore a device or a share of its own, and other files another directory.',
  example: {
    bad: 'a: { host: pbs-1, nfs: { from: export, … } }\nb: { host: pbs-2, nfs: { from: export, … } }',
    good: 'b: { host: pbs-2, nfs: { from: export-b, … } }',
  },
  *check({ topology }) {
    yield* sharedDirectories(topology);
    yield* sharedDisks(topology);
    yield* filesInside(topology);
  },
};

/** Paths of one host are judged by `nested-datastore-paths`. */
function* sharedDirectories(topology: Topology): Iterable<Finding> {
  for (const [first, ...others] of chunkStores(topology).at.values()) {
    if (first === undefined) continue;
    for (const other of others) {
      if (first.backing.kind !== 'nfs' && other.backing.kind !== 'nfs') continue;
      yield {
        message: `datastores \`${first.key}\` and \`${other.key}\` lie in one directory of \`${shareHost(other, first)}\``,
        place: placeOf(other),
        related: [{ message: 'the other datastore', place: placeOf(first) }],
        help: 'give each datastore a share of its own',
      };
    }
  }
}

const placeOf = ({ backing, path }: Datastore) =>
  atValue(backing.kind === 'nfs' ? [...path, 'nfs', 'from'] : [...path, 'path']);

const shareHost = (...stores: readonly Datastore[]): string =>
  stores.flatMap(({ backing }) => (backing.kind === 'nfs' ? [backing.share.host.key] : [])).at(0) ?? '';

/** Several datastores may lie on one disk of one host; a disk of two hosts, or a LUN too, is cloned or meant once. */
function* sharedDisks({ datastores }: Topology): Iterable<Finding> {
  const onDisks = [...datastores.values()].filter(
    store => store.state !== 'retired' && uuidOf(store) !== undefined,
  );
  for (const stores of groupBy(onDisks, uuidOf).values()) {
    const perDevice = [...groupBy(stores, deviceOf).values()].flatMap(([one]) => one ?? []);
    for (const [first, again] of repeated(perDevice, uuidOf)) {
      yield {
        message: `datastores \`${first.key}\` on \`${first.host.key}\` and \`${again.key}\` on \`${again.host.key}\` name one file system`,
        place: atValue(uuidPath(again)),
        related: [{ message: 'the other datastore', place: atValue(uuidPath(first)) }],
        help: 'correct one of the UUIDs; of a cloned disk, give the copy a new one',
      };
    }
  }
}

const uuidOf = ({ backing }: Datastore): string | undefined => ('uuid' in backing ? backing.uuid : undefined);

/** `lun-twice` judges LUNs that two datastores name. */
const deviceOf = ({ backing, host }: Datastore): string =>
  backing.kind === 'iscsi' ? `lun ${backing.lun.host.key}/${backing.lun.key}` : `${backing.kind} ${host.key}`;

const uuidPath = ({ backing, path }: Datastore): TopologyPath => [...path, backing.kind, 'uuid'];

interface FileUse {
  readonly what: string;
  readonly place: SharePlace;
  readonly deletes: boolean;
  readonly path: TopologyPath;
}

function* filesInside(topology: Topology): Iterable<Finding> {
  const { at } = chunkStores(topology);
  for (const { what, place, deletes, path } of fileUses(topology)) {
    const { host } = place.share;
    const steps = withAncestors(pathOnHost(place.share, directoryOf(place)).slice(1));
    const store = steps.map(step => at.get(directoryKey(host, step))?.[0]).find(found => found !== undefined);
    if (store === undefined) continue;
    yield {
      severity: deletes ? 'error' : 'warning',
      message: deletes
        ? `${what} deletes what its source lacks in the chunk store of datastore \`${store.key}\``
        : `${what} writes into the directory of the chunk store of datastore \`${store.key}\``,
      place: atValue(path),
      related: [{ message: 'the datastore', place: placeOf(store) }],
      help: 'use another share or directory for files',
    };
  }
}

function* fileUses({ storages, flows }: Topology): Iterable<FileUse> {
  for (const { key, path, state, backing } of storages.values()) {
    if (state !== 'active' || backing.kind !== 'share') continue;
    yield { what: `storage \`${key}\``, place: backing.place, deletes: false, path: [...path, 'share'] };
  }
  for (const flow of runningFlows(flows)) {
    if (flow.kind !== 'rsync') continue;
    const deletes = flow.spec.propagate_deletions === true;
    yield { what: `rsync \`${flow.key}\``, place: flow.to, deletes, path: [...flow.path, 'to'] };
  }
}
