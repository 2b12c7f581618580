/** What a host does with packets: addresses, routes, tunnels, forwarding, as its files and its declaration make it. */

import type { InterfaceStanza } from '../../formats/interfaces/read.ts';
import { readInterfaces } from '../../formats/interfaces/read.ts';
import type { Host, Nic, TunnelEnd } from '../../model/topology.ts';
import {
  type Address,
  addressBits,
  type Cidr,
  cidrOf,
  type IpVersion,
  parseCidr,
} from '../../net/address.ts';
import type { PrefixTable } from '../../net/longest-prefix.ts';
import { contains } from '../../net/prefix.ts';
import { once } from '../../once.ts';
import { defaultRouteFamilies, gatewayOf } from '../default-routes.ts';
import { isLinkLocal } from '../link-local.ts';
import type { Route as DerivedRoute } from '../routes.ts';
import type { Decision } from './decision.ts';
import { type Forwarding, forwardingOf } from './forwarding.ts';
import { readRouteCommand } from './ip-route.ts';
import { literal } from './literal.ts';
import { type Route, type RouteList, routeList } from './route-list.ts';
import type { TextFile } from './text-file.ts';
import type { WireguardLink } from './wireguard-link.ts';

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
  readonly wireguard: readonly WireguardLink[];
  readonly fragment: TextFile | undefined;
  readonly sysctl: TextFile | undefined;
  /** Routes that somebody else is told to make, or that are not rendered yet. */
  readonly derived: readonly DerivedRoute[];
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
  const put = putter(list, links, local);
  for (const { decision, device } of commandsOf(sources.fragment)) put(decision, device, false);
  for (const route of sources.derived) list.put(derived(route), 'replace');
  for (const wireguard of sources.wireguard) {
    const { end, mtu, addresses } = wireguard;
    const link = { name: end.interface, nic: undefined, wireguard, mtu, addresses };
    open(link);
    putConnected(list, link, addresses);
    for (const { prefix, decision } of wireguard.routed) {
      if (prefix.length < addressBits(prefix.version))
        list.put(staticRoute({ prefix, device: link.name, decision, assumed: wireguard.assumed }), 'add');
    }
    for (const command of wireguard.commands) put(command, link.name, wireguard.assumed && !host.takesFiles);
  }
  return {
    host,
    links,
    local,
    routes: list.table(),
    forwarding: forwardingOf(host, sources.ends, sources.sysctl, sources.rendered),
  };
}

function nicLink(nic: Nic): Link {
  const addresses = nic.addresses.flatMap(({ address, length }) => {
    const parsed = literal(address);
    return parsed === undefined ? [] : [cidrOf(parsed, length)];
  });
  return { name: nic.key, nic, wireguard: undefined, mtu: nic.mtu, addresses };
}

/** Where default routes lead. */
export const ANYWHERE = {
  4: once(() => parseCidr('0.0.0.0/0') as Cidr),
  6: once(() => parseCidr('::/0') as Cidr),
};

/** By DHCP the address is not known, and the network is that of the VLAN. */
function connectedOf({ spec, vlan }: Nic, { addresses }: Link): readonly Cidr[] {
  if (spec.dhcp !== true || vlan === undefined) return addresses;
  const known = new Set(addresses.map(({ version }) => version));
  const others = vlan.prefixes.filter(({ family }) => !known.has(family));
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
  const all = [...nics.values()];
  const declared = all.filter(({ spec }) => spec.default_route === true);
  for (const nic of declared) {
    for (const family of defaultRouteFamilies(nic)) putDefault(list, nic, family, 'default_route');
  }
  if (declared.length > 0) return;
  for (const nic of all) if (nic.spec.dhcp === true) putDefault(list, nic, 4, 'dhcp');
}

/** On a VLAN the gateway is declared, or DHCP names it; other interfaces lead out of what is declared anyway. */
function putDefault(list: RouteList, nic: Nic, family: 4 | 6, key: 'default_route' | 'dhcp'): void {
  const gateway = gatewayOf(nic, family);
  if (gateway === undefined && nic.vlan !== undefined && nic.spec.dhcp !== true) return;
  const text = `the default route of \`${nic.host.key}\` leaves by \`${nic.key}\``;
  const route = {
    prefix: ANYWHERE[family](),
    device: nic.key,
    gateway: literal(gateway),
    decision: { text, path: [...nic.path, key] },
    assumed: false,
  };
  list.put({ ...staticRoute(route), origin: 'default' }, 'append');
}

function staticRoute(
  given: Pick<Route, 'prefix' | 'device' | 'decision' | 'assumed'> & {
    readonly gateway?: Address | undefined;
  },
): Route {
  const metric = given.prefix.version === 4 ? 0 : 1024;
  return { gateway: undefined, source: undefined, mtu: undefined, metric, origin: 'static', ...given };
}

/** The note for others names no source: the kernel takes the interface's own address. */
function derived({ destination, gateway, nic, source, mtu, causes, host }: DerivedRoute): Route {
  const note = host.takesFiles ? '' : `, as _external/${host.key}.md asks`;
  return {
    ...staticRoute({
      prefix: parseCidr(destination.text) as Cidr,
      device: nic.key,
      gateway: literal(gateway),
      assumed: !host.takesFiles,
      decision: {
        text: `${destination.text} via ${gateway} on \`${nic.key}\`${note}`,
        path: causes[0] ?? host.path,
      },
    }),
    ...(host.takesFiles && { source: literal(source), mtu }),
  };
}

interface Command {
  readonly decision: Decision;
  readonly device: string;
}

/** `up` lines of the fragment, each with its interface. */
function commandsOf(file: TextFile | undefined): Command[] {
  if (file === undefined) return [];
  const stanzas = readInterfaces(file.text).stanzas.filter(
    (stanza): stanza is InterfaceStanza => 'options' in stanza,
  );
  return stanzas.flatMap(({ name, options }) =>
    options
      .filter(option => option.name === 'up' || option.name === 'post-up')
      .map(({ value, line }) => ({
        decision: { text: value, at: { file: file.path, line } },
        device: name,
      })),
  );
}

/**
 * Makes the route of a command, if the kernel takes it: its interface exists, its next hop is on a connected network
 * of that interface, and its source is an own address.
 */
function putter(list: RouteList, links: ReadonlyMap<string, Link>, local: ReadonlyMap<string, Link>) {
  return (decision: Decision, on: string, assumed: boolean): void => {
    const command = readRouteCommand(decision.text, on);
    if (command === undefined) return;
    const { verb, prefix, refuses, gateway, source, mtu, metric } = command;
    const device = command.device ?? onLink(links, gateway)?.name;
    if (!refuses) {
      const link = device === undefined ? undefined : links.get(device);
      if (link === undefined || (source !== undefined && !local.has(source.text))) return;
      if (gateway !== undefined && !reaches(link, gateway)) return;
    }
    const route = { prefix, metric, gateway, source, mtu, origin: 'static', assumed, decision } as const;
    list.put({ ...route, device: refuses ? undefined : device }, verb);
  };
}

const onLink = (links: ReadonlyMap<string, Link>, gateway: Address | undefined): Link | undefined =>
  gateway && [...links.values()].find(link => reaches(link, gateway));

const reaches = ({ addresses }: Link, gateway: Address): boolean =>
  isLinkLocal(gateway) || addresses.some(network => contains(network, gateway));

/** The address that the host gives packets of its own; undefined when it has it by DHCP. */
export function sourceOf(state: HostState, route: Route): Address | undefined {
  if (route.source !== undefined) return route.source;
  const { version } = route.prefix;
  const link = state.links.get(route.device ?? '');
  const own = link?.addresses.filter(address => address.version === version) ?? [];
  const near = own.find(network => route.gateway !== undefined && contains(network, route.gateway));
  const first = near ?? own[0];
  if (first !== undefined || link?.nic?.spec.dhcp === true) return first?.address;
  for (const other of state.links.values()) {
    const address = other.addresses.find(one => one.version === version && !isLinkLocal(one.address));
    if (address !== undefined) return address.address;
  }
  return undefined;
}
