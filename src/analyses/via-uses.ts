/**
 * Everything that must use a declared network: storages, mounts, flows, notifications, each with the hosts that open
 * connections and the host that they go to.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type {
  Bucket,
  Cluster,
  Datastore,
  Flow,
  Host,
  Notification,
  Storage,
  Topology,
  Via,
} from '../model/topology.ts';
import { memo } from '../once.ts';
import { isActive } from './in-use.ts';
import { listenersOf } from './listeners.ts';

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
  /** Where a bucket or a mail server is said to be. */
  readonly named?: Named | undefined;
}

/** An address or a name that clients use, and where it is declared. */
export interface Named {
  readonly text: string;
  readonly path: TopologyPath;
}

/** What is declared apart from the interfaces of the server. */
export function declaredAddress({ server, service, named }: ViaUse): Named | undefined {
  const text = service && server?.spec[service]?.address;
  if (server === undefined || text === undefined) return named;
  return { text, path: [...server.path, service as string, 'address'] };
}

/** Every use of a network by something active, in the order of the topology. */
export const viaUses = memo((topology: Topology): readonly ViaUse[] => {
  const uses: ViaUse[] = [];
  const add = (use: ViaUse | undefined): void => {
    if (use !== undefined) uses.push(use);
  };
  for (const datastore of topology.datastores.values()) if (isActive(datastore)) add(ofDatastore(datastore));
  for (const storage of topology.storages.values()) if (isActive(storage)) add(ofStorage(storage));
  for (const flow of topology.flows.values()) if (isActive(flow)) add(ofFlow(flow));
  for (const one of topology.notifications.values()) if (isActive(one)) add(ofNotification(one, topology));
  return uses;
});

function ofNotification(notification: Notification, topology: Topology): ViaUse | undefined {
  const { key, path, via, hosts, spec } = notification;
  if (via === undefined) return undefined;
  const clients = hosts.flatMap(nodesOf);
  const at = [...path, 'via'];
  const named = spec.server === undefined ? undefined : { text: spec.server, path: [...path, 'server'] };
  const server = notification.relay ?? serverNamed(notification, topology);
  return { what: `notification \`${key}\``, via, path: at, clients, server, service: undefined, named };
}

/** A host without interfaces is one of which nothing is known. */
function serverNamed(notification: Notification, topology: Topology): Host | undefined {
  const found = listenersOf(topology).serverOf(notification);
  return found === undefined || found.nics.size === 0 ? undefined : found;
}

const nodesOf = (host: Host | Cluster): readonly Host[] => ('nodes' in host ? host.nodes : [host]);

function ofDatastore({ key, path, host, backing }: Datastore): ViaUse | undefined {
  if (!('via' in backing)) return undefined;
  const { kind, via } = backing;
  const at = [...path, kind, 'via'];
  const use = { what: `datastore \`${key}\``, via, path: at, clients: [host], service: undefined };
  switch (kind) {
    case 'iscsi':
      return { ...use, server: backing.lun.host };
    case 'nfs':
      return { ...use, server: backing.share.host };
    case 's3':
      return { ...use, ...bucketEnd(backing.bucket) };
  }
}

/** S3 servers of one's own may be anywhere, behind a tunnel, too. */
const OWN_SERVERS = new Set(['minio', 'garage', 'generic']);

const bucketEnd = ({ host, spec: { provider, endpoint }, path }: Bucket) => ({
  server: host,
  cloud: host === undefined && !OWN_SERVERS.has(provider) ? provider : undefined,
  named: endpoint === undefined ? undefined : { text: endpoint, path: [...path, 'endpoint'] },
});

/** Nodes that use a storage. */
export const nodesOfStorage = ({ nodes, cluster }: Storage): readonly Host[] => nodes ?? cluster.nodes;

function ofStorage(storage: Storage): ViaUse | undefined {
  const { key, path, backing } = storage;
  if (backing.kind === 'opaque') return undefined;
  const isApi = backing.kind === 'datastore';
  return {
    what: `storage \`${key}\``,
    via: backing.via,
    path: [...path, 'via'],
    clients: nodesOfStorage(storage),
    server: isApi ? backing.place.datastore.host : backing.place.share.host,
    service: isApi ? 'api' : undefined,
  };
}

/** Jobs of PVE use the network of their storage (rule `via-mismatch`); what is carried by hand uses none. */
function ofFlow(flow: Flow): ViaUse | undefined {
  switch (flow.kind) {
    case 'sync': {
      const [from, to] = [flow.from.datastore.host, flow.to.datastore.host];
      return between(flow, flow.runsOn, from === flow.runsOn ? to : from, 'api');
    }
    case 'host-backup':
      return between(flow, flow.from, flow.to.datastore.host, 'api');
    case 'rsync': {
      const server = flow.runsOn === flow.to.share.host ? flow.from.share.host : flow.to.share.host;
      return between(flow, flow.runsOn, server, 'ssh');
    }
    case 'rclone': {
      const { server, cloud, named } = bucketEnd(flow.to.bucket);
      return { ...between(flow, flow.runsOn, server, undefined), cloud, named };
    }
    case 'zfs-send':
      return between(flow, flow.from.host, flow.to.host, 'ssh');
    case 'backup':
    case 'vzdump':
    case 'carry':
      return undefined;
  }
}

const between = (
  { key, via, path }: Flow,
  client: Host,
  server: Host | undefined,
  service: ViaUse['service'],
): ViaUse => ({
  what: `flow \`${key}\``,
  via,
  path: [...path, 'via'],
  clients: [client],
  server,
  service,
});
