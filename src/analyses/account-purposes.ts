/** What each account is used for: kind of use and who holds its secret. Two of them are two purposes. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Account, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { memo } from '../once.ts';
import { activeOnes } from './in-use.ts';

export interface Purpose {
  /** For people: "backups of cluster `pve-home`". Equal texts are one purpose. */
  readonly text: string;
  /** Where the account is named. */
  readonly path: TopologyPath;
}

/** Uses of every account by active storages, datastores and flows. Linear. */
export const accountPurposes = memo((topology: Topology): ReadonlyMap<Account, readonly Purpose[]> => {
  const purposes = new Map<Account, Purpose[]>();
  const add = (account: Account | undefined, text: string, path: TopologyPath): void => {
    if (account === undefined || account.state !== 'active') return;
    push(purposes, account, { text, path });
  };
  for (const { backing, cluster, path } of activeOnes(topology.storages)) {
    if (backing.kind === 'datastore')
      add(backing.account, `backups of \`${cluster.key}\``, [...path, 'account']);
  }
  for (const { backing, key, path } of activeOnes(topology.datastores)) {
    if (backing.kind === 's3') add(backing.account, `datastore \`${key}\``, [...path, 's3', 'account']);
  }
  for (const flow of activeOnes(topology.flows)) {
    if (flow.kind === 'backup' || flow.kind === 'vzdump') continue;
    const at = [...flow.path, 'account'];
    if (flow.kind === 'host-backup') add(flow.account, `files of host \`${flow.from.key}\``, at);
    if (flow.kind === 'rsync') add(flow.account, `copies by \`${flow.runsOn.key}\``, at);
    if (flow.kind === 'rclone') add(flow.account, `copies to bucket \`${flow.to.bucket.key}\``, at);
    if (flow.kind !== 'sync') continue;
    const what = flow.direction === 'push' ? 'pushes' : 'pulls';
    add(flow.account, `${what} of \`${flow.runsOn.key}\``, at);
    add(flow.owner, `owner of syncs on \`${flow.runsOn.key}\``, [...flow.path, 'owner']);
  }
  return purposes;
});
