/** Behind which end of a tunnel a host is, and which ends lie between two. */
import type { Host, Tunnel, TunnelEnd } from '../model/topology.ts';
import { memo } from '../once.ts';

/** Of a host on a VLAN that the tunnel carries, the end that carries it; else the host's own end. */
export function endBehind(tunnel: Tunnel, host: Host): TunnelEnd | undefined {
  for (const { vlan } of host.nics.values()) {
    const end = vlan && tunnel.endOf.get(vlan);
    if (end !== undefined) return end;
  }
  return endOn(tunnel).get(host);
}

/** The ends that packets pass from one to the other, in order: a hub passes on what is for another spoke. */
export function endsBetween(
  { kind }: Tunnel,
  from: TunnelEnd | undefined,
  to: TunnelEnd | undefined,
): readonly TunnelEnd[] {
  if (from === to) return from === undefined ? [] : [from];
  // A spoke has no other peer.
  const hub = kind === 'hub' && from?.isHub === false && to?.isHub !== true ? from.peers[0] : undefined;
  return [from, hub, to].filter(end => end !== undefined);
}

const endOn: (tunnel: Tunnel) => ReadonlyMap<Host, TunnelEnd> = memo(
  ({ ends }) => new Map(ends.map(end => [end.host, end])),
);
