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

  constructor(node: Named, id: string, what: string, on: string | undefined, setBy: string, check: Check) {
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

type Check = (text: string) => string | undefined;

const isInUse = ({ state }: { readonly state: State }): boolean => state !== 'retired';
const takeAll: Check = () => undefined;

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
    yield new NativeId(store, store.name, 'datastore', store.host.key, 'name', pbsIdProblem);
  }
  for (const storage of storages.values()) {
    if (!isInUse(storage)) continue;
    yield new NativeId(storage, storage.id, 'storage', storage.cluster.key, 'id', pveStorageIdProblem);
  }
}

function* accountsOf({ accounts }: Topology): Iterable<NativeId> {
  for (const account of accounts.values()) {
    if (!isInUse(account)) continue;
    if (account.kind === 'pbs')
      yield new NativeId(account, account.spec.id, 'account', account.on.key, 'id', authIdProblem);
    // PVE's rules differ in details; the schema has judged the shape.
    if (account.kind === 'pve')
      yield new NativeId(account, account.spec.id, 'PVE account', account.on.key, 'id', takeAll);
  }
}

function* jobsOf({ flows }: Topology): Iterable<NativeId> {
  for (const flow of flows.values()) {
    if (!isInUse(flow)) continue;
    if (flow.kind === 'sync')
      yield new NativeId(flow, flow.id, 'sync job', flow.runsOn.key, 'id', pbsIdProblem);
    if (flow.kind === 'sync' && flow.remote !== undefined) {
      // Many jobs may share a remote (rule `remote-clash`): each is a scope of its own.
      yield new NativeId(flow, flow.remote, 'remote', flow.key, 'remote', pbsIdProblem);
    }
    if (flow.kind === 'backup' || flow.kind === 'vzdump') {
      yield new NativeId(flow, flow.id, 'backup job', flow.runsOn.key, 'id', pveJobIdProblem);
    }
  }
}

function* othersOf({ hosts, trafficLimits, notifications }: Topology): Iterable<NativeId> {
  for (const host of hosts.values()) {
    if (!isInUse(host)) continue;
    const { initiator_name, guest } = host.spec;
    if (initiator_name !== undefined) {
      yield new NativeId(host, initiator_name, 'iSCSI initiator', undefined, 'initiator_name', takeAll);
    }
    if (guest !== undefined) {
      const at = { path: [...host.path, 'guest'], spec: guest };
      const on = host.runsOn && ('nodes' in host.runsOn ? host.runsOn : (host.runsOn.cluster ?? host.runsOn));
      yield new NativeId(at, String(guest.vmid), 'guest', on?.key ?? guest.on, 'vmid', takeAll);
    }
    for (const lun of host.luns.values()) {
      const number = lun.spec.lun ?? 0;
      yield new NativeId(lun, `${lun.spec.iqn} LUN ${number}`, 'LUN', host.key, 'iqn', takeAll);
    }
  }
  for (const limit of trafficLimits.values()) {
    if (!isInUse(limit)) continue;
    yield new NativeId(limit, limit.key, 'traffic rule', limit.key, '', pbsIdProblem);
  }
  for (const notification of notifications.values()) {
    if (!isInUse(notification)) continue;
    yield new NativeId(
      notification,
      notification.key,
      'notification target',
      notification.key,
      '',
      pbsNameProblem,
    );
  }
}
