/** Behind which end of a tunnel a host is. */
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

const endOn: (tunnel: Tunnel) => ReadonlyMap<Host, TunnelEnd> = memo(
  ({ ends }) => new Map(ends.map(end => [end.host, end])),
);
