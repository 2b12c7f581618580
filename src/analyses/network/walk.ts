/** One packet, hop by hop, as the kernels of the hosts forward it. */
import type { Host, Nic } from '../../model/topology.ts';
import type { Address } from '../../net/address.ts';
import { parseHostPort } from '../../net/host-port.ts';
import type { Decision } from './decision.ts';
import { type HostState, type Link, sourceOf } from './host-state.ts';
import { literal } from './literal.ts';
import type { Network } from './network.ts';
import type { Route } from './route-list.ts';
import type { WireguardLink, WireguardPeer } from './wireguard-link.ts';

export interface Hop {
  readonly host: Host;
  /** Interface by which the packet leaves. */
  readonly link: Link;
  readonly route: Route;
  /** Who hears it; undefined for a host that is not declared. */
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
  readonly assumed: readonly { readonly host: Host; readonly decision: Decision }[];
}

const MOST_HOPS = 16;

/** Sends one packet. Without a source, `from` chooses it as its route says. */
export function walk(network: Network, from: Host, destination: Address, given?: Address): Walk {
  const hops: Hop[] = [];
  const assumed: { host: Host; decision: Decision }[] = [];
  let source = given;
  const ended = (end: End): Walk => ({ destination, source, hops, end, assumed });
  let at = network.state(from);
  while (hops.length <= MOST_HOPS) {
    const { host } = at;
    if (at.local.has(destination.text)) return ended({ kind: 'arrived', host });
    const lost = (reason: LossReason, detail: string, decision?: Decision): Walk =>
      ended({ kind: 'lost', reason, host, detail, ...(decision && { decision }) });
    const decisions: Decision[] = [];
    if (hops.length > 0) {
      const forwarding = at.forwarding(destination.version);
      if (!forwarding.on) return lost('no-forwarding', forwarding.decision.text, forwarding.decision);
      if (forwarding.assumed)
        assumed.push({ host, decision: { ...forwarding.decision, text: 'that it forwards' } });
      decisions.push(forwarding.decision);
    }
    const route = at.routes.lookup(destination);
    if (route === undefined) return lost('no-route', `no route to ${destination.text}`);
    if (route.device === undefined) return lost('unreachable', `\`${route.decision.text}\``, route.decision);
    decisions.unshift(route.decision);
    if (route.assumed) assumed.push({ host, decision: route.decision });
    const link = at.links.get(route.device) as Link;
    if (hops.length === 0) source ??= sourceOf(at, route);
    const sent = link.wireguard
      ? throughTunnel(network, at, link.wireguard, destination, source)
      : ontoVlan(network, link.nic as Nic, route, destination);
    if ('decisions' in sent) decisions.push(...sent.decisions);
    if (link.wireguard?.assumed && !host.takesFiles)
      assumed.push({
        host,
        decision: {
          text: `its end of tunnel \`${link.wireguard.end.tunnel.key}\``,
          path: link.wireguard.end.path,
        },
      });
    hops.push({ host, link, route, decisions, next: 'next' in sent ? sent.next : undefined });
    if ('end' in sent) return ended(sent.end);
    at = network.state(sent.next.host);
  }
  return ended({ kind: 'lost', reason: 'loop', host: at.host, detail: 'the packet comes round again' });
}

type Sent =
  | { readonly next: { readonly host: Host; readonly link: Link }; readonly decisions: readonly Decision[] }
  | { readonly end: End };

function ontoVlan(network: Network, nic: Nic, { gateway, origin }: Route, destination: Address): Sent {
  const nextHop = gateway?.text ?? destination.text;
  const unknown = { kind: 'unknown-router', gateway: gateway?.text, nic } as const;
  // Of a default route by DHCP the gateway is not known.
  const byDhcp = origin === 'default' && gateway === undefined;
  if (nic.vlan === undefined || byDhcp) return { end: unknown };
  const neighbour = network.neighbour(nic.vlan, nextHop);
  if (neighbour !== undefined) {
    const link = network.state(neighbour.host).links.get(neighbour.key) as Link;
    return { next: { host: neighbour.host, link }, decisions: [] };
  }
  if (gateway !== undefined) return { end: unknown };
  const detail = `no declared host has ${nextHop} on \`${nic.vlan.ref}\``;
  return { end: { kind: 'lost', reason: 'no-neighbour', host: nic.host, detail } };
}

/** Cryptokey routing on both sides (wireguard.com/papers/wireguard.pdf, §2). */
function throughTunnel(
  network: Network,
  at: HostState,
  link: WireguardLink,
  destination: Address,
  source: Address | undefined,
): Sent {
  const { end } = link;
  const lost = (reason: LossReason, host: Host, detail: string, decision?: Decision): Sent => ({
    end: { kind: 'lost', reason, host, detail, ...(decision && { decision }) },
  });
  const entry = link.allowed.lookup(destination);
  if (entry === undefined) {
    const detail = `no peer of \`${end.interface}\` has ${destination.text} in its AllowedIPs`;
    return lost('not-in-allowed-ips', end.host, detail, link.peers[0]?.decision);
  }
  const { peer } = entry;
  if (peer.end === undefined) {
    const detail = `the key of the peer on \`${end.interface}\` is that of no end of tunnel \`${end.tunnel.key}\``;
    return lost('unknown-peer', end.host, detail, peer.decision);
  }
  const far = network.state(peer.end.host).links.get(peer.end.interface);
  if (far?.wireguard === undefined) {
    return lost('no-tunnel', peer.end.host, `it has no interface \`${peer.end.interface}\``);
  }
  const loop = endpointInside(at, link, peer);
  if (loop !== undefined) return lost('endpoint-in-tunnel', end.host, loop.text, loop);
  const caller = far.wireguard.peers.find(other => other.end === end);
  if (caller === undefined) {
    return lost(
      'unknown-peer',
      peer.end.host,
      `\`${end.host.key}\` is no peer of its \`${peer.end.interface}\``,
    );
  }
  const admitted = source && far.wireguard.allowed.lookup(source);
  if (source !== undefined && admitted?.peer !== caller) {
    const detail = `${source.text} is not in the AllowedIPs of \`${end.host.key}\` on \`${peer.end.interface}\``;
    return lost('source-not-allowed', peer.end.host, detail, admitted?.decision ?? caller.decision);
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
