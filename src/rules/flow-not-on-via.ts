import { gatewayOf, leavesByDefault } from '../analyses/default-routes.ts';
import {
  type Alternatives,
  alternativesIn,
  isOn,
  isUnclear,
  type Reach,
  reachOver,
} from '../analyses/via-reach.ts';
import { type ViaUse, viaUses } from '../analyses/via-uses.ts';
import { atKey, atValue, type Related } from '../diagnostics/diagnostic.ts';
import type { Host, Nic, Tunnel, Vlan } from '../model/topology.ts';
import { FAMILIES, parseAddress } from '../net/address.ts';
import { isLoopback } from '../net/private.ts';
import type { Finding, Rule } from './rule.ts';

export const flowNotOnVia: Rule = {
  id: 'flow-not-on-via',
  severity: 'error',
  summary: 'A flow, storage or mount must use a network that one of its ends is not on.',
  why: 'The traffic would leave by another interface, most often by the default gateway: it fails, or it silently takes the management network.',
  fix: 'Give the host an interface with an address on that network (for a tunnel: on a VLAN that the tunnel carries), or name a network that both ends are on. If clients reach it by a router, give the VLAN `routed_from`.',
  example: {
    bad: 'storages: { pbs: { cluster: pve, datastore: main, via: home/storage } } # pve has no NIC on storage',
    good: 'pve-1: { nics: { vmbr1: { vlan: storage, address: 10.10.30.11 } } }',
  },
  *check({ topology }) {
    const alternatives = alternativesIn(topology);
    for (const use of viaUses(topology)) if (!isOnPath(use)) yield* judge(use, alternatives);
  },
};

/** One client and its server on a network of their own, by no declared address: nearly all are this, and are well. */
function isOnPath({ via, clients, server, service, cloud }: ViaUse): boolean {
  if (cloud !== undefined || (via.kind !== 'vlan' && via.kind !== 'tunnel')) return false;
  if (service !== undefined && server?.spec[service]?.address !== undefined) return false;
  return clients.every(client => reachOver(via, client, server, false).kind === 'ok');
}

function* judge(use: ViaUse, alternatives: Alternatives): Iterable<Finding> {
  const { via, clients, server } = use;
  if (via.kind === 'local') {
    const far = clients.find(client => server !== undefined && client !== server);
    if (far && server) yield notLocal(use, far, server, alternatives);
    else if (server === undefined) yield* elsewhereThanLocal(use);
    return;
  }
  if (via.kind === 'internet') {
    yield* clients.filter(hasNoWayOut).map(client => noWayOut(use, client));
    if (server && !isNamed(server, use)) yield unnamed(use, server);
    return;
  }
  if (via.kind === 'tunnel' && use.cloud !== undefined) {
    yield notInTunnel(use, use.cloud);
    return;
  }
  const declared = use.service && server?.spec[use.service]?.address;
  const known = declared !== undefined;
  const address = known ? parseAddress(declared) : undefined;
  if (server && address && clients.some(client => client !== server) && !isOn(via, address)) {
    yield elsewhere(use, server, address.text);
  }
  const reported = new Set<Host>();
  for (const client of clients) {
    const reach = reachOver(via, client, server, known);
    if (reach.kind === 'absent' && (reported.has(reach.host) || isUnclear(reach.host, via))) continue;
    if (reach.kind === 'absent') reported.add(reach.host);
    if (reach.kind === 'absent' || reach.kind === 'same-side') yield offVia(use, client, reach, alternatives);
    else if (use.cloud !== undefined && via.kind === 'vlan') yield* leavesElsewhere(use, client, via.vlan);
  }
}

/** Packets to a provider take the default route, whatever `via` says. */
function* leavesElsewhere(use: ViaUse, client: Host, vlan: Vlan): Iterable<Finding> {
  const leaving = [...client.nics.values()].filter(nic => FAMILIES.some(each => leavesByDefault(nic, each)));
  if (leaving.some(nic => nic.vlan === vlan)) return;
  const [nic] = leaving;
  if (nic === undefined) {
    yield noWayOut(use, client);
    return;
  }
  yield {
    message: `${use.what} must use \`${vlan.ref}\`, and \`${client.key}\` reaches the servers of ${use.cloud} by its default route, on \`${nic.key}\``,
    place: atValue(use.path),
    related: [{ message: 'the default route', place: atKey(nic.path) }],
    help: 'use `via: internet`, or let the default route leave by that VLAN',
  };
}

/** Of a name it is not known whose it is. */
function* elsewhereThanLocal(use: ViaUse): Iterable<Finding> {
  const { what, path, cloud, named, clients } = use;
  const address = named && parseAddress(named.text);
  const isTheirs = (client: Host) =>
    [...client.nics.values()].some(nic => nic.addresses.some(own => own.address === address?.text));
  if (cloud !== undefined) {
    yield {
      message: `${what} is \`local\`, and the servers of ${cloud} are in the internet`,
      place: atValue(path),
      help: 'use `via: internet`',
    };
  } else if (named && address && !isLoopback(address) && !clients.every(isTheirs)) {
    yield {
      message: `${what} is \`local\`, and \`${address.text}\` is no address of \`${clients.find(client => !isTheirs(client))?.key}\``,
      place: atValue(path),
      related: [{ message: 'the address', place: atValue(named.path) }],
      help: 'name the network on which that address is, or `internet`',
    };
  }
}

const elsewhere = ({ what, via, path, service }: ViaUse, server: Host, address: string): Finding => ({
  message: `${what} must use \`${via.text}\`, and \`${server.key}\` is reached at \`${address}\`, which is not an address of it`,
  place: atValue(path),
  related: [{ message: 'the address', place: atValue([...server.path, service ?? '', 'address']) }],
  help: `correct \`${service}.address\` of \`${server.key}\`, or leave it out: its address on that network is then used`,
});

type Off = Extract<Reach, { kind: 'absent' | 'same-side' }>;

function offVia(use: ViaUse, client: Host, reach: Off, alternatives: Alternatives): Finding {
  const { what, via, path, server } = use;
  const shared = server ? quoted(alternatives(client, server)) : '';
  const instead = shared === '' ? '' : `; both ends are on ${shared}`;
  const place = atValue(path);
  if (reach.kind === 'absent') {
    const { host, why, nic } = reach;
    const carries = via.kind === 'tunnel' ? carriesOf(via.tunnel, host) : undefined;
    return {
      message: `${what} must use \`${via.text}\`, and \`${host.key}\` ${why}`,
      place,
      related: [{ message: 'the host', place: atKey(host.path) }, ...(carries?.related ?? [])],
      help: `${carries?.help ?? ''}${addressFor(host, nic)}${instead || byRouter(use, host)}`,
    };
  }
  return {
    message: `${what} must use tunnel \`${via.text}\`, and \`${client.key}\` and \`${server?.key}\` are on the same side of it, behind \`${reach.end.key}\``,
    place,
    related: [{ message: 'the end', place: atKey(reach.end.path) }],
    help: `name the network between the two hosts${instead}`,
  };
}

function addressFor({ key }: Host, nic: Nic | undefined): string {
  if (nic === undefined) return `give \`${key}\` an interface with an address there`;
  return nic.spec.dhcp === true
    ? `whoever connects must know where: write \`address\` in the place of \`dhcp\` at \`${nic.key}\` of \`${key}\``
    : `give \`${nic.key}\` of \`${key}\` an address there`;
}

/** A client on another VLAN of the site may be routed, if the owner says so. */
function byRouter({ via, server }: ViaUse, client: Host): string {
  if (via.kind !== 'vlan' || client === server || client.site !== via.vlan.site) return '';
  const { routedFrom } = via.vlan;
  const asks = [...client.nics.values()].find(
    nic => nic.spec.dhcp === true && nic.vlan !== undefined && routedFrom.includes(nic.vlan),
  );
  if (asks?.vlan !== undefined && leavesByDefault(asks, 4) && gatewayOf(asks, 4) === undefined) {
    return `; or, if DHCP leads to the router, write its address as \`gateway\` of VLAN \`${asks.vlan.ref}\``;
  }
  const vlans = [...client.nics.values()].flatMap(({ vlan }) => (vlan === undefined ? [] : [vlan]));
  const from = vlans.find(({ spec }) => spec.purpose !== 'management') ?? vlans[0];
  if (from === undefined || from === via.vlan || routedFrom.includes(from)) return '';
  return `; or, if a router leads there from \`${from.ref}\`, say so: \`routed_from: [${from.key}]\` at VLAN \`${via.text}\``;
}

/** What a tunnel carries is more often wrong than that a host lacks an interface. */
function carriesOf({ spec, path }: Tunnel, { nics }: Host): { related: Related[]; help: string } {
  const place = spec.carries === undefined ? atKey(path) : atValue([...path, 'carries']);
  const vlans = new Set([...nics.values()].flatMap(({ vlan }) => (vlan === undefined ? [] : [vlan.ref])));
  const help = vlans.size === 0 ? '' : `let \`carries\` of the tunnel name ${orList([...vlans])}, or `;
  return { related: [{ message: 'what the tunnel carries', place }], help };
}

const orList = (names: readonly string[]): string =>
  names
    .slice(0, 5)
    .map(name => `\`${name}\``)
    .join(' or ');

const notLocal = (use: ViaUse, client: Host, server: Host, alternatives: Alternatives): Finding => ({
  message: `${use.what} is \`local\`, and \`${client.key}\` and \`${server.key}\` are two hosts`,
  place: atValue(use.path),
  related: [client, server].map(host => ({ message: `\`${host.key}\``, place: atKey(host.path) })),
  help: `name the network between them: ${quoted(alternatives(client, server)) || 'a VLAN or a tunnel'}`,
});

const quoted = (names: readonly string[]): string =>
  names
    .slice(0, 5)
    .map(name => `\`${name}\``)
    .join(', ');

const notInTunnel = ({ what, via, path }: ViaUse, cloud: string): Finding => ({
  message: `${what} must use tunnel \`${via.text}\`, and the servers of ${cloud} are not behind it`,
  place: atValue(path),
  help: 'use `via: internet`',
});

/** A host without interfaces is one of which nothing is known. */
const hasNoWayOut = ({ nics }: Host): boolean =>
  nics.size > 0 && ![...nics.values()].some(({ spec }) => spec.default_route === true || spec.dhcp === true);

const noWayOut = (use: ViaUse, client: Host): Finding => ({
  message: `${use.what} must use ${use.via.kind === 'internet' ? 'the internet' : `\`${use.via.text}\``}, and \`${client.key}\` has no default route`,
  place: atValue(use.path),
  related: [{ message: 'its interfaces', place: atKey([...client.path, 'nics']) }],
  help: 'set `default_route: true` at the interface that leads out',
});

const isNamed = (server: Host, { service }: ViaUse): boolean =>
  // Of buckets and relays the name is declared elsewhere.
  service === undefined || server.spec.fqdn !== undefined || server.spec[service]?.address !== undefined;

const unnamed = (use: ViaUse, server: Host): Finding => ({
  message: `${use.what} must use the internet, and \`${server.key}\` has no public name`,
  place: atValue(use.path),
  related: [{ message: 'the host', place: atKey(server.path) }],
  help: `set \`fqdn\` or \`${use.service}.address\` of \`${server.key}\``,
});
