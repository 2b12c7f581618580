/** Findings about connections that do not take their declared way: the walked path in words, with what decided it. */
import { interfacesOf } from '../analyses/network/proof.ts';
import type { Fault, Verdict } from '../analyses/network/verdict.ts';
import type { Walk } from '../analyses/network/walk.ts';
import { isOnVlan } from '../analyses/routers.ts';
import type { Related } from '../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Host, Vlan } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import { type CauseOf, decided, others } from './network-rule.ts';
import type { Finding } from './rule.ts';

export interface Fallen {
  readonly verdict: Verdict;
  readonly fault: Fault;
  readonly walk: Walk | undefined;
  /** Who sends these packets, for people. */
  readonly packets: string;
}

const MOST_NAMED = 5;

/** One finding for all connections that fall at one place for one reason; the first in full, some others named. */
export function* faultFindings(fallen: readonly Fallen[], causeOf: CauseOf): Generator<Finding> {
  const groups = groupBy(fallen, ({ verdict, fault }) => `${verdict.connection.via?.text} ${fault.detail}`);
  for (const [first, ...rest] of groups.values()) {
    if (first === undefined) continue;
    const named = new Map(rest.map(({ verdict: { connection } }) => [connection.what, connection]));
    named.delete(first.verdict.connection.what);
    const same = [...named.values()].slice(0, MOST_NAMED).map(({ what, path }) => ({
      message: `the same happens to ${what}`,
      place: atValue(path),
    }));
    yield finding(first, rest.length + 1, [...hopsOf(first, causeOf), ...same]);
  }
}

function finding({ verdict, fault, walk, packets }: Fallen, count: number, related: Related[]): Finding {
  const { what, via, path } = verdict.connection;
  const must = via === undefined ? 'must reach its server' : `must use ${nameOf(via)}`;
  const way = walk === undefined || walk.hops.length === 0 ? '' : ` (${interfacesOf(walk).join(' → ')})`;
  const says = fault.reason === 'no-address' ? fault.detail : `${packets} ${fault.detail}`;
  return {
    message: `${what}${others(count)} ${must}, and ${says}${way}`,
    place: via === undefined ? atKey(path) : atValue(path),
    related,
    help: helpFor(fault, verdict),
  };
}

const nameOf = (via: NonNullable<Verdict['connection']['via']>): string =>
  via.kind === 'internet'
    ? 'the internet'
    : via.kind === 'tunnel'
      ? `tunnel \`${via.text}\``
      : `\`${via.text}\``;

/** The decisions on the way, then the one at which it ended. */
function hopsOf({ walk, fault }: Fallen, causeOf: CauseOf): Related[] {
  const onWay = (walk?.hops ?? []).flatMap(({ host, link, decisions }) =>
    decisions.slice(0, 1).flatMap(decision => decided(`\`${host.key}:${link.name}\``, decision, causeOf)),
  );
  const { decision, host } = fault;
  const known = decision && walk?.hops.some(({ decisions: [first] }) => first === decision);
  return decision === undefined || known
    ? onWay
    : [...onWay, ...decided(`\`${host.key}\``, decision, causeOf)];
}

function helpFor({ reason, host }: Fault, { connection: { via, from, to }, forward }: Verdict): string {
  if (via?.kind === 'tunnel' && via.tunnel.state !== 'active') {
    return `tunnel \`${via.text}\` is \`${via.tunnel.state}\`: nothing is rendered for it; set \`state: active\`, or make what uses it \`planned\` too`;
  }
  const near = via?.kind === 'vlan' && host === to ? clientsVlan(via.vlan, from, to) : undefined;
  if (near !== undefined) {
    return `\`${to?.key}\` has an address on \`${near.ref}\`, too, and answers there without a router: write \`via: ${near.ref}\``;
  }
  switch (reason) {
    case 'leaves-by-default-route':
    case 'wrong-nic':
    case 'not-through-tunnel':
      return via?.kind === 'tunnel'
        ? `\`carries\` of tunnel \`${via.text}\` must name a VLAN of \`${from.key}\` and one of \`${to?.key}\`, and no other interface may be nearer to the address`
        : `no other interface or route of \`${host.key}\` may be nearer to the address`;
    case 'wrong-tunnel':
      return `two tunnels lead to the same network: let only one of them carry it`;
    case 'no-forwarding':
      return `give \`${host.key}\` the role \`gateway\`, or use a network that does not lead through it`;
    case 'no-route':
    case 'unreachable':
      if (via?.kind === 'vlan' && host === from && forward && lacksFamily(from, via.vlan, forward)) {
        return `give \`${from.key}\` an IPv${forward.destination.version} address on \`${via.text}\`, or all other clients a way there in the family that it has`;
      }
      return `\`${host.key}\` needs a default route, or a tunnel that carries the network`;
    case 'no-address':
      return `give \`${to?.key}\` an interface with an address there, or let \`carries\` name a VLAN that it is on`;
    default:
      return `compare ${via?.kind === 'tunnel' ? 'what `carries` and the addresses' : 'what the addresses'} of \`${host.key}\` say with the lines named here`;
  }
}

/** On the network, and not in the family of the server's address, which all clients of a storage share. */
const lacksFamily = (client: Host, vlan: Vlan, { destination: { version } }: Walk): boolean =>
  isOnVlan(client, vlan) &&
  vlan.nics.every(
    ({ host, addresses }) => host !== client || addresses.every(({ family }) => family !== version),
  );

/** The VLAN on which a client is that is routed to the one that it must use, where its server is, too. */
const clientsVlan = ({ routedFrom }: Vlan, client: Host, server: Host): Vlan | undefined =>
  routedFrom.find(vlan => isOnVlan(client, vlan) && isOnVlan(server, vlan));
