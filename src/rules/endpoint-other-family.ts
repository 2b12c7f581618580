import { isLinkLocalText } from '../analyses/link-local.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Host, Tunnel, TunnelEnd } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import { parseAddress } from '../net/address.ts';
import { parseHostPort } from '../net/host-port.ts';
import type { Finding, Rule } from './rule.ts';

export const endpointOtherFamily: Rule = {
  id: 'endpoint-other-family',
  severity: 'warning',
  summary:
    'Two ends of a tunnel can send to each other by no address: the endpoint is IPv6, the other end has IPv4 only.',
  why: 'WireGuard sends its packets to the endpoint as it stands there. Without an address of that family a host has no way to it, and when neither of the two can send the first packet the tunnel stays down.',
  fix: 'Give one of the two an endpoint of a family that the other one has, or declare the address that is missing (`dhcp: true` where a router announces it).',
  example: {
    bad: 'gw-home: { nics: { wan0: { address: 192.0.2.2/24 } } }\nends: { gw-home: {}, gw-dc: { endpoint: "[2001:db8::1]:51820" } }',
    good: 'ends: { gw-home: {}, gw-dc: { endpoint: "203.0.113.10:51820" } }',
  },
  *check({ topology }) {
    for (const tunnel of topology.tunnels.values()) if (tunnel.state !== 'retired') yield* judge(tunnel);
  },
};

/** Families as bits: 1 for IPv4, 2 for IPv6. */
const BOTH = 3;

interface Side {
  readonly end: TunnelEnd;
  /** In which it can send. */
  readonly own: number;
  /** In which it is reached; 0: it waits to be called. */
  readonly at: number;
}

/** One finding per tunnel; ends that are alike are compared once. */
function* judge(tunnel: Tunnel): Iterable<Finding> {
  const sides = tunnel.ends.map(end => ({ end, own: familiesOf(end.host), at: familiesAt(end) }));
  if (sides.every(({ own }) => own === BOTH)) return;
  for (const [first, second] of strangers(sides)) {
    const [caller, called] = second.at === 0 ? [second, first] : [first, second];
    const name = familyName(caller.own);
    yield {
      message: `tunnel \`${tunnel.key}\`: \`${caller.end.key}\` has ${name} only, the endpoint of \`${called.end.key}\` is ${familyName(called.at)}, and the other way round no packet arrives, either`,
      place: atValue([...called.end.path, 'endpoint']),
      related: [{ message: `\`${caller.end.key}\``, place: atKey(caller.end.host.path) }],
      help: `give \`${called.end.key}\` an endpoint that is ${name}, or declare the ${familyName(called.at)} address of \`${caller.end.key}\` (\`dhcp: true\` where a router announces it)`,
    };
    return;
  }
}

/** Of ends that neither can call the other, though one has an endpoint. */
function* strangers(sides: readonly Side[]): Iterable<readonly [Side, Side]> {
  const hub = sides.find(({ end }) => end.isHub);
  const groups = [...groupBy(sides, ({ own, at }) => own * 4 + at).values()];
  const others = hub === undefined ? groups : [[hub]];
  for (const group of groups) {
    for (const other of others) {
      const first = group.find(side => side !== hub) ?? group[0];
      const second = other.find(side => side !== first);
      if (first === undefined || second === undefined) continue;
      const meet = (first.own & second.at) | (second.own & first.at);
      if (meet === 0 && (first.at | second.at) !== 0) yield [first, second];
    }
  }
}

/** Where nothing is known of the outside, both: interfaces on the VLANs that it routes are inside. */
function familiesOf({ nics }: Host): number {
  let found = 0;
  if (![...nics.values()].some(({ vlan, spec }) => vlan === undefined || spec.default_route === true))
    return BOTH;
  for (const { spec, addresses } of nics.values()) {
    if (spec.dhcp === true) return BOTH;
    for (const { family, address } of addresses) if (!isLinkLocalText(address)) found |= family === 4 ? 1 : 2;
  }
  return found === 0 ? BOTH : found;
}

/** A name may have both. */
function familiesAt({ endpoint }: TunnelEnd): number {
  if (endpoint === undefined) return 0;
  const address = parseAddress(parseHostPort(endpoint)?.host ?? '');
  return address === undefined ? BOTH : address.version === 4 ? 1 : 2;
}

const familyName = (families: number): string => (families === 1 ? 'IPv4' : families === 2 ? 'IPv6' : 'both');
