/** Whose machine must be there before another one can work: where it logs in, and whose share it reads. */
import type { Cluster, Host, Topology } from '../../model/topology.ts';

export interface Reliance {
  readonly user: Host | Cluster;
  readonly provider: Host;
}

/** Of all that is active. Keys for rsync are left to the caller, since either side may wait for the other. */
export function* reliances({ storages, datastores, flows }: Topology): Generator<Reliance> {
  for (const { state, backing, cluster } of storages.values()) {
    if (state !== 'active' || backing.kind === 'opaque') continue;
    const { place } = backing;
    yield { user: cluster, provider: 'datastore' in place ? place.datastore.host : place.share.host };
  }
  for (const { state, backing, host } of datastores.values())
    if (state === 'active' && backing.kind === 'nfs') yield { user: host, provider: backing.share.host };
  for (const flow of flows.values()) {
    if (flow.state !== 'active') continue;
    if (flow.kind === 'sync' && flow.account) yield { user: flow.runsOn, provider: flow.account.on };
    if (flow.kind === 'host-backup') yield { user: flow.runsOn, provider: flow.account.on };
    if (flow.kind === 'rsync' || flow.kind === 'rclone')
      yield { user: flow.runsOn, provider: flow.from.share.host };
  }
}

/** The target whose APPLY.md is meant. */
export const targetOf = (user: Host | Cluster): string => ('target' in user ? user.target : user.key);
