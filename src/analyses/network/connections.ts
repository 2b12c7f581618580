/** Every connection that the deployment makes, with the address that the rendered configuration uses for it. */
import { mountVia } from '../../artifacts/fstab/nfs-server.ts';
import { runnerShares } from '../../artifacts/fstab/runner.ts';
import { apiEnd, nasEnd, shareAccess, usersOf } from '../../artifacts/pve-storage/reach.ts';
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type {
  Bucket,
  Datastore,
  Flow,
  Host,
  Notification,
  Storage,
  Topology,
  Via,
} from '../../model/topology.ts';
import { addressOn, type FlowEnd, peerAddress, peerOf, sharedFamily } from '../flow-ends.ts';
import { mailRelayOf } from '../mail-relay.ts';

export interface Connection {
  /** For people: "flow `home-to-dc`". */
  readonly what: string;
  /** Place of the value `via`, or of the object where it has none. */
  readonly path: TopologyPath;
  readonly from: Host;
  /** Undefined: somewhere in the internet. */
  readonly to: Host | undefined;
  /** Undefined: any way will do. */
  readonly via: Via | undefined;
  /** Address or name; undefined: the far end has none that is known on the network. */
  readonly address: string | undefined;
  /** Storage of a job, or the one that is reached itself: it decides about the way. */
  readonly storage?: Storage | undefined;
  /** The far side lets in no address of the host but that on the network: exports, keys. */
  readonly strict: boolean;
}

/** Of what is active, between hosts that are active. Linear in flows and in the nodes of storages. */
export function* connectionsOf(topology: Topology): Generator<Connection> {
  for (const connection of allOf(topology)) {
    const { from, to } = connection;
    if (from.state === 'active' && (to === undefined || to.state === 'active')) yield connection;
  }
}

function* allOf(topology: Topology): Generator<Connection> {
  for (const datastore of topology.datastores.values()) {
    if (datastore.state === 'active') yield* ofDatastore(datastore);
  }
  for (const storage of topology.storages.values()) {
    if (storage.state === 'active')
      yield* ofStorage(storage, `storage \`${storage.key}\``, [...storage.path, 'via']);
  }
  for (const flow of topology.flows.values()) if (flow.state === 'active') yield* ofFlow(flow);
  for (const { host, share, flows } of runnerShares(topology, 'active')) {
    const [flow] = flows;
    if (flow === undefined || share.protocol !== 'nfs') continue;
    const via = mountVia(host, share.host, flow.via);
    const what = `the mount of share \`${share.key}\` for flow \`${flow.key}\``;
    yield mounted({ what, path: [...flow.path, 'from'] }, host, share.host, via);
  }
  for (const notification of topology.notifications.values()) {
    if (notification.state === 'active') yield* ofNotification(notification);
  }
}

type Use = Pick<Connection, 'what' | 'path'>;

function* ofDatastore({ key, path, host, backing }: Datastore): Generator<Connection> {
  const use = (name: string): Use => ({ what: `datastore \`${key}\``, path: [...path, name, 'via'] });
  if (backing.kind === 's3') yield toBucket(use('s3'), host, backing.bucket, backing.via);
  if (backing.kind === 'nfs') yield mounted(use('nfs'), host, backing.share.host, backing.via);
  if (backing.kind === 'iscsi') {
    yield { ...mounted(use('iscsi'), host, backing.lun.host, backing.via), strict: false };
  }
}

function* ofStorage(storage: Storage, what: string, path: TopologyPath): Generator<Connection> {
  const { backing } = storage;
  if (backing.kind === 'opaque') return;
  const { via } = backing;
  const clients = usersOf(storage);
  if (backing.kind === 'datastore') {
    const { host: to } = backing.place.datastore;
    const address = apiEnd(storage, to, via)?.address;
    for (const from of clients) yield { what, path, from, to, via, address, storage, strict: false };
    return;
  }
  const { share } = backing.place;
  const access = shareAccess(storage, share, via);
  if (access === 'dir' || access === 'unreachable') return;
  const address = nasEnd(storage, share.host, via)?.address;
  for (const from of clients) {
    if (from !== share.host)
      yield { what, path, from, to: share.host, via, address, storage, strict: access === 'nfs' };
  }
}

function* ofFlow(flow: Flow): Generator<Connection> {
  const { via } = flow;
  const use = { what: `flow \`${flow.key}\``, path: [...flow.path, 'via'] };
  switch (flow.kind) {
    case 'backup':
    case 'vzdump':
      yield* ofStorage(flow.to, use.what, use.path);
      return;
    case 'sync':
    case 'host-backup':
    case 'rsync': {
      const to = peerOf(flow);
      if (to === undefined || to === flow.runsOn) return;
      const { address } = peerAddress(flow) ?? { address: undefined };
      yield { ...use, from: flow.runsOn, to, via, address, strict: flow.kind === 'rsync' };
      return;
    }
    case 'rclone':
      yield toBucket(use, flow.runsOn, flow.to.bucket, via);
      return;
    case 'zfs-send':
      if (flow.from.host !== flow.to.host) {
        yield { ...mounted(use, flow.from.host, flow.to.host, via), strict: false };
      }
      return;
    case 'carry':
  }
}

function mounted(use: Use, from: Host, to: Host, via: Via): Connection {
  const end: FlowEnd | undefined = addressOn(to, via, sharedFamily(from, to, via));
  return { ...use, from, to, via, address: end?.address, strict: true };
}

function toBucket(use: Use, from: Host, { host, endpoint }: Bucket, via: Via): Connection {
  if (host !== undefined) return { ...mounted(use, from, host, via), strict: false };
  return { ...use, from, to: undefined, via, address: endpoint, strict: false };
}

function* ofNotification(notification: Notification): Generator<Connection> {
  const { key, path, hosts, relay: to, via } = notification;
  const address = mailRelayOf(notification)?.server;
  if (address === undefined) return;
  const use = { what: `notification \`${key}\``, path: via === undefined ? path : [...path, 'via'] };
  const clients = new Set(hosts.flatMap(one => ('nodes' in one ? one.nodes : [one])));
  for (const from of clients) yield { ...use, from, to, via, address, strict: false };
}
