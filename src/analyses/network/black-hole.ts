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
export function* blackHolesOf({ forward, back }: Verdict): Generator<BlackHole> {
  if (forward === undefined || back === undefined) return;
  const size = Math.min(firstLimit(forward), firstLimit(back));
  for (const { hops } of [forward, back]) {
    for (const [index, hop] of hops.entries()) yield* ofHop(hop, index === 0, size);
  }
}

const firstLimit = ({ hops: [first] }: Walk): number =>
  first === undefined ? Number.POSITIVE_INFINITY : (first.route.mtu ?? first.link.mtu);

function* ofHop({ host, link, next, decisions }: Hop, isFirst: boolean, size: number): Generator<BlackHole> {
  const [decision] = decisions;
  if (!isFirst && link.mtu < size && size > ETHERNET) {
    yield { at: `\`${link.name}\` of \`${host.key}\``, limit: link.mtu, size, told: true, decision };
  }
  if (link.wireguard !== undefined) {
    yield* underTunnel(link, Math.min(size, link.mtu));
    return;
  }
  const sent = Math.min(size, link.mtu);
  const vlan = link.nic?.vlan;
  if (vlan !== undefined && vlan.mtu < sent) {
    const path = [...vlan.path, 'mtu'];
    const at = `VLAN \`${vlan.ref}\``;
    yield { at, limit: vlan.mtu, size: sent, told: false, decision: { text: `mtu ${vlan.mtu}`, path } };
  } else if (next !== undefined && next.link.mtu < sent) {
    const path = next.link.nic?.path;
    const at = `\`${next.link.name}\` of \`${next.host.key}\``;
    const own = { text: `mtu ${next.link.mtu}`, ...(path && { path }) };
    yield { at, limit: next.link.mtu, size: sent, told: false, decision: own };
  }
}

/** Where the topology itself declares too much, the rule about tunnels says so. */
function* underTunnel({ name, wireguard }: Link, size: number): Generator<BlackHole> {
  if (wireguard === undefined) return;
  const { end, mtu, mtuDecision } = wireguard;
  if (mtu <= end.tunnel.mtu) return;
  const limit = end.tunnel.spec.underlay_mtu ?? DEFAULT_UNDERLAY;
  const version = outerVersion(wireguard.peers.map(({ endpoint }) => endpoint));
  if (linkMtuFor(size, version) <= limit) return;
  const at = `the path under \`${name}\` of \`${end.host.key}\``;
  yield { at, limit, size: size + wireguardOverhead(version), told: false, decision: mtuDecision };
}

function outerVersion(endpoints: readonly (string | undefined)[]): IpVersion {
  const hosts = endpoints.flatMap(endpoint => (endpoint ? [parseHostPort(endpoint)?.host ?? ''] : []));
  return hosts.length > 0 && hosts.every(host => parseAddress(host)?.version === 4) ? 4 : 6;
}
