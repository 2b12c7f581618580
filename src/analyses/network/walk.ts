/** One packet, hop by hop, as the kernels of the hosts forward it. */
import type { Host, Nic, Vlan } from '../../model/topology.ts';
import type { Address } from '../../net/address.ts';
import { parseHostPort } from '../../net/host-port.ts';
import { undeclaredBehind } from '../routers.ts';
import type { Decision } from './decision.ts';
import { type HostState, type Link, SOMEWHERE, sourceOf } from './host-state.ts';
import { literal } from './literal.ts';
import type { Network } from './network.ts';
import type { Route } from './route-list.ts';
import type { WireguardLink, WireguardPeer } from './wireguard-link.ts';

export interface Hop {
  readonly host: Host;
  /** Interface by which the packet leaves. */
  readonly link: Link;
  readonly route: Route;
  /** Who hears it, behind a router that is no declared host, too; undefined for another host that is not declared. */
  readonly next: { readonly host: Host; readonly link: Link } | undefined;
  /** What decided here, the route first. */
  readonly decisions: readonly Decision[];
}

export type LossReason =
  | 'no-route'
  | 'unreachable'
  | 'no-forwarding'
  | 'no-neighbour'
  | 'not-in-allowed-ips'
  | 'source-not-allowed'
  | 'unknown-peer'
  | 'no-tunnel'
  | 'endpoint-in-tunnel'
  | 'loop';

export type End =
  /** At the host that has the address. */
  | { readonly kind: 'arrived'; readonly host: Host }
  /** Handed to a router that is no declared host, on a VLAN or in the internet. */
  | { readonly kind: 'unknown-router'; readonly gateway: string | undefined; readonly nic: Nic }
  | {
      readonly kind: 'lost';
      readonly reason: LossReason;
      readonly host: Host;
      readonly decision?: Decision;
      readonly detail: string;
    };

export interface Walk {
  readonly destination: Address;
  /** Undefined: by DHCP. */
  readonly source: Address | undefined;
  readonly hops: readonly Hop[];
  readonly end: End;
  /** Hosts whose configuration is derived, not rendered, and decided. */
  readonly assumed: readonly Assumed[];
}

interface Assumed {
  readonly host: Host;
  readonly decision: Decision;
}

const MOST_HOPS = 16;

/** Sends one packet. Without a source, `from` chooses it as its route says. */
export function walk(network: Network, from: Host, destination: Address, given?: Address): Walk {
  // Nearly all have one hop.
  let hops: readonly Hop[] = NONE;
  let assumed: readonly Assumed[] = NONE;
  let source = given;
  let end: End | undefined;
  let at = network.state(from);
  while (end === undefined && hops.length <= MOST_HOPS) {
    const { host } = at;
    if (at.local.has(destination.text)) {
      end = { kind: 'arrived', host };
      break;
    }
    const forwarding = hops.length > 0 ? at.forwarding(destination.version) : undefined;
    if (forwarding?.on === false) {
      end = lost('no-forwarding', host, forwarding.decision.text, forwarding.decision);
      break;
    }
    if (forwarding?.assumed)
      assumed = [...assumed, { host, decision: { ...forwarding.decision, text: 'that it forwards' } }];
    const route = at.routes.lookup(destination);
    if (route?.device === undefined) {
      end = noRoute(host, route, destination);
      break;
    }
    const decisions = forwarding === undefined ? [route.decision] : [route.decision, forwarding.decision];
    if (route.assumed) assumed = [...assumed, { host, decision: route.decision }];
    const link = at.links.get(route.device) as Link;
    if (hops.length === 0) source ??= sourceOf(at, route);
    const sent = link.wireguard
      ? throughTunnel(network, at, link.wireguard, destination, source)
      : ontoVlan(network, link.nic as Nic, route, destination);
    if ('decisions' in sent) for (const decision of sent.decisions) decisions.push(decision);
    if (link.wireguard?.assumed && !host.takesFiles)
      assumed = [...assumed, { host, decision: itsEnd(link.wireguard) }];
    const next = 'end' in sent ? undefined : sent.next;
    const hop: Hop = { host, link, route, decisions, next };
    hops = hops.length === 0 ? [hop] : [...hops, hop];
    if ('end' in sent) end = sent.end;
    else at = network.state(sent.next.host);
  }
  end ??= lost('loop', at.host, 'the packet comes round again');
  return { destination, source, hops, end, assumed };
}

const NONE: readonly never[] = [];

const lost = (reason: LossReason, host: Host, detail: string, decision?: Decision): End => ({
  kind: 'lost',
  reason,
  host,
  detail,
  ...(decision && { decision }),
});

const noRoute = (host: Host, route: Route | undefined, { text, version }: Address): End =>
  route === undefined
    ? lost(
        'no-route',
        host,
        text === SOMEWHERE[version]().text ? `no default route of IPv${version}` : `no route to ${text}`,
      )
    : lost('unreachable', host, `\`${route.decision.text}\``, route.decision);

const itsEnd = ({ end }: WireguardLink): Decision => ({
  text: `its end of tunnel \`${end.tunnel.key}\``,
  path: end.path,
});

type Sent =
  | { readonly next: NonNullable<Hop['next']>; readonly decisions: readonly Decision[] }
  | { readonly end: End };

function ontoVlan(network: Network, nic: Nic, { gateway, origin }: Route, destination: Address): Sent {
  const nextHop = gateway?.text ?? destination.text;
  // Of a default route by DHCP the gateway is not known.
  const byDhcp = origin === 'default' && gateway === undefined;
  if (nic.vlan === undefined || byDhcp) return unknownRouter(nic, gateway);
  const neighbour =
    network.neighbour(nic.vlan, nextHop) ??
    (gateway && beyondRouter(network, nic.vlan, gateway.text, destination));
  if (neighbour !== undefined) {
    const link = network.state(neighbour.host).links.get(neighbour.key) as Link;
    return { next: { host: neighbour.host, link }, decisions: NONE };
  }
  if (gateway !== undefined) return unknownRouter(nic, gateway);
  const detail = `no declared host has ${nextHop} on \`${nic.vlan.ref}\``;
  return { end: { kind: 'lost', reason: 'no-neighbour', host: nic.host, detail } };
}

/** What is said to be routed by a router that is no declared host comes out on the other VLAN. */
function beyondRouter(network: Network, vlan: Vlan, gateway: string, destination: Address): Nic | undefined {
  for (const other of undeclaredBehind(vlan).get(gateway) ?? NONE) {
    const found = network.neighbour(other, destination.text);
    if (found !== undefined) return found;
  }
  return undefined;
}

const unknownRouter = (nic: Nic, gateway: Address | undefined): Sent => ({
  end: { kind: 'unknown-router', gateway: gateway?.text, nic },
});

/** Cryptokey routing on both sides (wireguard.com/papers/wireguard.pdf, §2). */
function throughTunnel(
  network: Network,
  at: HostState,
  link: WireguardLink,
  destination: Address,
  source: Address | undefined,
): Sent {
  const { end } = link;
  const failed = (...of: Parameters<typeof lost>): Sent => ({ end: lost(...of) });
  const entry = link.allowed.lookup(destination);
  if (entry === undefined) {
    const detail = `no peer of \`${end.interface}\` has ${destination.text} in its AllowedIPs`;
    return failed('not-in-allowed-ips', end.host, detail, link.peers[0]?.decision);
  }
  const { peer } = entry;
  if (peer.end === undefined) {
    const detail = `the key of the peer on \`${end.interface}\` is that of no end of tunnel \`${end.tunnel.key}\``;
    return failed('unknown-peer', end.host, detail, peer.decision);
  }
  const far = network.state(peer.end.host).links.get(peer.end.interface);
  if (far?.wireguard === undefined) {
    return failed('no-tunnel', peer.end.host, `it has no interface \`${peer.end.interface}\``);
  }
  const loop = endpointInside(at, link, peer);
  if (loop !== undefined) return failed('endpoint-in-tunnel', end.host, loop.text, loop);
  const caller = far.wireguard.peers.find(other => other.end === end);
  if (caller === undefined) {
    return failed(
      'unknown-peer',
      peer.end.host,
      `\`${end.host.key}\` is no peer of its \`${peer.end.interface}\``,
    );
  }
  const admitted = source && far.wireguard.allowed.lookup(source);
  if (source !== undefined && admitted?.peer !== caller) {
    const detail = `${source.text} is not in the AllowedIPs of \`${end.host.key}\` on \`${peer.end.interface}\``;
    return failed('source-not-allowed', peer.end.host, detail, admitted?.decision ?? caller.decision);
  }
  const decisions = [entry.decision, ...(admitted ? [admitted.decision] : [])];
  return { next: { host: peer.end.host, link: far }, decisions };
}

/** The packets of the tunnel must not need the tunnel. */
function endpointInside(
  at: HostState,
  link: WireguardLink,
  { endpoint }: WireguardPeer,
): Decision | undefined {
  const address = endpoint === undefined ? undefined : literal(parseHostPort(endpoint)?.host);
  const route = address && at.routes.lookup(address);
  if (route?.device !== link.end.interface) return undefined;
  return {
    ...route.decision,
    text: `the endpoint ${endpoint} is routed into the tunnel itself: \`${route.decision.text}\``,
  };
}
