/** Who connects to which PBS over TLS: storages, host backups and syncs that are active. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Host, Topology, Via } from '../model/topology.ts';
import { activeOnes } from './in-use.ts';

export interface PbsClient {
  readonly to: Host;
  /** The network on which it does. */
  readonly via: Via;
  /** For people: "storage `main`". */
  readonly what: string;
  /** Where the datastore is named. */
  readonly path: TopologyPath;
}

/** In the order of the topology, storages first. Linear. */
export function* pbsClients({ storages, flows }: Topology): Iterable<PbsClient> {
  for (const { key, path, backing } of activeOnes(storages)) {
    if (backing.kind !== 'datastore') continue;
    const { host } = backing.place.datastore;
    yield { to: host, via: backing.via, what: `storage \`${key}\``, path: [...path, 'datastore'] };
  }
  for (const flow of activeOnes(flows)) {
    const what = `flow \`${flow.key}\``;
    if (flow.kind === 'host-backup')
      yield { to: flow.to.datastore.host, via: flow.via, what, path: [...flow.path, 'to'] };
    if (flow.kind !== 'sync' || flow.direction === 'local') continue;
    const end = flow.direction === 'pull' ? 'from' : 'to';
    yield { to: flow[end].datastore.host, via: flow.via, what, path: [...flow.path, end] };
  }
}
