/** What a host does with packets: addresses, routes, tunnels, forwarding, as its files and its declaration make it. */

import { readInterfaces } from '../../formats/interfaces/read.ts';
import type { Host, Nic, TunnelEnd } from '../../model/topology.ts';
import {
  type Address,
  addressBits,
  type Cidr,
  cidrOf,
  FAMILIES,
  type IpVersion,
  parseAddress,
  parseCidr,
} from '../../net/address.ts';
import type { AddressCache } from '../../net/address-cache.ts';
import type { PrefixTable } from '../../net/longest-prefix.ts';
import { contains } from '../../net/prefix.ts';
import { once } from '../../once.ts';
import { gatewayOf, leavesByDefault } from '../default-routes.ts';
import { isLinkLocal } from '../link-local.ts';
import type { Routed } from '../routers.ts';
import type { Route as DerivedRoute } from '../routes.ts';
import type { Decision } from './decision.ts';
import { type Forwarding, forwardingOf } from './forwarding.ts';
import { readRouteCommand } from './ip-route.ts';
import { literal } from './literal.ts';
import { type Route, type RouteList, routeList } from './route-list.ts';
import type { TextFile } from './text-file.ts';
import type { AllowedIp, WireguardLink } from './wireguard-link.ts';

/** An interface: a NIC or the end of a tunnel. */
export interface Link {
  readonly name: string;
  readonly nic: Nic | undefined;
  readonly wireguard: WireguardLink | undefined;
  readonly mtu: number;
  readonly addresses: readonly Cidr[];
}

export interface HostState {
  readonly host: Host;
  readonly links: ReadonlyMap<string, Link>;
  /** The interface of each own address, by canonical text. */
  readonly local: ReadonlyMap<string, Link>;
  readonly routes: PrefixTable<Route>;
  readonly forwarding: (version: IpVersion) => Forwarding;
}

export interface HostSources {
  /** There are files; without, what they would say is derived. */
  readonly rendered: boolean;
  /** Ends of tunnels on this host, in any state. */
  readonly ends: readonly TunnelEnd[];
  /** Between which VLANs it is the router. */
  readonly routed: readonly Routed[];
  readonly wireguard: readonly WireguardLink[];
  readonly fragment: TextFile | undefined;
  readonly sysctl: TextFile | undefined;
  /** Routes that somebody else is told to make, or that are not rendered yet. */
  readonly derived: readonly DerivedRoute[];
  /** Hosts have networks and gateways in common. */
  readonly addresses: AddressCache;
}

/** In the order of a boot: addresses, default routes, the fragment, then tunnels. */
export function hostState(host: Host, sources: HostSources): HostState {
  const links = new Map<string, Link>();
  const local = new Map<string, Link>();
  const list = routeList();
  const open = (link: Link): void => {
    links.set(link.name, link);
    for (const { address } of link.addresses) if (!local.has(address.text)) local.set(address.text, link);
  };
  for (const nic of host.nics.values()) {
    const link = nicLink(nic);
    open(link);
    putConnected(list, link, connectedOf(nic, link));
  }
  putDefaults(list, host);
  const put = putter(list, links, local, sources.addresses);
  if (sources.fragment !== undefined) putCommands(put, sources.fragment);
  for (const route of sources.derived) list.put(derived(route, sources.addresses), 'replace');
  for (const wireguard of sources.wireguard) {
    const { end, mtu, addresses } = wireguard;
    const link = { name: end.interface, nic: undefined, wireguard, mtu, addresses };
    open(link);
    putConnected(list, link, addresses);
    for (const allowed of wireguard.routed) {
      if (allowed.prefix.length < addressBits(allowed.prefix.version))
        list.put(routeInto(wireguard, allowed), 'add');
    }
    for (const command of wireguard.commands) put(command, link.name, wireguard.assumed && !host.takesFiles);
  }
  return {
    host,
    links,
    local,
    routes: list.table(),
    forwarding: forwardingOf(host, sources.ends, sources.routed, sources.sysctl, sources.rendered),
  };
}

const NO_ADDRESSES: readonly Cidr[] = [];

function nicLink(nic: Nic): Link {
  let addresses: readonly Cidr[] = NO_ADDRESSES;
  for (const { address, length } of nic.addresses) {
    const parsed = literal(address);
    if (parsed !== undefined) addresses = [...addresses, cidrOf(parsed, length)];
  }
  return { name: nic.key, nic, wireguard: undefined, mtu: nic.mtu, addresses };
}

/** Where default routes lead. */
export const ANYWHERE = {
  4: once(() => parseCidr('0.0.0.0/0') as Cidr),
  6: once(() => parseCidr('::/0') as Cidr),
};

/** Addresses of no network (RFC 1112 §4; outside of what is assigned of 2000::/3): only a default route leads there. */
export const SOMEWHERE = {
  4: once(() => parseAddress('240.0.0.1') as Address),
  6: once(() => parseAddress('4000::1') as Address),
};

/** By DHCP the address is not known, and the network is that of the VLAN. */
function connectedOf({ spec, vlan }: Nic, { addresses }: Link): readonly Cidr[] {
  if (spec.dhcp !== true || vlan === undefined) return addresses;
  const others = vlan.prefixes.filter(({ family }) => !addresses.some(({ version }) => version === family));
  return [...addresses, ...others.flatMap(({ text }) => parseCidr(text) ?? [])];
}

/** The kernel's own metrics: 0 for IPv4, 256 for IPv6 (IP6_RT_PRIO_ADDRCONF). */
function putConnected(
  list: RouteList,
  { name, nic, wireguard, addresses }: Link,
  networks: readonly Cidr[],
): void {
  for (const network of networks) {
    const path = nic?.path ?? wireguard?.end.path;
    list.put(
      {
        prefix: network,
        metric: network.version === 4 ? 0 : 256,
        device: name,
        gateway: undefined,
        source: addresses.includes(network) ? network.address : undefined,
        mtu: undefined,
        origin: 'connected',
        assumed: false,
        decision: { text: `\`${name}\` is on ${network.network}`, ...(path && { path }) },
      },
      'append',
    );
  }
}

/** Without a declared default route, that of DHCP. */
function putDefaults(list: RouteList, { nics }: Host): void {
  for (const nic of nics.values()) {
    const key = nic.spec.default_route === true ? 'default_route' : 'dhcp';
    for (const family of FAMILIES) if (leavesByDefault(nic, family)) putDefault(list, nic, family, key);
  }
}

/** On a VLAN the gateway is declared, or DHCP names it; other interfaces lead out of what is declared anyway. */
function putDefault(list: RouteList, nic: Nic, family: 4 | 6, key: 'default_route' | 'dhcp'): void {
  const gateway = gatewayOf(nic, family);
  if (gateway === undefined && nic.vlan !== undefined && nic.spec.dhcp !== true) return;
  const text = `the default route of \`${nic.host.key}\` leaves by \`${nic.key}\``;
  const route: Route = {
    prefix: ANYWHERE[family](),
    metric: defaultMetric(family),
    device: nic.key,
    gateway: literal(gateway),
    source: undefined,
    mtu: undefined,
    origin: 'default',
    assumed: false,
    decision: { text, path: [...nic.path, key] },
  };
  list.put(route, 'append');
}

/** As wg-quick makes it. */
const routeInto = ({ end, assumed }: WireguardLink, { prefix, decision }: AllowedIp): Route => ({
  prefix,
  metric: defaultMetric(prefix.version),
  device: end.interface,
  gateway: undefined,
  source: undefined,
  mtu: undefined,
  origin: 'static',
  assumed,
  decision,
});

/** Of a route by a command that names none. */
const defaultMetric = (version: IpVersion): number => (version === 4 ? 0 : 1024);

/** The note for others names no source: the kernel takes the interface's own address. */
function derived(
  { destination, gateway, nic, source, mtu, causes, host }: DerivedRoute,
  addresses: AddressCache,
): Route {
  const note = host.takesFiles ? '' : `, as _external/${host.key}.md asks`;
  const text = `${destination.text} via ${gateway} on \`${nic.key}\`${note}`;
  return {
    prefix: addresses.cidr(destination.text) as Cidr,
    metric: defaultMetric(destination.family),
    device: nic.key,
    gateway: literal(gateway, addresses),
    source: host.takesFiles ? literal(source) : undefined,
    mtu: host.takesFiles ? mtu : undefined,
    origin: 'static',
    assumed: !host.takesFiles,
    decision: { text, path: causes[0] ?? host.path },
  };
}

type Put = (decision: Decision, on: string, assumed: boolean) => void;

/** `up` lines of the fragment, each with its interface. */
function putCommands(put: Put, { path: file, text }: TextFile): void {
  for (const stanza of readInterfaces(text).stanzas) {
    if (!('options' in stanza)) continue;
    for (const { name, value, line } of stanza.options) {
      if (name === 'up' || name === 'post-up') put({ text: value, at: { file, line } }, stanza.name, false);
    }
  }
}

/**
 * Makes the route of a command, if the kernel takes it: its interface exists, its next hop is on a connected network
 * of that interface, and its source is an own address.
 */
function putter(
  list: RouteList,
  links: ReadonlyMap<string, Link>,
  local: ReadonlyMap<string, Link>,
  addresses: AddressCache,
): Put {
  return (decision, on, assumed) => {
    const command = readRouteCommand(decision.text, on, addresses);
    if (command === undefined) return;
    const { verb, prefix, refuses, gateway, source, mtu, metric } = command;
    const device = command.device ?? onLink(links, gateway)?.name;
    if (!refuses) {
      const link = device === undefined ? undefined : links.get(device);
      if (link === undefined || (source !== undefined && !local.has(source.text))) return;
      if (gateway !== undefined && !reaches(link, gateway)) return;
    }
    const by = refuses ? undefined : device;
    list.put({ prefix, metric, device: by, gateway, source, mtu, origin: 'static', assumed, decision }, verb);
  };
}

function onLink(links: ReadonlyMap<string, Link>, gateway: Address | undefined): Link | undefined {
  if (gateway === undefined) return undefined;
  for (const link of links.values()) if (reaches(link, gateway)) return link;
  return undefined;
}

function reaches({ addresses }: Link, gateway: Address): boolean {
  if (isLinkLocal(gateway)) return true;
  for (const network of addresses) if (contains(network, gateway)) return true;
  return false;
}

/** The address that the host gives packets of its own; undefined when it has it by DHCP. */
export function sourceOf(state: HostState, route: Route): Address | undefined {
  if (route.source !== undefined) return route.source;
  const { version } = route.prefix;
  const { gateway } = route;
  const link = state.links.get(route.device ?? '');
  const own = link?.addresses ?? [];
  const near = gateway && own.find(one => one.version === version && contains(one, gateway));
  const first = near ?? own.find(address => address.version === version);
  if (first !== undefined || link?.nic?.spec.dhcp === true) return first?.address;
  for (const other of state.links.values()) {
    const address = other.addresses.find(one => one.version === version && !isLinkLocal(one.address));
    if (address !== undefined) return address.address;
  }
  return undefined;
}
