/**
 * The address at which a host is reached on the network that a flow or mount must use. Derived from `via` alone, so
 * that traffic cannot be configured towards an address of another network.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Host, HostBackupFlow, Nic, RsyncFlow, SyncFlow, Via } from '../model/topology.ts';

export type Family = 4 | 6;

export interface FlowEnd {
  /** IP address (IPv6 without brackets) or DNS name. */
  readonly address: string;
  /** Undefined for a name. */
  readonly family: Family | undefined;
  /** The interface that has the address; undefined for names, tunnel addresses and service addresses. */
  readonly nic: Nic | undefined;
  readonly causes: readonly TopologyPath[];
}

export interface ServiceEnd extends FlowEnd {
  /** Declared port; undefined: the service's own default. */
  readonly port: number | undefined;
}

/**
 * Where `host` is on `via`, IPv4 first unless a family is given; undefined when it has no known address there
 * (no NIC on the network, DHCP). On a tunnel this is an address on a VLAN that the tunnel carries: inside addresses
 * are only for hosts that end the tunnel themselves and have no other.
 */
export function addressOn(host: Host, via: Via, family?: Family): FlowEnd | undefined {
  const ends = endsOn(host, via);
  const of = (wanted: Family) => ends.find(end => end.family === wanted);
  if (family !== undefined) return of(family);
  return of(4) ?? of(6) ?? ends[0];
}

/** Where the PBS or PVE API of `host` is reached: a declared `api.address` wins over the address on `via`. */
export const apiOn = (host: Host, via: Via, family?: Family): ServiceEnd | undefined =>
  serviceOn(host, via, 'api', family);

/** The same for its SSH server. */
export const sshOn = (host: Host, via: Via, family?: Family): ServiceEnd | undefined =>
  serviceOn(host, via, 'ssh', family);

/**
 * The far end of a flow, as the host that runs it must address it, in a family that both have.
 * Undefined for a local sync, and when the far host has no address on the flow's network.
 */
export function peerAddress(flow: SyncFlow | HostBackupFlow | RsyncFlow): ServiceEnd | undefined {
  const peer = peerOf(flow);
  if (peer === undefined) return undefined;
  const service = flow.kind === 'rsync' ? sshOn : apiOn;
  return service(peer, flow.via, sharedFamily(flow.runsOn, peer, flow.via));
}

/** The host that the flow's own host talks to; undefined for a local sync. */
export function peerOf(flow: SyncFlow | HostBackupFlow | RsyncFlow): Host | undefined {
  switch (flow.kind) {
    case 'host-backup':
      return flow.to.datastore.host;
    case 'rsync':
      return flow.runsOn === flow.to.share.host ? flow.from.share.host : flow.to.share.host;
    case 'sync':
      if (flow.direction === 'local') return undefined;
      return flow.direction === 'pull' ? flow.from.datastore.host : flow.to.datastore.host;
  }
}

/** IPv4 if both hosts have it on `via`, else IPv6 if both have that, else undefined: nothing known decides. */
export function sharedFamily(a: Host, b: Host, via: Via): Family | undefined {
  const families = new Set(endsOn(a, via).map(end => end.family));
  const shared = endsOn(b, via).filter(end => end.family !== undefined && families.has(end.family));
  return shared.find(end => end.family === 4)?.family ?? shared[0]?.family;
}

function serviceOn(host: Host, via: Via, service: 'api' | 'ssh', family?: Family): ServiceEnd | undefined {
  const declared = host.spec[service];
  const port = declared?.port;
  const portCauses = port === undefined ? [] : [[...host.path, service, 'port']];
  if (declared?.address !== undefined) {
    const causes = [[...host.path, service, 'address'], ...portCauses];
    return { address: declared.address, family: familyOf(declared.address), nic: undefined, port, causes };
  }
  const end = addressOn(host, via, family);
  return end && { ...end, port, causes: [...end.causes, ...portCauses] };
}

/** Every address of the host on the network, in the order of its NICs. */
function endsOn(host: Host, via: Via): FlowEnd[] {
  switch (via.kind) {
    case 'vlan':
      return nicEnds(host, nic => nic.vlan === via.vlan);
    case 'tunnel': {
      const carried = nicEnds(host, nic => nic.vlan !== undefined && via.tunnel.endOf.has(nic.vlan));
      if (carried.length > 0) return carried;
      const own = via.tunnel.ends.find(end => end.host === host);
      return (own?.addresses ?? []).map(({ address, family, path }) => ({
        address,
        family,
        nic: undefined,
        causes: [path],
      }));
    }
    case 'internet': {
      const { fqdn } = host.spec;
      if (fqdn === undefined) return [];
      return [{ address: fqdn, family: undefined, nic: undefined, causes: [[...host.path, 'fqdn']] }];
    }
    case 'local':
      return [{ address: '127.0.0.1', family: 4, nic: undefined, causes: [host.path] }];
  }
}

const nicEnds = (host: Host, fits: (nic: Nic) => boolean): FlowEnd[] =>
  [...host.nics.values()]
    .filter(fits)
    .flatMap(nic =>
      nic.addresses.map(({ address, family, path }) => ({ address, family, nic, causes: [path] })),
    );

const familyOf = (address: string): Family | undefined => {
  if (address.includes(':')) return 6;
  return /^[0-9.]+$/.test(address) ? 4 : undefined;
};
