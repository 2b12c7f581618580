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
export const nativeIds = memo((topology: Topology): readonly NativeId[] => [
  ...placesOf(topology),
  ...accountsOf(topology),
  ...jobsOf(topology),
  ...othersOf(topology),
]);

function entry(
  node: { readonly path: TopologyPath; readonly spec: object | undefined },
  id: string,
  what: string,
  scope: string,
  setBy: string,
  check: Check,
): NativeId {
  const { path, spec } = node;
  return {
    id,
    what,
    scope,
    // Asked for where something is wrong.
    get place() {
      return spec !== undefined && Object.hasOwn(spec, setBy) ? atValue([...path, setBy]) : atKey(path);
    },
    setBy,
    problem: check(id),
  };
}

function* placesOf({ datastores, storages }: Topology): Iterable<NativeId> {
  for (const store of datastores.values()) {
    if (!isInUse(store)) continue;
    yield entry(store, store.name, 'datastore', `datastores of \`${store.host.key}\``, 'name', pbsIdProblem);
  }
  for (const storage of storages.values()) {
    if (!isInUse(storage)) continue;
    yield entry(
      storage,
      storage.id,
      'storage',
      `storages of \`${storage.cluster.key}\``,
      'id',
      pveStorageIdProblem,
    );
  }
}

function* accountsOf({ accounts }: Topology): Iterable<NativeId> {
  for (const account of accounts.values()) {
    if (!isInUse(account)) continue;
    if (account.kind === 'pbs')
      yield entry(
        account,
        account.spec.id,
        'account',
        `accounts of \`${account.on.key}\``,
        'id',
        authIdProblem,
      );
    // PVE's rules differ in details; the schema has judged the shape.
    if (account.kind === 'pve')
      yield entry(
        account,
        account.spec.id,
        'PVE account',
        `PVE accounts of \`${account.on.key}\``,
        'id',
        takeAll,
      );
  }
}

function* jobsOf({ flows }: Topology): Iterable<NativeId> {
  for (const flow of flows.values()) {
    if (!isInUse(flow)) continue;
    if (flow.kind === 'sync')
      yield entry(flow, flow.id, 'sync job', `sync jobs of \`${flow.runsOn.key}\``, 'id', pbsIdProblem);
    if (flow.kind === 'sync' && flow.remote !== undefined) {
      // Many jobs may share a remote (rule `remote-clash`): each is a scope of its own.
      yield entry(flow, flow.remote, 'remote', `remote of \`${flow.key}\``, 'remote', pbsIdProblem);
    }
    if (flow.kind === 'backup' || flow.kind === 'vzdump') {
      yield entry(
        flow,
        flow.id,
        'backup job',
        `backup jobs of \`${flow.runsOn.key}\``,
        'id',
        pveJobIdProblem,
      );
    }
  }
}

function* othersOf({ hosts, trafficLimits, notifications }: Topology): Iterable<NativeId> {
  for (const host of hosts.values()) {
    if (!isInUse(host)) continue;
    const { initiator_name, guest } = host.spec;
    if (initiator_name !== undefined) {
      yield entry(host, initiator_name, 'iSCSI initiator', 'iSCSI initiators', 'initiator_name', takeAll);
    }
    if (guest !== undefined) {
      const at = { path: [...host.path, 'guest'], spec: guest };
      const on = host.runsOn && ('nodes' in host.runsOn ? host.runsOn : (host.runsOn.cluster ?? host.runsOn));
      const scope = `guests of \`${on?.key ?? guest.on}\``;
      yield entry(at, String(guest.vmid), 'guest', scope, 'vmid', takeAll);
    }
    for (const lun of host.luns.values()) {
      const number = lun.spec.lun ?? 0;
      yield entry(lun, `${lun.spec.iqn} LUN ${number}`, 'LUN', `LUNs of \`${host.key}\``, 'iqn', takeAll);
    }
  }
  for (const limit of trafficLimits.values()) {
    if (!isInUse(limit)) continue;
    yield entry(limit, limit.key, 'traffic rule', `traffic rules of \`${limit.key}\``, '', pbsIdProblem);
  }
  for (const notification of notifications.values()) {
    if (!isInUse(notification)) continue;
    const scope = `notification targets of \`${notification.key}\``;
    yield entry(notification, notification.key, 'notification target', scope, '', pbsNameProblem);
  }
}
