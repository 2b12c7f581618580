/**
 * What each active flow and storage needs on each PBS, as the least built-in role (there are no custom ones).
 * Sources: `proxmox-backup/src/server/{pull,push}.rs`, `src/backup/hierarchy.rs`, `src/api2/admin/namespace.rs`.
 *
 * `Datastore.Modify` is never derived: it overrides ownership. It would be needed to create and remove namespaces;
 * those are created when the topology is applied (`namespaces.ts`), and vanished ones are left for a person.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type {
  DatastorePlace,
  Host,
  PbsAccount,
  State,
  Storage,
  SyncFlow,
  Topology,
} from '../model/topology.ts';

export interface AccessNeed {
  readonly host: Host;
  readonly account: PbsAccount;
  /** Native path, such as `/datastore/dc-main/home`; the role propagates. */
  readonly path: string;
  readonly role: NeededRole;
  /** Clause for people: "backups of storage `pbs-home`". */
  readonly why: string;
  readonly causes: readonly TopologyPath[];
  /** `retired`: needed until now, and to be taken away. */
  readonly state: 'active' | 'retired';
}

export type NeededRole =
  | 'DatastoreBackup'
  | 'DatastorePowerUser'
  | 'DatastoreReader'
  | 'RemoteSyncPushOperator'
  | 'RemoteDatastorePowerUser';

/** ACL path of a place: namespaces follow the store directly. */
export const datastoreAclPath = ({
  datastore,
  namespace,
}: Pick<DatastorePlace, 'datastore' | 'namespace'>): string =>
  joined('/datastore', datastore.name, namespace);

const joined = (...parts: readonly string[]): string => parts.filter(part => part !== '').join('/');

/** A need without the states of account and datastore; undefined account: root@pam, which may do everything. */
interface Wish extends Pick<AccessNeed, 'role' | 'why' | 'causes'> {
  readonly account: PbsAccount | undefined;
  readonly place: DatastorePlace;
  /** Where it is not the path of the place. */
  readonly path?: string;
}

/** All needs, storages and flows in key order. What is planned, or uses something planned, needs nothing yet. */
export function accessNeeds(topology: Topology): AccessNeed[] {
  const needs: AccessNeed[] = [];
  for (const storage of topology.storages.values()) {
    needs.push(...storageWishes(storage).flatMap(wish => needOf(wish, storage.state)));
  }
  for (const flow of topology.flows.values()) {
    if (flow.kind === 'sync') needs.push(...syncWishes(flow).flatMap(wish => needOf(wish, flow.state)));
    if (flow.kind !== 'host-backup') continue;
    const causes = [[...flow.path, 'account']];
    const why = `host backup \`${flow.key}\``;
    needs.push(
      ...needOf({ account: flow.account, place: flow.to, role: 'DatastoreBackup', why, causes }, flow.state),
    );
  }
  return needs;
}

function needOf({ account, place, role, why, causes, path }: Wish, user: State): AccessNeed[] {
  if (account === undefined || (account.token === undefined && account.user === 'root@pam')) return [];
  const states = [user, account.state, place.datastore.state];
  if (states.includes('planned')) return [];
  const state = states.includes('retired') ? 'retired' : 'active';
  const at = path ?? datastoreAclPath(place);
  return [{ host: account.on, account, path: at, role, why, causes: [...causes, place.path], state }];
}

function storageWishes({ key, path, spec, backing }: Storage): Wish[] {
  if (backing.kind !== 'datastore') return [];
  // Retention at a PVE storage makes PVE prune through this account, which must then own `Datastore.Prune`.
  const prunes = Object.keys(spec.retention ?? {}).some(
    rule => rule.startsWith('keep_') && rule !== 'keep_all',
  );
  const role = prunes ? 'DatastorePowerUser' : 'DatastoreBackup';
  const { account, place } = backing;
  return [{ account, place, role, why: `backups of storage \`${key}\``, causes: [[...path, 'account']] }];
}

function syncWishes(flow: SyncFlow): Wish[] {
  const { from, to, path, spec } = flow;
  const why = (what: string) => `${what} of sync \`${flow.key}\``;
  const remote = { account: flow.account, causes: [[...path, 'account']] };
  const owner = { account: flow.owner, causes: [[...path, 'owner']] };
  const read = { place: from, role: 'DatastoreReader', why: why('the source') } as const;
  const write = { place: to, role: 'DatastoreBackup', why: why('the target') } as const;
  switch (flow.direction) {
    case 'pull':
      return [
        { ...remote, ...read },
        { ...owner, ...write },
      ];
    case 'local':
      return [
        { ...owner, ...read },
        { ...owner, ...write },
      ];
    case 'push': {
      const prunes = spec.propagate_deletions === true;
      const causes = prunes ? [[...path, 'propagate_deletions']] : [];
      return [
        {
          ...write,
          account: flow.account,
          role: prunes ? 'DatastorePowerUser' : 'DatastoreBackup',
          causes: [...remote.causes, ...causes],
        },
        { ...owner, ...read },
        {
          account: flow.owner,
          place: to,
          path: joined('/remote', flow.remote ?? '', to.datastore.name, to.namespace),
          role: prunes ? 'RemoteDatastorePowerUser' : 'RemoteSyncPushOperator',
          why: why('the remote'),
          causes: [...owner.causes, ...causes],
        },
      ];
    }
  }
}
