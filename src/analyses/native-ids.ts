/** Every native id of the topology, with the file or table in which it must be the only one. */
import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts';
import { atKey, atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { State, Topology } from '../model/topology.ts';
import {
  authIdProblem,
  pbsIdProblem,
  pbsNameProblem,
  pveJobIdProblem,
  pveStorageIdProblem,
} from '../proxmox/identifiers.ts';

export interface NativeId {
  readonly id: string;
  /** "datastore", "storage", … */
  readonly what: string;
  /** Scope of uniqueness: "datastores of `pbs-home`". */
  readonly scope: string;
  /** Of the id, or of the key that stands in for it. */
  readonly place: Extract<Place, { kind: 'path' }>;
  /** Our key with which another native id can be given. */
  readonly setBy: string;
  /** Why Proxmox does not take it; undefined: it does. */
  readonly problem: Diagnostic['message'] | undefined;
}

type Check = (text: string) => string | undefined;

const isInUse = ({ state }: { readonly state: State }): boolean => state !== 'retired';
const takeAll: Check = () => undefined;

/** All ids of objects that are not retired, in the order of the topology. */
export function nativeIds(topology: Topology): NativeId[] {
  return [...placesOf(topology), ...accountsOf(topology), ...jobsOf(topology), ...othersOf(topology)];
}

function entry(
  node: { readonly path: TopologyPath; readonly spec: object | undefined },
  id: string,
  what: string,
  on: string,
  setBy: string,
  check: Check,
): NativeId {
  const isGiven = node.spec !== undefined && Object.hasOwn(node.spec, setBy);
  const place = isGiven ? atValue([...node.path, setBy]) : atKey(node.path);
  return { id, what, scope: `${what}s of \`${on}\``, place, setBy, problem: check(id) };
}

function* placesOf({ datastores, storages }: Topology): Iterable<NativeId> {
  for (const store of [...datastores.values()].filter(isInUse)) {
    yield entry(store, store.name, 'datastore', store.host.key, 'name', pbsIdProblem);
  }
  for (const storage of [...storages.values()].filter(isInUse)) {
    yield entry(storage, storage.id, 'storage', storage.cluster.key, 'id', pveStorageIdProblem);
  }
}

function* accountsOf({ accounts }: Topology): Iterable<NativeId> {
  for (const account of [...accounts.values()].filter(isInUse)) {
    if (account.kind === 'pbs')
      yield entry(account, account.spec.id, 'account', account.on.key, 'id', authIdProblem);
    // PVE's rules differ in details; the schema has judged the shape.
    if (account.kind === 'pve')
      yield entry(account, account.spec.id, 'PVE account', account.on.key, 'id', takeAll);
  }
}

function* jobsOf({ flows }: Topology): Iterable<NativeId> {
  for (const flow of [...flows.values()].filter(isInUse)) {
    if (flow.kind === 'sync') yield entry(flow, flow.id, 'sync job', flow.runsOn.key, 'id', pbsIdProblem);
    if (flow.kind === 'sync' && flow.remote !== undefined) {
      // Many jobs may share a remote (rule `remote-clash`): each is a scope of its own.
      const remote = entry(flow, flow.remote, 'remote', flow.runsOn.key, 'remote', pbsIdProblem);
      yield { ...remote, scope: `remote of \`${flow.key}\`` };
    }
    if (flow.kind === 'backup' || flow.kind === 'vzdump') {
      yield entry(flow, flow.id, 'backup job', flow.runsOn.key, 'id', pveJobIdProblem);
    }
  }
}

function* othersOf({ hosts, trafficLimits, notifications }: Topology): Iterable<NativeId> {
  for (const host of [...hosts.values()].filter(isInUse)) {
    const { initiator_name, guest } = host.spec;
    if (initiator_name !== undefined) {
      const id = entry(host, initiator_name, 'iSCSI initiator', '', 'initiator_name', takeAll);
      yield { ...id, scope: 'iSCSI initiators' };
    }
    if (guest !== undefined) {
      const at = { path: [...host.path, 'guest'], spec: guest };
      const on = host.runsOn && ('nodes' in host.runsOn ? host.runsOn : (host.runsOn.cluster ?? host.runsOn));
      yield entry(at, String(guest.vmid), 'guest', on?.key ?? guest.on, 'vmid', takeAll);
    }
    for (const lun of host.luns.values()) {
      const number = lun.spec.lun ?? 0;
      yield entry(lun, `${lun.spec.iqn} LUN ${number}`, 'LUN', host.key, 'iqn', takeAll);
    }
  }
  for (const limit of [...trafficLimits.values()].filter(isInUse)) {
    yield entry(limit, limit.key, 'traffic rule', limit.key, '', pbsIdProblem);
  }
  for (const notification of [...notifications.values()].filter(isInUse)) {
    yield entry(notification, notification.key, 'notification target', notification.key, '', pbsNameProblem);
  }
}
