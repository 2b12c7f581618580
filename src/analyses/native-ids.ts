/** Every native id of the topology, with the file or table in which it must be the only one. */
import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts';
import { atKey, atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { State, Topology } from '../model/topology.ts';
import { memo } from '../once.ts';
import {
  authIdProblem,
  pbsIdProblem,
  pbsNameProblem,
  pveJobIdProblem,
  pveStorageIdProblem,
} from '../proxmox/identifiers.ts';

/** A kind of id, whatever has it. */
interface IdKind {
  /** "datastore", "storage", … */
  readonly what: string;
  /** Our key with which another native id can be given. */
  readonly setBy: string;
  readonly check: Check;
}

type Check = (text: string) => string | undefined;
const takeAll: Check = () => undefined;

const DATASTORE: IdKind = { what: 'datastore', setBy: 'name', check: pbsIdProblem };
const STORAGE: IdKind = { what: 'storage', setBy: 'id', check: pveStorageIdProblem };
const ACCOUNT: IdKind = { what: 'account', setBy: 'id', check: authIdProblem };
/** PVE's rules differ in details; the schema has judged the shape. */
const PVE_ACCOUNT: IdKind = { what: 'PVE account', setBy: 'id', check: takeAll };
const SYNC_JOB: IdKind = { what: 'sync job', setBy: 'id', check: pbsIdProblem };
const REMOTE: IdKind = { what: 'remote', setBy: 'remote', check: pbsIdProblem };
const BACKUP_JOB: IdKind = { what: 'backup job', setBy: 'id', check: pveJobIdProblem };
const INITIATOR: IdKind = { what: 'iSCSI initiator', setBy: 'initiator_name', check: takeAll };
const GUEST: IdKind = { what: 'guest', setBy: 'vmid', check: takeAll };
const LUN: IdKind = { what: 'LUN', setBy: 'iqn', check: takeAll };
const TRAFFIC_RULE: IdKind = { what: 'traffic rule', setBy: '', check: pbsIdProblem };
const NOTIFICATION: IdKind = { what: 'notification target', setBy: '', check: pbsNameProblem };

/** Of thousands, hardly one is ever wrong: what is said of it then is put together then. */
export class NativeId {
  readonly id: string;
  /** "datastore", "storage", … */
  readonly what: string;
  /** Our key with which another native id can be given. */
  readonly setBy: string;
  /** Why Proxmox does not take it; undefined: it does. */
  readonly problem: Diagnostic['message'] | undefined;
  readonly #node: Named;
  readonly #on: string | undefined;

  constructor(node: Named, id: string, { what, setBy, check }: IdKind, on?: string) {
    this.id = id;
    this.what = what;
    this.setBy = setBy;
    this.problem = check(id);
    this.#node = node;
    this.#on = on;
  }

  /** Scope of uniqueness: "datastores of `pbs-home`". */
  get scope(): string {
    return this.#on === undefined ? `${this.what}s` : `${this.what}s of \`${this.#on}\``;
  }

  /** Of the id, or of the key that stands in for it. */
  get place(): Extract<Place, { kind: 'path' }> {
    const { path, spec } = this.#node;
    const isGiven = spec !== undefined && Object.hasOwn(spec, this.setBy);
    return isGiven ? atValue([...path, this.setBy]) : atKey(path);
  }
}

interface Named {
  readonly path: TopologyPath;
  readonly spec: object | undefined;
}

const isInUse = ({ state }: { readonly state: State }): boolean => state !== 'retired';
/** All ids of objects that are not retired, in the order of the topology. */
export const nativeIds = memo((topology: Topology): readonly NativeId[] => [
  ...placesOf(topology),
  ...accountsOf(topology),
  ...jobsOf(topology),
  ...othersOf(topology),
]);

function* placesOf({ datastores, storages }: Topology): Iterable<NativeId> {
  for (const store of datastores.values()) {
    if (!isInUse(store)) continue;
    yield new NativeId(store, store.name, DATASTORE, store.host.key);
  }
  for (const storage of storages.values()) {
    if (!isInUse(storage)) continue;
    yield new NativeId(storage, storage.id, STORAGE, storage.cluster.key);
  }
}

function* accountsOf({ accounts }: Topology): Iterable<NativeId> {
  for (const account of accounts.values()) {
    if (!isInUse(account)) continue;
    if (account.kind === 'pbs') yield new NativeId(account, account.spec.id, ACCOUNT, account.on.key);
    if (account.kind === 'pve') yield new NativeId(account, account.spec.id, PVE_ACCOUNT, account.on.key);
  }
}

function* jobsOf({ flows }: Topology): Iterable<NativeId> {
  for (const flow of flows.values()) {
    if (!isInUse(flow)) continue;
    if (flow.kind === 'sync') yield new NativeId(flow, flow.id, SYNC_JOB, flow.runsOn.key);
    if (flow.kind === 'sync' && flow.remote !== undefined) {
      // Many jobs may share a remote (rule `remote-clash`): each is a scope of its own.
      yield new NativeId(flow, flow.remote, REMOTE, flow.key);
    }
    if (flow.kind === 'backup' || flow.kind === 'vzdump') {
      yield new NativeId(flow, flow.id, BACKUP_JOB, flow.runsOn.key);
    }
  }
}

function* othersOf({ hosts, trafficLimits, notifications }: Topology): Iterable<NativeId> {
  for (const host of hosts.values()) {
    if (!isInUse(host)) continue;
    const { initiator_name, guest } = host.spec;
    if (initiator_name !== undefined) {
      yield new NativeId(host, initiator_name, INITIATOR);
    }
    if (guest !== undefined) {
      const at = { path: [...host.path, 'guest'], spec: guest };
      const on = host.runsOn && ('nodes' in host.runsOn ? host.runsOn : (host.runsOn.cluster ?? host.runsOn));
      yield new NativeId(at, String(guest.vmid), GUEST, on?.key ?? guest.on);
    }
    for (const lun of host.luns.values()) {
      const number = lun.spec.lun ?? 0;
      yield new NativeId(lun, `${lun.spec.iqn} LUN ${number}`, LUN, host.key);
    }
  }
  for (const limit of trafficLimits.values()) {
    if (!isInUse(limit)) continue;
    yield new NativeId(limit, limit.key, TRAFFIC_RULE, limit.key);
  }
  for (const notification of notifications.values()) {
    if (!isInUse(notification)) continue;
    yield new NativeId(notification, notification.key, NOTIFICATION, notification.key);
  }
}

/**
 * Ids of an object as the topology has it, for one that cannot be resolved: those that it gives, and the one that its
 * key stands in for.
 */
export function declaredIds(path: TopologyPath, spec: Readonly<Record<string, unknown>>): NativeId[] {
  const [section, key] = path;
  const { kind, state } = spec;
  if (state === 'retired') return [];
  const ofKind = typeof kind === 'string' ? DECLARED.get(`${section} ${kind}`) : undefined;
  return (ofKind ?? DECLARED.get(`${section}`) ?? []).flatMap(one => {
    const id = spec[one.setBy] ?? (one === REMOTE || one === ACCOUNT ? undefined : key);
    return typeof id === 'string' ? new NativeId({ path, spec }, id, one) : [];
  });
}

/** By section of the topology, and the kind of object where there are several. */
const DECLARED: ReadonlyMap<string, readonly IdKind[]> = new Map([
  ['datastores', [DATASTORE]],
  ['storages', [STORAGE]],
  ['accounts pbs', [ACCOUNT]],
  ['flows sync', [SYNC_JOB, REMOTE]],
  ['flows backup', [BACKUP_JOB]],
  ['flows vzdump', [BACKUP_JOB]],
  ['traffic_limits', [TRAFFIC_RULE]],
  ['notifications', [NOTIFICATION]],
]);
