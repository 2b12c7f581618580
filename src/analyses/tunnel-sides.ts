/** Behind which end of a tunnel a host is. */
import type { Host, Tunnel, TunnelEnd } from '../model/topology.ts';

/** Of a host on a VLAN that the tunnel carries, the end that carries it; else the host's own end. */
export function endBehind({ ends, endOf }: Tunnel, host: Host): TunnelEnd | undefined {
  for (const { vlan } of host.nics.values()) {
    const end = vlan && endOf.get(vlan);
    if (end !== undefined) return end;
  }
  return ends.find(end => end.host === host);
}
