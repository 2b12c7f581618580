/** Whether a connection takes the declared way, in both directions, and where it leaves it. */

import type { Host, Via, Vlan } from '../../model/topology.ts';
import type { Address } from '../../net/address.ts';
import { addressOn, sourceOn } from '../flow-ends.ts';
import { isOnVlan } from '../routers.ts';
import type { Connection } from './connections.ts';
import type { Decision } from './decision.ts';
import { ANYWHERE, type Link, SOMEWHERE } from './host-state.ts';
import { literal } from './literal.ts';
import type { Network } from './network.ts';
import { type Hop, type LossReason, type Walk, walk } from './walk.ts';

export type FaultReason =
  | LossReason
  | 'no-address'
  | 'leaves-by-default-route'
  | 'wrong-nic'
  | 'wrong-tunnel'
  | 'not-through-tunnel'
  | 'wrong-host'
  | 'wrong-source';

/** The exact place where packets leave the declared way or stop. */
export interface Fault {
  readonly reason: FaultReason;
  readonly host: Host;
  readonly decision: Decision | undefined;
  /** Rest of a sentence about the packet: "leaves by …". */
  readonly detail: string;
}

export interface Verdict {
  readonly connection: Connection;
  readonly forward: Walk | undefined;
  /** Of the answers; undefined when they cannot be judged: a fault before, an unknown source, the internet. */
  readonly back: Walk | undefined;
  readonly fault: Fault | undefined;
  readonly backFault: Fault | undefined;
}

/** Undefined where nothing crosses a network, or too little is declared to say anything. */
export function judge(network: Network, connection: Connection): Verdict | undefined {
  const { from, to, via } = connection;
  if (via?.kind === 'local' || from === to || from.nics.size === 0) return undefined;
  const destination = destinationOf(network, connection);
  if (destination === 'unknown' || isLoopback(destination)) return undefined;
  if (destination === undefined) return unaddressed(network, connection);
  const forward = walk(network, from, destination);
  const fault = faultOf(connection, forward);
  const returns = fault === undefined && forward.end.kind === 'arrived' && forward.source !== undefined;
  if (!returns || to === undefined || via?.kind === 'internet') {
    return { connection, forward, fault, back: undefined, backFault: undefined };
  }
  const back = walk(network, to, forward.source, destination);
  const backFault = leavesWay(via, back, answersOf(wayOf(via, from))) ?? misses(back, from, via);
  return { connection, forward, fault, back, backFault };
}

const isLoopback = (address: Address | undefined): boolean =>
  address !== undefined && /^(?:127\.|::1$)/.test(address.text);

/** A name on a VLAN or in a tunnel is taken to mean the address there; elsewhere it is somewhere in the internet. */
function destinationOf(
  network: Network,
  { from, to, via, address }: Connection,
): Address | 'unknown' | undefined {
  const given = literal(address);
  if (given !== undefined) return given;
  if (via?.kind === 'internet') {
    const { routes } = network.state(from);
    const family = ([4, 6] as const).find(candidate => routes.exact(ANYWHERE[candidate]()) !== undefined);
    return SOMEWHERE[family ?? 4]();
  }
  if (via === undefined || (address !== undefined && to === undefined)) return 'unknown';
  const end = to && addressOn(to, via);
  return literal(end?.address);
}

/** The far end is not on the network: where packets to another address of it would go. */
function unaddressed(network: Network, connection: Connection): Verdict {
  const { from, to, via } = connection;
  const elsewhere = to && otherAddress(to);
  const forward = elsewhere && walk(network, from, elsewhere);
  const left = forward && (leavesWay(via, forward, wayOf(via, from)) ?? misses(forward, to, via));
  const missing = `\`${to?.key}\` has no known address on \`${via?.text}\``;
  const also = left && `: packets from \`${from.key}\` to its ${elsewhere?.text} ${left.detail}`;
  const fault: Fault = {
    reason: 'no-address',
    host: to ?? from,
    decision: left?.decision,
    detail: `${missing}${also ?? ''}`,
  };
  return { connection, forward, back: undefined, backFault: undefined, fault };
}

/** That of a network for data, where there is one: management is what the traffic should keep off. */
function otherAddress({ nics }: Host): Address | undefined {
  const known = [...nics.values()].filter(({ addresses }) => addresses.length > 0);
  const nic = known.find(({ vlan }) => vlan !== undefined && vlan.spec.purpose !== 'management') ?? known[0];
  return literal(nic?.addresses[0]?.address);
}

function faultOf(connection: Connection, forward: Walk): Fault | undefined {
  const { from, to, via } = connection;
  return (
    leavesWay(via, forward, wayOf(via, from)) ??
    misses(forward, to, via) ??
    wrongSource(connection, forward, from)
  );
}

/** VLANs beside the declared network on which packets may be: those on the client's side of a router. */
interface Beside {
  readonly vlans: readonly Vlan[];
  /** Hop from which on. */
  readonly from: number;
}

const NOTHING: Beside = { vlans: [], from: 0 };

/** Of a client that is not on the VLAN itself. */
const wayOf = (via: Via | undefined, client: Host): Beside =>
  via?.kind === 'vlan' && via.vlan.routedFrom.length > 0 && !isOnVlan(client, via.vlan)
    ? { vlans: via.vlan.routedFrom, from: 0 }
    : NOTHING;

/** Answers leave the server by the declared network itself. */
const answersOf = (beside: Beside): Beside => (beside === NOTHING ? NOTHING : { ...beside, from: 1 });

/** The first hop by an interface that is no part of the declared network. */
function leavesWay(via: Via | undefined, { hops, source }: Walk, beside: Beside): Fault | undefined {
  if (via === undefined || via.kind === 'local') return undefined;
  for (let index = 0; index < hops.length; index++) {
    const hop = hops[index] as Hop;
    const vlans = index < beside.from ? NOTHING.vlans : beside.vlans;
    if (via.kind === 'internet' ? leavesInternet(hop, index) : leavesNetwork(via, hop, vlans))
      return deviation(hop, source);
  }
  return undefined;
}

/** To the internet the declared default route is the way, and no tunnel. */
const leavesInternet = ({ link }: Hop, index: number): boolean =>
  link.wireguard !== undefined ||
  (index === 0 && link.nic?.spec.default_route !== true && link.nic?.spec.dhcp !== true);

/** A router that is no declared host leads nowhere that is known. */
const leavesNetwork = (via: Declared, { link, next, route }: Hop, beside: readonly Vlan[]): boolean =>
  !(isPart(via, link) || (link.nic?.vlan !== undefined && beside.includes(link.nic.vlan))) ||
  (next === undefined &&
    link.nic !== undefined &&
    (route.gateway !== undefined || route.origin === 'default'));

type Declared = Extract<Via, { kind: 'vlan' | 'tunnel' }>;

function isPart(via: Declared, { nic, wireguard }: Link): boolean {
  if (via.kind === 'vlan') return nic?.vlan === via.vlan;
  if (wireguard !== undefined) return wireguard.end.tunnel === via.tunnel;
  return nic?.vlan !== undefined && via.tunnel.endOf.has(nic.vlan);
}

function deviation({ host, link, route, next, decisions }: Hop, source: Address | undefined): Fault {
  const [decision] = decisions;
  const whom = next?.host.key ?? route.gateway?.text;
  const known = next === undefined ? ' (no declared host)' : '';
  const to = whom === undefined ? '' : ` to \`${whom}\`${known}`;
  const as = source === undefined ? '' : `, with source ${source.text}`;
  const at = { host, decision };
  if (link.wireguard !== undefined) {
    const detail = `go into tunnel \`${link.wireguard.end.tunnel.key}\` at \`${host.key}\``;
    return { ...at, reason: 'wrong-tunnel', detail };
  }
  const way = `leave \`${host.key}\` by ${route.origin === 'default' ? 'the default route on ' : ''}\`${link.name}\``;
  const reason = route.origin === 'default' ? 'leaves-by-default-route' : 'wrong-nic';
  return { ...at, reason, detail: `${way}${to}${as}` };
}

/** The end of the walk is not the host that is meant. */
function misses(
  { hops, end, destination }: Walk,
  to: Host | undefined,
  via: Via | undefined,
): Fault | undefined {
  if (end.kind === 'lost') {
    // What is declared apart from interfaces, a proxy in front of the host say, answers by itself.
    if (end.reason === 'no-neighbour' && (via === undefined || isDeclared(to, destination))) return undefined;
    const { reason, host, decision } = end;
    return { reason, host, decision, detail: `are lost at \`${host.key}\`: ${end.detail}` };
  }
  if (end.kind === 'unknown-router') return undefined;
  const last = hops.at(-1);
  if (to !== undefined && end.host !== to) {
    const detail = `arrive at \`${end.host.key}\`, which has the address`;
    return { reason: 'wrong-host', host: end.host, decision: last?.decisions[0], detail };
  }
  if (via?.kind !== 'tunnel' || hops.some(({ link }) => link.wireguard !== undefined)) return undefined;
  const detail = 'arrive without passing the tunnel';
  return { reason: 'not-through-tunnel', host: end.host, decision: last?.decisions[0], detail };
}

const isDeclared = (host: Host | undefined, { text }: Address): boolean =>
  [host?.spec.api?.address, host?.spec.ssh?.address].some(address => literal(address)?.text === text);

/** Exports and keys let in the address on the network; any other must at least be on it. */
function wrongSource(
  { via, strict }: Connection,
  { source, hops, destination }: Walk,
  from: Host,
): Fault | undefined {
  if (source === undefined || via === undefined || via.kind === 'internet') return undefined;
  const meant = sourceOn(from, via, destination.version)?.address;
  const state = hops[0];
  if (meant === undefined || meant === source.text) return undefined;
  const owner = [...from.nics.values()].find(nic =>
    nic.addresses.some(({ address }) => address === source.text),
  );
  const inside =
    via.kind === 'tunnel' &&
    via.tunnel.ends.some(
      end => end.host === from && end.addresses.some(({ address }) => address === source.text),
    );
  const onVia =
    inside ||
    (owner?.vlan !== undefined && (isVlanOf(via, owner.vlan) || wayOf(via, from).vlans.includes(owner.vlan)));
  if (onVia && !strict) return undefined;
  const detail = `come from ${source.text} instead of ${meant}, the address of \`${from.key}\` on \`${via.text}\``;
  return { reason: 'wrong-source', host: from, decision: state?.decisions[0], detail };
}

const isVlanOf = (via: Via, vlan: NonNullable<Link['nic']>['vlan']): boolean =>
  via.kind === 'vlan'
    ? via.vlan === vlan
    : via.kind === 'tunnel' && vlan !== undefined && via.tunnel.endOf.has(vlan);
