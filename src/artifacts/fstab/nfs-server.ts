/** Where an NFS server is, seen from a client, and how fstab writes it. */
import { addressOn, type FlowEnd, sharedFamily, sourceOn } from '../../analyses/flow-ends.ts';
import { routedWay } from '../../analyses/routers.ts';
import type { Host, Share, Via, Vlan } from '../../model/topology.ts';
import { FAMILIES } from '../../net/address.ts';

export interface NfsServer {
  readonly server: FlowEnd;
  /** Own address on the same network and of the same family, where it is known. */
  readonly client: FlowEnd | undefined;
}

/** Both ends of the traffic on `via`; undefined when the server has no known address there. */
export function nfsServer(client: Host, server: Host, via: Via): NfsServer | undefined {
  if (via.kind === 'local') return undefined;
  const end = addressOn(server, via, sharedFamily(client, server, via));
  return end && { server: end, client: sourceOn(client, via, end.family) };
}

/** `SERVER:/path` as mount.nfs splits it: at the first colon, or behind the brackets of an IPv6 address. */
export const nfsSource = ({ address }: FlowEnd, share: Share): string =>
  `${address.includes(':') ? `[${address}]` : address}:${share.exportPath}`;

const PURPOSES: readonly (string | undefined)[] = ['storage', 'backup', 'transit', 'other', undefined];

/**
 * The network for a mount that a flow needs beside its own `via` (rclone's leads to the cloud): a VLAN that both hosts
 * are in, one for storage or backups first, else one of the server to which the client is routed, else the flow's own
 * network.
 */
export function mountVia(client: Host, server: Host, flowVia: Via): Via {
  const own = new Set<Vlan>();
  for (const { vlan } of client.nics.values()) if (vlan !== undefined) own.add(vlan);
  const isRouted = (vlan: Vlan) => FAMILIES.some(family => routedWay(client, vlan, family) !== undefined);
  const best = bestOf(server, vlan => own.has(vlan)) ?? bestOf(server, isRouted);
  return best === undefined ? flowVia : { kind: 'vlan', vlan: best, text: best.ref };
}

/** Of the VLANs on which a host has an address. */
function bestOf({ nics }: Host, isFit: (vlan: Vlan) => boolean): Vlan | undefined {
  let best: Vlan | undefined;
  for (const { vlan, addresses } of nics.values()) {
    if (vlan === undefined || addresses.length === 0 || !isFit(vlan)) continue;
    if (best === undefined || rank(vlan) < rank(best)) best = vlan;
  }
  return best;
}

function rank(vlan: Vlan): number {
  const index = PURPOSES.indexOf(vlan.spec.purpose);
  return index < 0 ? PURPOSES.length : index;
}
