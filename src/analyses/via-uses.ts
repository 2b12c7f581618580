/**
 * Everything that must use a declared network: storages, mounts, flows, notifications, each with the hosts that open
 * connections and the host that they go to.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Bucket, Cluster, Datastore, Flow, Host, Storage, Topology, Via } from '../model/topology.ts';

export interface ViaUse {
  /** For people: "storage `pbs-home`". */
  readonly what: string;
  readonly via: Via;
  /** Of the value `via`, or of the object where it is the default. */
  readonly path: TopologyPath;
  /** Hosts that open the connection, each must be on `via`. */
  readonly clients: readonly Host[];
  /** Undefined: somewhere in the internet. */
  readonly server: Host | undefined;
  /** How clients learn where the server is: from `api.address`, `ssh.address`, or only from its interfaces. */
  readonly service: 'api' | 'ssh' | undefined;
  /** Provider whose servers are in the internet, so that no tunnel leads there. */
  readonly cloud?: string | undefined;
}

/** Every use of a network by something active, in the order of the topology. */
export function viaUses(topology: Topology): ViaUse[] {
  const active = <T extends { readonly state: string }>(map: ReadonlyMap<string, T>): T[] =>
    [...map.values()].filter(({ state }) => state === 'active');
  return [
    ...active(topology.datastores).flatMap(ofDatastore),
    ...active(topology.storages).flatMap(ofStorage),
    ...active(topology.flows).flatMap(ofFlow),
    ...active(topology.notifications).flatMap(({ key, path, via, hosts, relay }): ViaUse[] => {
      if (via === undefined) return [];
      const clients = hosts.flatMap(nodesOf);
      const at = [...path, 'via'];
      return [{ what: `notification \`${key}\``, via, path: at, clients, server: relay, service: undefined }];
    }),
  ];
}

const nodesOf = (host: Host | Cluster): readonly Host[] => ('nodes' in host ? host.nodes : [host]);

function ofDatastore({ key, path, host, backing }: Datastore): ViaUse[] {
  const use = { what: `datastore \`${key}\``, clients: [host], service: undefined };
  switch (backing.kind) {
    case 'iscsi':
      return [{ ...use, via: backing.via, path: [...path, 'iscsi', 'via'], server: backing.lun.host }];
    case 'nfs':
      return [{ ...use, via: backing.via, path: [...path, 'nfs', 'via'], server: backing.share.host }];
    case 's3':
      return [{ ...use, via: backing.via, path: [...path, 's3', 'via'], ...bucketEnd(backing.bucket) }];
    case 'path':
    case 'disk':
    case 'removable':
      return [];
  }
}

/** S3 servers of one's own may be anywhere, behind a tunnel, too. */
const OWN_SERVERS = new Set(['minio', 'garage', 'generic']);

const bucketEnd = ({ host, spec: { provider } }: Bucket) => ({
  server: host,
  cloud: host === undefined && !OWN_SERVERS.has(provider) ? provider : undefined,
});

/** Nodes that use a storage. */
export const nodesOfStorage = ({ nodes, cluster }: Storage): readonly Host[] => nodes ?? cluster.nodes;

function ofStorage(storage: Storage): ViaUse[] {
  const { key, path, backing } = storage;
  if (backing.kind === 'opaque') return [];
  const use = {
    what: `storage \`${key}\``,
    via: backing.via,
    path: [...path, 'via'],
    clients: nodesOfStorage(storage),
  };
  return backing.kind === 'datastore'
    ? [{ ...use, server: backing.place.datastore.host, service: 'api' }]
    : [{ ...use, server: backing.place.share.host, service: undefined }];
}

/** Jobs of PVE use the network of their storage (rule `via-mismatch`); what is carried by hand uses none. */
function ofFlow(flow: Flow): ViaUse[] {
  const use = { what: `flow \`${flow.key}\``, via: flow.via, path: [...flow.path, 'via'] };
  switch (flow.kind) {
    case 'sync': {
      const ends = [flow.from.datastore.host, flow.to.datastore.host];
      const server = ends.find(host => host !== flow.runsOn) ?? flow.runsOn;
      return [{ ...use, clients: [flow.runsOn], server, service: 'api' }];
    }
    case 'host-backup':
      return [{ ...use, clients: [flow.from], server: flow.to.datastore.host, service: 'api' }];
    case 'rsync': {
      const server = flow.runsOn === flow.to.share.host ? flow.from.share.host : flow.to.share.host;
      return [{ ...use, clients: [flow.runsOn], server, service: 'ssh' }];
    }
    case 'rclone':
      return [{ ...use, clients: [flow.runsOn], ...bucketEnd(flow.to.bucket), service: undefined }];
    case 'zfs-send':
      return [{ ...use, clients: [flow.from.host], server: flow.to.host, service: 'ssh' }];
    case 'backup':
    case 'vzdump':
    case 'carry':
      return [];
  }
}
