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
  namespace === '' ? `/datastore/${datastore.name}` : `/datastore/${datastore.name}/${namespace}`;

const joined = (...parts: readonly string[]): string => parts.filter(part => part !== '').join('/');

/** A need without the states of account and datastore; undefined account: root@pam, which may do everything. */
interface Wish extends Pick<AccessNeed, 'role' | 'causes'> {
  readonly account: PbsAccount | undefined;
  readonly place: DatastorePlace;
  /** Where it is not the path of the place. */
  readonly path?: string;
}

/** All needs, storages and flows in key order. What is planned, or uses something planned, needs nothing yet. */
export function accessNeeds(topology: Topology): AccessNeed[] {
  const needs: AccessNeed[] = [];
  for (const storage of topology.storages.values()) addStorage(needs, storage);
  for (const flow of topology.flows.values()) {
    if (flow.kind === 'sync') addSync(needs, flow);
    if (flow.kind !== 'host-backup') continue;
    const causes = [[...flow.path, 'account'], flow.to.path];
    const wish: Wish = { account: flow.account, place: flow.to, role: 'DatastoreBackup', causes };
    add(needs, wish, flow.state, `host backup \`${flow.key}\``);
  }
  return needs;
}

function add(
  needs: AccessNeed[],
  { account, place, role, causes, path }: Wish,
  user: State,
  why: string,
): void {
  if (account === undefined || (account.token === undefined && account.user === 'root@pam')) return;
  const of = place.datastore.state;
  if (user === 'planned' || account.state === 'planned' || of === 'planned') return;
  const isRetired = user === 'retired' || account.state === 'retired' || of === 'retired';
  const at = path ?? datastoreAclPath(place);
  const state = isRetired ? 'retired' : 'active';
  needs.push({ host: account.on, account, path: at, role, why, causes, state });
}

function addStorage(needs: AccessNeed[], { key, path, backing, state }: Storage): void {
  if (backing.kind !== 'datastore') return;
  // PVE never prunes there: `prune-backups keep-all=1` is rendered for every such storage.
  const role = 'DatastoreBackup';
  const { account, place } = backing;
  const causes = [[...path, 'account'], place.path];
  add(needs, { account, place, role, causes }, state, `backups of storage \`${key}\``);
}

function addSync(needs: AccessNeed[], flow: SyncFlow): void {
  const { from, to, path, spec, account, owner } = flow;
  const want = (what: string, wish: Wish): void =>
    add(needs, wish, flow.state, `${what} of sync \`${flow.key}\``);
  const read = (by: PbsAccount | undefined, name: 'account' | 'owner'): void =>
    want('the source', {
      account: by,
      place: from,
      role: 'DatastoreReader',
      causes: [[...path, name], from.path],
    });
  if (flow.direction === 'push') {
    const prunes = spec.propagate_deletions === true;
    const deletions = prunes ? [[...path, 'propagate_deletions']] : [];
    want('the target', {
      account,
      place: to,
      role: prunes ? 'DatastorePowerUser' : 'DatastoreBackup',
      causes: [[...path, 'account'], ...deletions, to.path],
    });
    read(owner, 'owner');
    want('the remote', {
      account: owner,
      place: to,
      path: joined('/remote', flow.remote ?? '', to.datastore.name, to.namespace),
      role: prunes ? 'RemoteDatastorePowerUser' : 'RemoteSyncPushOperator',
      causes: [[...path, 'owner'], ...deletions, to.path],
    });
    return;
  }
  if (flow.direction === 'pull') read(account, 'account');
  else read(owner, 'owner');
  const causes = [[...path, 'owner'], to.path];
  want('the target', { account: owner, place: to, role: 'DatastoreBackup', causes });
}
