/** Packets that are larger than a part of their way takes, where nobody tells the sender. */
import type { IpVersion } from '../../net/address.ts';
import { parseAddress } from '../../net/address.ts';
import { parseHostPort } from '../../net/host-port.ts';
import { linkMtuFor, wireguardOverhead } from '../../net/wireguard-mtu.ts';
import type { Decision } from './decision.ts';
import type { Link } from './host-state.ts';
import type { Verdict } from './verdict.ts';
import type { Hop, Walk } from './walk.ts';

export interface BlackHole {
  /** What is too narrow: an interface, a VLAN or the path under a tunnel. */
  readonly at: string;
  /** What passes, in bytes. */
  readonly limit: number;
  /** What is sent. */
  readonly size: number;
  /** A router tells the sender by ICMP, which firewalls like to drop. */
  readonly told: boolean;
  readonly decision: Decision | undefined;
}

const ETHERNET = 1500;
const DEFAULT_UNDERLAY = 1500;

/** Of a connection that arrives in both directions. Each end announces in TCP what it takes itself (RFC 9293 §3.7.1). */
export function blackHolesOf({ forward, back }: Verdict): readonly BlackHole[] {
  if (forward === undefined || back === undefined) return NONE;
  const size = Math.min(firstLimit(forward), firstLimit(back));
  const found: BlackHole[] = [];
  addHoles(found, forward, size);
  addHoles(found, back, size);
  return found;
}

const NONE: readonly BlackHole[] = [];

function addHoles(found: BlackHole[], { hops }: Walk, size: number): void {
  for (const hop of hops) {
    const router = hop === hops[0] ? undefined : atRouter(hop, size);
    if (router !== undefined) found.push(router);
    const hole = hop.link.wireguard === undefined ? onNetwork(hop, size) : underTunnel(hop.link, size);
    if (hole !== undefined) found.push(hole);
  }
}

const firstLimit = ({ hops: [first] }: Walk): number =>
  first === undefined ? Number.POSITIVE_INFINITY : (first.route.mtu ?? first.link.mtu);

function atRouter({ host, link, decisions }: Hop, size: number): BlackHole | undefined {
  if (link.mtu >= size || size <= ETHERNET) return undefined;
  const at = `\`${link.name}\` of \`${host.key}\``;
  return { at, limit: link.mtu, size, told: true, decision: decisions[0] };
}

function onNetwork({ link, next }: Hop, most: number): BlackHole | undefined {
  const size = Math.min(most, link.mtu);
  const vlan = link.nic?.vlan;
  if (vlan !== undefined && vlan.mtu < size) {
    const { mtu: limit } = vlan;
    const decision = { text: `mtu ${limit}`, path: [...vlan.path, 'mtu'] };
    return { at: `VLAN \`${vlan.ref}\``, limit, size, told: false, decision };
  }
  if (next === undefined || next.link.mtu >= size) return undefined;
  const { mtu: limit } = next.link;
  const path = next.link.nic?.path;
  const at = `\`${next.link.name}\` of \`${next.host.key}\``;
  return { at, limit, size, told: false, decision: { text: `mtu ${limit}`, ...(path && { path }) } };
}

/** Where the topology itself declares too much, the rule about tunnels says so. */
function underTunnel({ name, wireguard, mtu: own }: Link, most: number): BlackHole | undefined {
  if (wireguard === undefined) return undefined;
  const { end, mtu, mtuDecision } = wireguard;
  if (mtu <= end.tunnel.mtu) return undefined;
  const size = Math.min(most, own);
  const limit = end.tunnel.spec.underlay_mtu ?? DEFAULT_UNDERLAY;
  const version = outerVersion(wireguard.peers.map(({ endpoint }) => endpoint));
  if (linkMtuFor(size, version) <= limit) return undefined;
  const at = `the path under \`${name}\` of \`${end.host.key}\``;
  return { at, limit, size: size + wireguardOverhead(version), told: false, decision: mtuDecision };
}

function outerVersion(endpoints: readonly (string | undefined)[]): IpVersion {
  const hosts = endpoints.flatMap(endpoint => (endpoint ? [parseHostPort(endpoint)?.host ?? ''] : []));
  return hosts.length > 0 && hosts.every(host => parseAddress(host)?.version === 4) ? 4 : 6;
}
