/**
 * What each active flow and storage needs on each PBS, as the least built-in role (there are no custom ones).
 * Sources: `proxmox-backup/src/server/{pull,push}.rs`, `src/backup/hierarchy.rs`, `src/api2/admin/namespace.rs`.
 *
 * `Datastore.Modify` is never derived: it overrides ownership. It would be needed to create and remove namespaces;
 * those are created when the topology is applied (`namespaces.ts`), and vanished ones are left for a person.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { DatastorePlace, Host, PbsAccount, Storage, SyncFlow, Topology } from '../model/topology.ts';

export interface AccessNeed {
  readonly host: Host;
  readonly account: PbsAccount;
  /** Native path, such as `/datastore/dc-main/home`; the role propagates. */
  readonly path: string;
  readonly role: NeededRole;
  /** Clause for people: "backups of storage `pbs-home`". */
  readonly why: string;
  readonly causes: readonly TopologyPath[];
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

/** All needs, flows and storages in key order. Flows whose account or datastore is not active need nothing yet. */
export function accessNeeds(topology: Topology): AccessNeed[] {
  const needs: AccessNeed[] = [];
  for (const storage of topology.storages.values()) needs.push(...storageNeeds(storage));
  for (const flow of topology.flows.values()) {
    if (flow.state !== 'active') continue;
    if (flow.kind === 'sync') needs.push(...syncNeeds(flow));
    if (flow.kind === 'host-backup') {
      const at = [...flow.path, 'account'];
      needs.push(...need(flow.account, flow.to, 'DatastoreBackup', `host backup \`${flow.key}\``, at));
    }
  }
  return needs;
}

function storageNeeds({ key, path, spec, state, backing }: Storage): AccessNeed[] {
  if (state !== 'active' || backing.kind !== 'datastore') return [];
  // Retention at a PVE storage makes PVE prune through this account, which must then own `Datastore.Prune`.
  const prunes = Object.keys(spec.retention ?? {}).some(
    rule => rule.startsWith('keep_') && rule !== 'keep_all',
  );
  const role = prunes ? 'DatastorePowerUser' : 'DatastoreBackup';
  return need(backing.account, backing.place, role, `backups of storage \`${key}\``, [...path, 'account']);
}

function syncNeeds(flow: SyncFlow): AccessNeed[] {
  const { from, to, account, owner, path, spec } = flow;
  const at = [...path, 'account'];
  const ownerAt = [...path, 'owner'];
  const why = (what: string) => `${what} of sync \`${flow.key}\``;
  const reads = need(owner, from, 'DatastoreReader', why('the source'), ownerAt);
  switch (flow.direction) {
    case 'pull':
      return [
        ...need(account, from, 'DatastoreReader', why('the source'), at),
        ...need(owner, to, 'DatastoreBackup', why('the target'), ownerAt),
      ];
    case 'local':
      return [...reads, ...need(owner, to, 'DatastoreBackup', why('the target'), ownerAt)];
    case 'push': {
      const prunes = spec.propagate_deletions === true;
      const pruneAt = prunes ? [[...path, 'propagate_deletions']] : [];
      const role = prunes ? 'DatastorePowerUser' : 'DatastoreBackup';
      const remoteRole = prunes ? 'RemoteDatastorePowerUser' : 'RemoteSyncPushOperator';
      const remotePath = joined('/remote', flow.remote ?? '', to.datastore.name, to.namespace);
      const remote = need(owner, from, remoteRole, why('the remote'), ownerAt, ...pruneAt);
      return [
        ...need(account, to, role, why('the target'), at, ...pruneAt),
        ...reads,
        ...remote.map(entry => ({ ...entry, path: remotePath })),
      ];
    }
  }
}

/** No account stands for root@pam, which may do everything. */
function need(
  account: PbsAccount | undefined,
  place: DatastorePlace,
  role: NeededRole,
  why: string,
  ...causes: TopologyPath[]
): AccessNeed[] {
  if (account === undefined || account.state !== 'active' || place.datastore.state !== 'active') return [];
  if (account.token === undefined && account.user === 'root@pam') return [];
  const { on: host } = account;
  return [{ host, account, path: datastoreAclPath(place), role, why, causes: [...causes, place.path] }];
}
