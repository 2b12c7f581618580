/** AllowedIPs of each peer of a tunnel end: derived from what the tunnel carries and from nothing else. */
import { carriedBy, reachedBy } from '../../analyses/routes.ts';
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { NicAddress, TunnelEnd } from '../../model/topology.ts';

export interface AllowedIp {
  readonly text: string;
  readonly causes: readonly TopologyPath[];
}

export interface Peer {
  readonly end: TunnelEnd;
  readonly allowed: readonly AllowedIp[];
}

/**
 * Peers of an end in the order of their keys. A spoke gives the hub everything behind all other ends, since the hub
 * passes it on; otherwise each peer gets its own tunnel addresses and the VLANs behind it.
 */
export function peersOf(end: TunnelEnd): readonly Peer[] {
  const viaHub = end.tunnel.kind === 'hub' && !end.isHub;
  return end.peers.map(peer => {
    const sources = viaHub ? end.tunnel.ends.filter(other => other !== end) : [peer];
    const addresses = sources.flatMap(source => source.addresses.map(hostPrefix));
    const reached = reachedBy(end).filter(({ behind }) => viaHub || behind === peer);
    const networks = reached.flatMap(({ vlan, behind }) =>
      vlan.prefixes.map(prefix => ({ text: prefix.text, causes: [...carriedBy(behind, vlan), vlan.path] })),
    );
    return { end: peer, allowed: [...addresses, ...networks] };
  });
}

/** WireGuard takes a single address as /32 or /128. */
const hostPrefix = (address: NicAddress): AllowedIp => ({
  text: `${address.address}/${address.family === 4 ? 32 : 128}`,
  causes: [address.path],
});
