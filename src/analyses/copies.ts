/**
 * Which backups lie where: what backup flows write, carried on by syncs and copies of files. One entry per source,
 * place and last flow, so that a ring of syncs ends and the work is linear in what there is to list.
 */
import type {
  BackupFlow,
  Datastore,
  Flow,
  Guests,
  HostBackupFlow,
  Pool,
  RcloneFlow,
  RsyncFlow,
  Share,
  SyncFlow,
  Topology,
  VzdumpFlow,
  ZfsSendFlow,
} from '../model/topology.ts';
import { push } from '../multimap.ts';
import { memo } from '../once.ts';
import { parseGroupFilter, passesFilters } from '../proxmox/group-filter.ts';
import { type CopyPlace, isSamePlace } from './copy-place.ts';
import { runningFlows } from './in-use.ts';
import { type MissedNodes, missedNodes } from './job-nodes.ts';
import { mappedNamespace } from './namespaces.ts';
import { directoryOf, dumpDirectory, isWithin, joinDirectories } from './share-directories.ts';
import { refusesWrites } from './writable.ts';

/** Guests of a cluster, or files of a host. */
export type Source =
  | { readonly kind: 'guests'; readonly guests: Guests }
  | { readonly kind: 'host'; readonly flow: HostBackupFlow };

export interface Copy {
  readonly source: Source;
  readonly place: CopyPlace;
  /** The flow that brings it here. */
  readonly flow: Flow;
  /** The copy that this one is made from; undefined: from the source itself. */
  readonly from: Copy | undefined;
  /** Auth id that owns the groups; undefined outside of PBS. */
  readonly owner: string | undefined;
  /** Encrypted before it left the machine of its source, by what is rendered or, where that says nothing, as declared. */
  readonly encrypted: boolean;
  /** The flow removes here what vanishes where it comes from. A copy of such a copy, by a flow that does not, keeps it. */
  readonly deletable: boolean;
  /** Filters may leave some of it behind, or jobs that run on some of the nodes. */
  readonly partial: boolean;
}

interface Hops {
  readonly ofDatastore: ReadonlyMap<Datastore, readonly SyncFlow[]>;
  readonly ofShare: ReadonlyMap<Share, readonly (RsyncFlow | RcloneFlow)[]>;
  readonly ofPool: ReadonlyMap<Pool, readonly ZfsSendFlow[]>;
}

export const copiesOf = memo(findCopies);

const ROOT = 'root@pam';

function findCopies(topology: Topology): readonly Copy[] {
  const running = runningFlows(topology.flows);
  const { isWhole } = missedNodes(topology);
  const hops = hopsOf(running);
  const copies: Copy[] = [];
  for (const flow of running) {
    const first = firstCopy(flow, isWhole);
    if (first !== undefined) copies.push(first);
  }
  // By flow and source; only what is carried on can come a second time.
  const carried = new Map<Flow, Map<Guests | Flow, Copy[]>>();
  const add = (copy: Copy): void => {
    const { flow, place } = copy;
    const source = copy.source.kind === 'guests' ? copy.source.guests : copy.source.flow;
    const ofFlow = carried.get(flow);
    const known = ofFlow?.get(source);
    if (ofFlow === undefined) carried.set(flow, new Map([[source, [copy]]]));
    else if (known === undefined) ofFlow.set(source, [copy]);
    else if (known.some(other => isSamePlace(other.place, place))) return;
    else known.push(copy);
    copies.push(copy);
  };
  for (const copy of copies) addNext(copy, hops, add);
  return copies;
}

function hopsOf(flows: readonly Flow[]): Hops {
  const ofDatastore = new Map<Datastore, SyncFlow[]>();
  const ofShare = new Map<Share, (RsyncFlow | RcloneFlow)[]>();
  const ofPool = new Map<Pool, ZfsSendFlow[]>();
  for (const flow of flows) {
    if (flow.kind === 'sync') push(ofDatastore, flow.from.datastore, flow);
    if (flow.kind === 'rsync' || flow.kind === 'rclone') push(ofShare, flow.from.share, flow);
    if (flow.kind === 'zfs-send') push(ofPool, flow.from, flow);
  }
  return { ofDatastore, ofShare, ofPool };
}

function firstCopy(flow: Flow, isWhole: MissedNodes['isWhole']): Copy | undefined {
  if (refusesWrites(flow) !== undefined) return undefined;
  if (flow.kind === 'host-backup') {
    const { datastore, namespace } = flow.to;
    const source = { kind: 'host', flow } as const;
    const encrypted = flow.spec.encryption_key !== undefined || isDeclaredEncrypted(datastore, source);
    const place = { kind: 'datastore', datastore, namespace } as const;
    return original(flow, source, place, flow.account.spec.id, encrypted);
  }
  if (flow.kind !== 'backup' && flow.kind !== 'vzdump') return undefined;
  const copy = guestCopy(flow);
  return copy === undefined || isWhole(flow.from, flow.to) ? copy : { ...copy, partial: true };
}

const original = (
  flow: Flow,
  source: Source,
  place: CopyPlace,
  owner: string | undefined,
  encrypted: boolean,
): Copy => ({ source, place, flow, from: undefined, owner, encrypted, deletable: false, partial: false });

function guestCopy(flow: BackupFlow | VzdumpFlow): Copy | undefined {
  const source = { kind: 'guests', guests: flow.from } as const;
  const { backing, spec } = flow.to;
  if (backing.kind === 'share') {
    const place = {
      kind: 'share',
      share: backing.place.share,
      directory: dumpDirectory(backing.place),
    } as const;
    return original(flow, source, place, undefined, false);
  }
  if (backing.kind !== 'datastore') return undefined;
  const { datastore, namespace } = backing.place;
  const encrypted = spec.encryption_key !== undefined || isDeclaredEncrypted(datastore, source);
  const place = { kind: 'datastore', datastore, namespace } as const;
  return original(flow, source, place, backing.account.spec.id, encrypted);
}

/**
 * `encrypted: true` of a datastore counts where a key may be that is not declared: a client on a host takes its default
 * key by itself. A storage that is rendered without a key encrypts nothing, whatever is said of the datastore.
 */
const isDeclaredEncrypted = ({ spec }: Datastore, source: Source): boolean =>
  spec.encrypted === true && (source.kind === 'host' || !source.guests.cluster.managed);

type Add = (copy: Copy) => void;

function addNext(copy: Copy, hops: Hops, add: Add): void {
  const { place } = copy;
  if (place.kind === 'datastore') {
    for (const flow of hops.ofDatastore.get(place.datastore) ?? NO_FLOWS) {
      const next = synced(copy, flow, place.namespace);
      if (next !== undefined) add(next);
    }
    addSent(copy, place.datastore.pool, hops, add);
  } else if (place.kind === 'share') {
    for (const flow of hops.ofShare.get(place.share) ?? NO_FLOWS) {
      const next = copiedFiles(copy, flow, place.directory);
      if (next !== undefined) add(next);
    }
    addSent(copy, place.share.pool, hops, add);
  }
}

const NO_FLOWS: readonly never[] = [];

function synced(copy: Copy, flow: SyncFlow, namespace: string): Copy | undefined {
  if (refusesWrites(flow) !== undefined) return undefined;
  const mapped = mappedNamespace(flow, namespace);
  if (mapped === undefined) return undefined;
  const passes = flow.spec.groups === undefined ? 'all' : passing(copy.source, flow.spec.groups);
  if (passes === 'none' || (flow.spec.encrypted_only === true && !copy.encrypted)) return undefined;
  const account = flow.direction === 'push' ? flow.account : flow.owner;
  const { datastore } = flow.to;
  return {
    source: copy.source,
    place: { kind: 'datastore', datastore, namespace: mapped },
    flow,
    from: copy,
    owner: account?.spec.id ?? ROOT,
    encrypted: copy.encrypted || isDeclaredEncrypted(datastore, copy.source) || encryptsOnTheWay(flow),
    deletable: flow.spec.propagate_deletions === true,
    partial: copy.partial || passes === 'some',
  };
}

/** A push of PBS 4.2 can encrypt what it sends (`sync.cfg`, active-encryption-key). */
const encryptsOnTheWay = ({ direction, spec }: SyncFlow): boolean =>
  direction === 'push' && spec.properties?.['active-encryption-key'] !== undefined;

/** How much of a source passes group filters. A guest may be a VM or a container: nothing says which. */
function passing(source: Source, texts: readonly string[]): 'all' | 'some' | 'none' {
  const filters = texts.flatMap(text => {
    const parsed = parseGroupFilter(text);
    return parsed.ok ? [parsed.filter] : [];
  });
  if (filters.length === 0) return 'all';
  if (source.kind === 'host') {
    const id = source.flow.spec.backup_id ?? source.flow.from.key;
    return passesFilters(filters, `host/${id}`) ? 'all' : 'none';
  }
  const includes = filters.filter(({ exclude }) => !exclude);
  if (includes.length > 0 && includes.every(({ kind, value }) => kind === 'type' && value === 'host'))
    return 'none';
  const { ids } = source.guests.spec;
  if (ids === undefined) {
    const types = new Set(includes.filter(({ kind }) => kind === 'type').map(({ value }) => value));
    const whole = includes.length === 0 || (types.has('vm') && types.has('ct'));
    return whole && filters.every(({ exclude }) => !exclude) ? 'all' : 'some';
  }
  const passed = ids.filter(id => passesFilters(filters, `vm/${id}`) || passesFilters(filters, `ct/${id}`));
  return passed.length === 0 ? 'none' : passed.length === ids.length ? 'all' : 'some';
}

function copiedFiles(copy: Copy, flow: RsyncFlow | RcloneFlow, directory: string): Copy | undefined {
  const from = directoryOf(flow.from);
  if (!isWithin(directory, from)) return undefined;
  const rest = from === '' ? directory : directory.slice(from.length + 1);
  const deletable = flow.spec.propagate_deletions === true;
  const next = { ...copy, flow, from: copy, owner: undefined };
  if (flow.kind === 'rsync') {
    const { share } = flow.to;
    const place = { kind: 'share', share, directory: joinDirectories(flow.to.directory, rest) } as const;
    return { ...next, place, deletable };
  }
  const { bucket } = flow.to;
  const place = { kind: 'bucket', bucket, prefix: joinDirectories(flow.to.prefix, rest) } as const;
  // What a bucket keeps of every object cannot be removed by a run of rclone.
  const isKept = bucket.spec.versioning === true || bucket.spec.object_lock !== undefined;
  return { ...next, place, deletable: deletable && !isKept };
}

function addSent(copy: Copy, pool: Pool | undefined, hops: Hops, add: Add): void {
  if (pool === undefined) return;
  for (const flow of hops.ofPool.get(pool) ?? NO_FLOWS)
    add({ ...copy, flow, from: copy, place: { kind: 'pool', pool: flow.to } });
}
