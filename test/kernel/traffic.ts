/** Every connection that the deployment makes: of flows, storages and mounts, with the path that it must take. */
import {
  addressOn,
  apiOn,
  type FlowEnd,
  peerAddress,
  peerOf,
  type ServiceEnd,
  sharedFamily,
  sourceOn,
} from '../../src/analyses/flow-ends.ts';
import type {
  Backing,
  Bucket,
  Flow,
  Host,
  Nic,
  Storage,
  Topology,
  Tunnel,
  TunnelEnd,
  Via,
  Vlan,
} from '../../src/model/topology.ts';

/** Default ports of the services. */
const PORTS = { pbs: 8007, ssh: 22, nfs: 2049, smb: 445, iscsi: 3260, s3: 443 } as const;

export interface Connection {
  /** What makes it: `flow home-to-dc`, `storage pbs-home`, `datastore synology`. */
  readonly subject: string;
  readonly from: Host;
  /** Undefined: object storage of a provider. */
  readonly to: Host | undefined;
  /** Address or name. */
  readonly address: string;
  readonly port: number;
  /** How the rendered files name the far end, where it is not the address: its owner makes the name resolve. */
  readonly name?: string;
  /** Own address that it must come from; undefined where several will do. */
  readonly source: string | undefined;
  /** Interfaces in order, as `host:nic`; of a way through the internet only the first is known. */
  readonly expected: readonly string[];
  /** The same for the answers. */
  readonly expectedBack: readonly string[];
}

/** A connection cannot be planned when an end has no address: those are missing here, and the caller sees it. */
export function connectionsOf(topology: Topology): readonly Connection[] {
  const found: (Connection | undefined)[] = [];
  for (const flow of topology.flows.values()) if (flow.state === 'active') found.push(...ofFlow(flow));
  for (const storage of topology.storages.values()) {
    if (storage.state !== 'active' || storage.backing.kind === 'opaque') continue;
    found.push(...ofStorage(`storage ${storage.key}`, storage, storage.backing.via));
  }
  for (const datastore of topology.datastores.values()) {
    if (datastore.state !== 'active' || datastore.host.state !== 'active') continue;
    found.push(ofBacking(`datastore ${datastore.key}`, datastore.host, datastore.backing));
  }
  return found.filter(connection => connection !== undefined);
}

function ofFlow(flow: Flow): (Connection | undefined)[] {
  const subject = `flow ${flow.key}`;
  switch (flow.kind) {
    case 'backup':
    case 'vzdump':
      return ofStorage(subject, flow.to, flow.via);
    case 'sync':
    case 'host-backup':
    case 'rsync': {
      const peer = peerOf(flow);
      const port = flow.kind === 'rsync' ? PORTS.ssh : PORTS.pbs;
      return peer === undefined
        ? []
        : [between(subject, flow.runsOn, peer, flow.via, peerAddress(flow), port)];
    }
    case 'rclone':
      return [toBucket(subject, flow.runsOn, flow.to.bucket, flow.via)];
    case 'zfs-send': {
      const [from, to] = [flow.from.host, flow.to.host];
      if (from === to) return [];
      const end = addressOn(to, flow.via, sharedFamily(from, to, flow.via));
      return [between(subject, from, to, flow.via, end, PORTS.ssh)];
    }
    case 'carry':
      return [];
  }
}

function ofStorage(
  subject: string,
  { backing, cluster, nodes }: Storage,
  via: Via,
): (Connection | undefined)[] {
  const clients = (nodes ?? cluster.nodes).filter(node => node.state === 'active');
  switch (backing.kind) {
    case 'datastore': {
      const { host } = backing.place.datastore;
      return clients.map(node =>
        between(subject, node, host, via, apiOn(host, via, sharedFamily(node, host, via)), PORTS.pbs),
      );
    }
    case 'share': {
      const { host, protocol } = backing.place.share;
      if (protocol === 'none') return [];
      return clients.map(node => {
        const end = addressOn(host, via, sharedFamily(node, host, via));
        return between(subject, node, host, via, end, PORTS[protocol]);
      });
    }
    case 'opaque':
      return [];
  }
}

function ofBacking(subject: string, host: Host, backing: Backing): Connection | undefined {
  if (backing.kind === 's3') return toBucket(subject, host, backing.bucket, backing.via);
  if (backing.kind !== 'iscsi' && backing.kind !== 'nfs') return undefined;
  const far = backing.kind === 'iscsi' ? backing.lun.host : backing.share.host;
  const end = addressOn(far, backing.via, sharedFamily(host, far, backing.via));
  return between(subject, host, far, backing.via, end, PORTS[backing.kind]);
}

function toBucket(subject: string, from: Host, bucket: Bucket, via: Via): Connection | undefined {
  if (bucket.host !== undefined) {
    const end = addressOn(bucket.host, via, sharedFamily(from, bucket.host, via));
    const connection = between(subject, from, bucket.host, via, end, bucket.port);
    return connection && { ...connection, name: bucket.endpoint };
  }
  const way = { source: undefined, expected: byDefault(from), expectedBack: [] };
  return { subject, from, to: undefined, address: bucket.endpoint, port: bucket.port ?? PORTS.s3, ...way };
}

const byDefault = (host: Host): string[] =>
  [...host.nics.values()].filter(nic => nic.spec.default_route === true).map(nic => `${host.key}:${nic.key}`);

function between(
  subject: string,
  from: Host,
  to: Host,
  via: Via,
  end: FlowEnd | ServiceEnd | undefined,
  defaultPort: number,
): Connection | undefined {
  if (end === undefined) return undefined;
  const port = 'port' in end && end.port !== undefined ? end.port : defaultPort;
  const common = { subject, from, to, address: end.address, port, source: undefined };
  if (via.kind === 'local' || from === to) return { ...common, expected: [], expectedBack: [] };
  if (via.kind === 'internet') return { ...common, expected: byDefault(from), expectedBack: [] };
  const near = sourceOn(from, via, end.family);
  const far = end.nic ?? nicWith(to, end.address);
  const expected =
    via.kind === 'vlan' && near?.nic?.vlan !== via.vlan
      ? routedWay(from, near?.nic ?? leasedOn(from, via.vlan), to, far, end.family ?? 4)
      : wayBetween(from, near?.nic, to, far, via);
  return { ...common, source: near?.address, expected, expectedBack: expected.toReversed() };
}

/** Of a client whose address is not known, the interface by which it must come. */
const leasedOn = (client: Host, { routedFrom }: Vlan): Nic | undefined =>
  [...client.nics.values()].find(
    ({ vlan, spec }) => vlan !== undefined && spec.dhcp === true && routedFrom.includes(vlan),
  );

/** A declared address of a service is on some interface as well. */
const nicWith = (host: Host, wanted: string): Nic | undefined =>
  [...host.nics.values()].find(nic => nic.addresses.some(({ address }) => address === wanted));

function wayBetween(from: Host, near: Nic | undefined, to: Host, far: Nic | undefined, via: Via): string[] {
  const ends = [`${from.key}:${near?.key}`, `${to.key}:${far?.key}`];
  if (via.kind !== 'tunnel' || near?.vlan === far?.vlan) return ends;
  const entry = endFor(via.tunnel, from, near);
  const exit = endFor(via.tunnel, to, far);
  if (entry === undefined || exit === undefined) return ends;
  const hub = entry.peers.includes(exit) ? undefined : entry.peers[0];
  const name = (end: TunnelEnd): string => `${end.host.key}:${end.interface}`;
  const way = [name(entry), ...(hub === undefined ? [] : [name(hub), name(hub)]), name(exit)];
  // A gateway that is an end itself talks from its own interface in the tunnel.
  if (entry.host !== from) way.unshift(`${from.key}:${near?.key}`, gatewayNic(entry, near));
  if (exit.host !== to) way.push(gatewayNic(exit, far), `${to.key}:${far?.key}`);
  return way;
}

/**
 * By the gateway of one of the two VLANs, whose interfaces are those of the declared host or of the one of the plan;
 * where neither names one, by a host that is a gateway on both. Between two that are reached from each other, both ways
 * by the same.
 */
function routedWay(
  from: Host,
  near: Nic | undefined,
  to: Host,
  far: Nic | undefined,
  family: 4 | 6,
): string[] {
  const [first, second] = [near?.vlan, far?.vlan];
  const gatewayOf = (vlan: Vlan | undefined) => (family === 4 ? vlan?.spec.gateway : vlan?.spec.gateway6);
  const isGateway = ({ vlan, addresses }: Nic): boolean =>
    addresses.some(({ address }) => address === gatewayOf(vlan));
  const gateways = [first, second].map(vlan => vlan?.nics.find(isGateway)?.host);
  const isMutual = second !== undefined && first?.routedFrom.includes(second) === true;
  if (isMutual && second.key < first.key) gateways.reverse();
  const isNamed = [first, second].every(vlan => /^(?!fe80:)/i.test(gatewayOf(vlan) ?? 'fe80:'));
  const onBoth = first?.nics.find(
    ({ host }) => host.roles.has('gateway') && second?.nics.some(nic => nic.host === host),
  )?.host;
  const router = gateways.find(host => host !== undefined) ?? (isNamed ? undefined : onBoth);
  const name = (vlan: Vlan | undefined): string => {
    if (router === undefined) {
      const { key, vlans } = vlan?.site ?? { key: '', vlans: new Map() };
      return `@router-${key}:r${[...vlans.values()].indexOf(vlan)}`;
    }
    const own = [...router.nics.values()].filter(nic => nic.vlan === vlan);
    return `${router.key}:${(own.find(isGateway) ?? own[0])?.key}`;
  };
  return [`${from.key}:${near?.key}`, name(first), name(second), `${to.key}:${far?.key}`];
}

const endFor = (tunnel: Tunnel, host: Host, nic: Nic | undefined): TunnelEnd | undefined =>
  tunnel.ends.find(end => end.host === host) ?? (nic?.vlan && tunnel.endOf.get(nic.vlan));

const gatewayNic = (end: TunnelEnd, nic: Nic | undefined): string =>
  `${end.host.key}:${nic?.vlan?.nics.find(other => other.host === end.host)?.key}`;
