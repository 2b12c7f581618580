/** All hosts of a topology with their rendered files, each looked at when a packet first comes to it. */
import type { Host, Nic, TunnelEnd, Vlan } from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import { addressCache } from '../../net/address-cache.ts';
import type { Facts } from '../facts.ts';
import { routedBy } from '../routers.ts';
import { type HostState, hostState } from './host-state.ts';
import { networkFiles, type TextFile } from './text-file.ts';
import { derivedWireguardLink, readWireguardLink, type WireguardLink } from './wireguard-link.ts';

export interface Network {
  state(host: Host): HostState;
  /** The interface that answers for an address on a VLAN; undefined when no declared host has it. */
  neighbour(vlan: Vlan, address: string): Nic | undefined;
}

/** @param files what is rendered; undefined: nothing is yet, and all configuration is derived. */
export function networkOf(
  { topology, routes }: Pick<Facts, 'topology' | 'routes'>,
  files: Iterable<TextFile> | undefined,
): Network {
  const rendered = files !== undefined;
  const texts = networkFiles(files ?? []);
  const ends = new Map<Host, TunnelEnd[]>();
  for (const tunnel of topology.tunnels.values()) {
    for (const end of tunnel.ends) push(ends, end.host, end);
  }
  const addresses = addressCache();
  const states = remembered((host: Host) => {
    const own = ends.get(host) ?? NONE;
    const below = `${host.key}/root/etc`;
    const links = own.map(end =>
      rendered ? linkOf(end, texts.get(`${below}/wireguard/${end.interface}.conf`)) : derivedLinkOf(end),
    );
    return hostState(host, {
      rendered,
      ends: own,
      routed: routedBy(topology).get(host) ?? NONE,
      wireguard: links.filter(link => link !== undefined),
      fragment: texts.get(`${below}/network/interfaces.d/offsite`),
      sysctl: texts.get(`${below}/sysctl.d/90-offsite.conf`),
      derived: host.takesFiles && rendered ? NONE : (routes.get(host) ?? NONE),
      addresses,
    });
  });
  const owners = remembered(ownersOn);
  return { state: states, neighbour: (vlan, address) => owners(vlan).get(address) };
}

const NONE: readonly never[] = [];

/** Undefined where the tunnel is not there: not active, or its file is missing. */
function linkOf(end: TunnelEnd, file: TextFile | undefined): WireguardLink | undefined {
  // The file of the interface is that of the tunnel which has taken its name over.
  if (end.tunnel.state !== 'active') return undefined;
  if (file !== undefined) return readWireguardLink(end, file);
  const withheld = end.peers.some(({ publicKey }) => publicKey === undefined);
  return withheld || !end.host.takesFiles ? derivedLinkOf(end) : undefined;
}

const derivedLinkOf = (end: TunnelEnd): WireguardLink | undefined =>
  end.tunnel.state === 'active' && end.host.state === 'active' ? derivedWireguardLink(end) : undefined;

function ownersOn({ nics }: Vlan): ReadonlyMap<string, Nic> {
  const owners = new Map<string, Nic>();
  for (const nic of nics) {
    if (nic.host.state !== 'active') continue;
    for (const { address } of nic.addresses) if (!owners.has(address)) owners.set(address, nic);
  }
  return owners;
}

function remembered<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return key => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
