/**
 * Namespaces that a sync with `propagate_deletions` removes, with all groups in them, whoever owns these: those that
 * its source does not have, where the account that removes may do so (proxmox-backup: `src/server/{pull,push}.rs`).
 */
import type { SyncFlow } from '../model/topology.ts';
import { memo } from '../once.ts';
import { privilegesOn } from '../proxmox/pbs-acl-tree.ts';
import { privilegeBit } from '../proxmox/pbs-roles.ts';
import type { HostAccess } from './access.ts';
import { aclTree as treeOf } from './access-judge.ts';
import { datastoreAclPath } from './access-needs.ts';
import type { Facts } from './facts.ts';
import { mappedNamespace } from './namespaces.ts';

type Removes = (flow: SyncFlow, namespace: string, deleter: string) => boolean;

const ROOT = 'root@pam';

/** Namespaces of the target are asked for that lie in the scope of the sync. */
export function vanishedNamespaces({ access, namespaces }: Facts): Removes {
  const aclTree = memo(treeOf);
  const brought = memo((flow: SyncFlow): ReadonlySet<string | undefined> => {
    const source = namespaces.get(flow.from.datastore)?.keys() ?? [];
    return new Set(['', ...source].map(namespace => mappedNamespace(flow, namespace)));
  });
  const mayRemove = ({ to: { datastore } }: SyncFlow, namespace: string, deleter: string): boolean => {
    if (deleter === ROOT) return true;
    const granted: HostAccess | undefined = access.get(datastore.host);
    if (granted === undefined) return false;
    const above = namespace.slice(0, Math.max(0, namespace.lastIndexOf('/')));
    const path = datastoreAclPath({ datastore, namespace: above });
    return (privilegesOn(aclTree(granted), deleter, path) & privilegeBit('Datastore.Modify')) !== 0;
  };
  return (flow, namespace, deleter) =>
    namespace !== flow.to.namespace && !brought(flow).has(namespace) && mayRemove(flow, namespace, deleter);
}
