/** Whether two hosts are on a network, and in which address families. */
import type { Host, Nic, Site, Topology, Tunnel, TunnelEnd, Via, Vlan } from '../model/topology.ts';
import { type Address, FAMILIES, parseCidr } from '../net/address.ts';
import { contains } from '../net/prefix.ts';
import { isOnVlan, routedWay, routersTo } from './routers.ts';

export type Family = 4 | 6;

/** A way in which a host is on a network. */
interface Attachment {
  /** Tunnel end on whose side it is; undefined on a VLAN. */
  readonly side: TunnelEnd | undefined;
  /** Empty: by DHCP, not known. */
  readonly families: readonly Family[];
}

export type Reach =
  | { readonly kind: 'ok' }
  /** The host is not on the network; `why` is the rest of a sentence about it. `nic`: is there, without a known address. */
  | { readonly kind: 'absent'; readonly host: Host; readonly why: string; readonly nic: Nic | undefined }
  /** Both are on the same side of a tunnel. */
  | { readonly kind: 'same-side'; readonly end: TunnelEnd }
  | { readonly kind: 'no-family'; readonly client: readonly Family[]; readonly server: readonly Family[] };

/**
 * How `client` reaches `server` on a VLAN or through a tunnel. `known`: the address of the server is declared apart
 * from its interfaces, since something in front of it (NAT, a proxy) has it.
 */
export function reachOver(
  via: Extract<Via, { kind: 'vlan' | 'tunnel' }>,
  client: Host,
  server: Host | undefined,
  known: boolean,
): Reach {
  if (server !== undefined && server !== client && areTogether(via, client, server)) return OK;
  const own = attachments(client, via);
  const from = own.length > 0 || via.kind === 'tunnel' ? own : routedAttachments(client, via.vlan);
  if (from.length === 0) return absent(client, via, unrouted(client, via));
  if (server === undefined || server === client) return { kind: 'ok' };
  const to = attachments(server, via).filter(({ families }) => known || families.length > 0);
  if (to.length === 0 && known) return { kind: 'ok' };
  if (to.length === 0) return absent(server, via);
  const pairs = from.flatMap(a =>
    to.filter(b => a.side === undefined || a.side !== b.side).map(b => [a, b] as const),
  );
  if (pairs.length === 0) return { kind: 'same-side', end: from[0]?.side as TunnelEnd };
  if (known || pairs.some(([a, b]) => shareFamily(a.families, b.families))) return { kind: 'ok' };
  return { kind: 'no-family', client: familiesOf(from), server: familiesOf(to) };
}

const OK: Reach = { kind: 'ok' };

/** Two interfaces that see each other: so it is nearly everywhere, and what is missing elsewhere needs more to tell. */
function areTogether(via: Extract<Via, { kind: 'vlan' | 'tunnel' }>, client: Host, server: Host): boolean {
  for (const a of client.nics.values()) {
    if (!isUp(a) || !isOnVia(a, via)) continue;
    for (const b of server.nics.values()) {
      if (b.addresses.length > 0 && isAcross(a, b, via) && haveFamily(a.addresses, b.addresses)) return true;
    }
  }
  return false;
}

const isOnVia = ({ vlan }: Nic, via: Extract<Via, { kind: 'vlan' | 'tunnel' }>): boolean =>
  via.kind === 'vlan' ? vlan === via.vlan : vlan !== undefined && via.tunnel.endOf.has(vlan);

/** Whether the second interface is on the network, and behind another end where it is a tunnel. */
function isAcross(a: Nic, b: Nic, via: Extract<Via, { kind: 'vlan' | 'tunnel' }>): boolean {
  if (!isOnVia(b, via)) return false;
  return via.kind === 'vlan' || via.tunnel.endOf.get(a.vlan as Vlan) !== via.tunnel.endOf.get(b.vlan as Vlan);
}

/** Of addresses by DHCP the family is not known. */
function haveFamily(a: Nic['addresses'], b: Nic['addresses']): boolean {
  if (a.length === 0) return true;
  for (const { family } of a) for (const other of b) if (other.family === family) return true;
  return false;
}

const shareFamily = (a: readonly Family[], b: readonly Family[]): boolean =>
  a.length === 0 || b.length === 0 || a.some(family => b.includes(family));

const familiesOf = (list: readonly Attachment[]): Family[] =>
  [...new Set(list.flatMap(({ families }) => families))].sort();

function attachments(host: Host, via: Extract<Via, { kind: 'vlan' | 'tunnel' }>): Attachment[] {
  const nics = [...host.nics.values()];
  if (via.kind === 'vlan') {
    return nics
      .filter(nic => nic.vlan === via.vlan && isUp(nic))
      .map(nic => ({ side: undefined, families: families(nic) }));
  }
  const { tunnel } = via;
  const carried = nics.flatMap(nic => {
    const side = nic.vlan && tunnel.endOf.get(nic.vlan);
    return side !== undefined && isUp(nic) ? [{ side, families: families(nic) }] : [];
  });
  const own = tunnel.ends.find(end => end.host === host);
  return own === undefined
    ? carried
    : [...carried, { side: own, families: own.addresses.map(({ family }) => family) }];
}

/** By a router; where none is known at all, that is said once, at the VLAN. */
function routedAttachments(client: Host, vlan: Vlan): Attachment[] {
  const found: Attachment[] = [];
  for (const [from, routers] of vlan.routedFrom.length === 0 ? [] : routersTo(vlan)) {
    const isSaid = routers[4] === undefined && routers[6] === undefined;
    if (isSaid && isOnVlan(client, from)) found.push({ side: undefined, families: [] });
  }
  for (const family of FAMILIES) {
    const way = routedWay(client, vlan, family);
    if (way !== undefined) found.push({ side: undefined, families: way.own === undefined ? [] : [family] });
  }
  return found;
}

const isUp = ({ addresses, spec }: Nic): boolean => addresses.length > 0 || spec.dhcp === true;
const families = ({ addresses }: Nic): Family[] => addresses.map(({ family }) => family);

function absent(host: Host, via: Extract<Via, { kind: 'vlan' | 'tunnel' }>, more = ''): Reach {
  const isThere =
    via.kind === 'vlan' ? (vlan: Vlan) => vlan === via.vlan : (vlan: Vlan) => via.tunnel.endOf.has(vlan);
  const nic = [...host.nics.values()].find(one => one.vlan && isThere(one.vlan));
  const why = nic
    ? `has no ${nic.spec.dhcp === true ? 'known ' : ''}address there (\`${nic.key}\`)`
    : via.kind === 'vlan'
      ? 'has no interface on it'
      : 'has no interface on a VLAN that the tunnel carries';
  return { kind: 'absent', host, why: why + more, nic };
}

/** The same of a client that could be routed. */
function unrouted(client: Host, via: Extract<Via, { kind: 'vlan' | 'tunnel' }>): string {
  const from = via.kind === 'vlan' ? via.vlan.routedFrom.filter(vlan => isOnVlan(client, vlan)) : [];
  if (from.length === 0) return '';
  return `, and no address on ${from.map(({ ref }) => `\`${ref}\``).join(', ')} with which a router leads there`;
}

/**
 * Whether something that was said already keeps us from knowing that a host is not on a network: a VLAN that the tunnel
 * is to carry and nobody knows, an interface of the host on an unknown VLAN or without an address that can be read.
 */
export function isUnclear(host: Host, via: Extract<Via, { kind: 'vlan' | 'tunnel' }>): boolean {
  const isOpen = ({ vlan, addresses, spec }: Nic): boolean =>
    (spec.vlan !== undefined && vlan === undefined) ||
    addresses.length < [spec.address, spec.address6].filter(one => one !== undefined).length;
  if ([...host.nics.values()].some(isOpen)) return true;
  if (via.kind === 'vlan') return false;
  const { spec, ends, endOf } = via.tunnel;
  const carried = new Set([...endOf.keys()].map(({ ref }) => ref));
  const wanted = [spec, ...ends.map(end => end.spec)].flatMap(({ carries }) => carries ?? []);
  return ends.length < Object.keys(spec.ends).length || wanted.some(ref => !carried.has(ref));
}

/** Whether an address is one of the network: of the VLAN, of those that the tunnel carries, or inside the tunnel. */
export function isOn(via: Extract<Via, { kind: 'vlan' | 'tunnel' }>, address: Address): boolean {
  const networks = via.kind === 'vlan' ? [via.vlan] : [via.tunnel, ...via.tunnel.endOf.keys()];
  return networks.some(network => isInside(network, address));
}

/** Whether an address is one of the subnets of a VLAN or tunnel. */
export const isInside = ({ prefixes }: Pick<Vlan, 'prefixes'>, address: Address): boolean =>
  prefixes.some(({ text }) => {
    const prefix = parseCidr(text);
    return prefix !== undefined && contains(prefix, address);
  });

/** VLANs and tunnels by which one host could reach another, for suggestions. */
export type Alternatives = (from: Host, to: Host) => readonly string[];

/** Tunnels are sorted by the sites of their ends when the first suggestion is asked for. */
export function alternativesIn({ tunnels }: Topology): Alternatives {
  let bySite: Map<Site, Set<Tunnel>> | undefined;
  return (from, to) => {
    bySite ??= tunnelsBySite(tunnels.values());
    const vlans = [...from.nics.values()].flatMap(({ vlan }) => (vlan === undefined ? [] : [vlan]));
    const vias = [
      ...[...new Set(vlans)].map(vlan => ({ kind: 'vlan', vlan, text: vlan.ref }) as const),
      ...[...(bySite.get(from.site) ?? [])].map(
        tunnel => ({ kind: 'tunnel', tunnel, text: tunnel.key }) as const,
      ),
    ];
    return vias.filter(via => reachOver(via, from, to, false).kind === 'ok').map(({ text }) => text);
  };
}

function tunnelsBySite(tunnels: Iterable<Tunnel>): Map<Site, Set<Tunnel>> {
  const bySite = new Map<Site, Set<Tunnel>>();
  for (const tunnel of tunnels) {
    if (tunnel.state !== 'active') continue;
    for (const { host } of tunnel.ends)
      bySite.set(host.site, (bySite.get(host.site) ?? new Set()).add(tunnel));
  }
  return bySite;
}
