/**
 * The address at which a host is reached on the network that a flow or mount must use. Derived from `via` alone, so
 * that traffic cannot be configured towards an address of another network.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Host, HostBackupFlow, Nic, NicAddress, RsyncFlow, SyncFlow, Via } from '../model/topology.ts';
import { FAMILIES } from '../net/address.ts';
import { routedWay } from './routers.ts';

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
  switch (via.kind) {
    case 'vlan':
      return nicEnd(host, via, family);
    case 'tunnel': {
      if (hasAddressOn(host, via)) return nicEnd(host, via, family);
      const found = ofFamily(insideAddresses(host, via), family);
      return found && endOf(found, undefined);
    }
    case 'internet': {
      const { fqdn } = host.spec;
      if (fqdn === undefined || family !== undefined) return undefined;
      return { address: fqdn, family: undefined, nic: undefined, causes: [[...host.path, 'fqdn']] };
    }
    case 'local':
      if (family === 6) return undefined;
      return { address: '127.0.0.1', family: 4, nic: undefined, causes: [host.path] };
  }
}

/** The address from which a client comes: on `via`, or on the VLAN from which it is routed there. */
export function sourceOn(client: Host, via: Via, family?: Family): FlowEnd | undefined {
  const end = addressOn(client, via, family);
  if (end !== undefined || via.kind !== 'vlan') return end;
  for (const each of family === undefined ? FAMILIES : [family]) {
    const way = routedWay(client, via.vlan, each);
    if (way?.own !== undefined) return endOf(way.own, way.nic);
  }
  return undefined;
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

/**
 * IPv4 if both hosts have it on `via`, else IPv6 if both have that, else undefined: nothing known decides. `a` may be
 * routed there.
 */
export function sharedFamily(a: Host, b: Host, via: Via): Family | undefined {
  if (via.kind === 'local') return 4;
  // Names have no family.
  if (via.kind === 'internet') return undefined;
  const shared = (familiesOn(a, via) || routedFamilies(a, via)) & familiesOn(b, via);
  return shared & IPV4 ? 4 : shared & IPV6 ? 6 : undefined;
}

function serviceOn(host: Host, via: Via, service: 'api' | 'ssh', family?: Family): ServiceEnd | undefined {
  const declared = host.spec[service];
  const port = declared?.port;
  const portCauses = port === undefined ? NO_CAUSES : [[...host.path, service, 'port']];
  if (declared?.address !== undefined) {
    const causes = [[...host.path, service, 'address'], ...portCauses];
    return { address: declared.address, family: familyOf(declared.address), nic: undefined, port, causes };
  }
  const end = addressOn(host, via, family);
  if (end === undefined) return undefined;
  const { address, nic, causes } = end;
  const all = portCauses.length > 0 ? [...causes, ...portCauses] : causes;
  return { address, family: end.family, nic, port, causes: all };
}

const NO_CAUSES: readonly TopologyPath[] = [];

type Network = Extract<Via, { kind: 'vlan' | 'tunnel' }>;

const isOn = ({ vlan }: Nic, via: Network): boolean =>
  via.kind === 'vlan' ? vlan === via.vlan : vlan !== undefined && via.tunnel.endOf.has(vlan);

function hasAddressOn({ nics }: Host, via: Network): boolean {
  for (const nic of nics.values()) if (nic.addresses.length > 0 && isOn(nic, via)) return true;
  return false;
}

/** Addresses inside the tunnel. */
const insideAddresses = (host: Host, { tunnel }: Extract<Via, { kind: 'tunnel' }>): readonly NicAddress[] =>
  tunnel.ends.find(end => end.host === host)?.addresses ?? [];

const IPV4 = 1;
const IPV6 = 2;

/** As bits: asked for every node of every storage. */
function familiesOn(host: Host, via: Network): number {
  let found = 0;
  for (const nic of host.nics.values()) if (isOn(nic, via)) found |= familiesOf(nic.addresses);
  return found === 0 && via.kind === 'tunnel' ? familiesOf(insideAddresses(host, via)) : found;
}

function routedFamilies(client: Host, via: Network): number {
  if (via.kind === 'tunnel' || via.vlan.routedFrom.length === 0) return 0;
  const known = FAMILIES.filter(family => routedWay(client, via.vlan, family)?.own !== undefined);
  return known.reduce((found, family) => found | (family === 4 ? IPV4 : IPV6), 0);
}

function familiesOf(addresses: readonly NicAddress[]): number {
  let found = 0;
  for (const { family } of addresses) found |= family === 4 ? IPV4 : IPV6;
  return found;
}

/** The first address of the family in the order of the NICs; of any, IPv4 first. */
function nicEnd({ nics }: Host, via: Network, family: Family | undefined): FlowEnd | undefined {
  let second: FlowEnd | undefined;
  for (const nic of nics.values()) {
    if (!isOn(nic, via)) continue;
    const found = ofFamily(nic.addresses, family);
    if (found === undefined) continue;
    if (family !== undefined || found.family === 4) return endOf(found, nic);
    second ??= endOf(found, nic);
  }
  return second;
}

const ofFamily = (addresses: readonly NicAddress[], family: Family | undefined): NicAddress | undefined =>
  addresses.find(address => address.family === (family ?? 4)) ??
  (family === undefined ? addresses[0] : undefined);

const endOf = ({ address, family, path }: NicAddress, nic: Nic | undefined): FlowEnd => ({
  address,
  family,
  nic,
  causes: [path],
});

const familyOf = (address: string): Family | undefined => {
  if (address.includes(':')) return 6;
  return /^[0-9.]+$/.test(address) ? 4 : undefined;
};
