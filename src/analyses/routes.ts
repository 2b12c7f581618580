/**
 * Static routes: what follows from the VLANs that tunnels carry. Every host on a carried VLAN reaches every VLAN
 * behind the other ends through its own site's end, from its own address on that VLAN. Both directions come out of
 * the same rule, since a route on one side only makes the answers leave by the management gateway. VLANs that are
 * `routed_from` others add what default routes do not do already.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Host, Nic, NicAddress, Prefix, Topology, Tunnel, TunnelEnd, Vlan } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { memo } from '../once.ts';
import { byBytes } from '../proxmox/byte-order.ts';
import { addressOf, isOnVlan, leadsTo, type RoutedWay, routedPath, routedWay, routersTo } from './routers.ts';

export interface Route {
  readonly host: Host;
  readonly nic: Nic;
  readonly destination: Prefix;
  /** Address of the tunnel's end, or of the router, on the NIC's VLAN. */
  readonly gateway: string;
  /** Own address, named because peers' AllowedIPs and exports list it. */
  readonly source: string;
  /** MTU inside the tunnel, where it is less than that of the NIC. */
  readonly mtu: number | undefined;
  /** Undefined: it leads to a VLAN of the same site. */
  readonly tunnel: Tunnel | undefined;
  readonly causes: readonly TopologyPath[];
}

/** VLANs that an end reaches through the tunnel: those behind all other ends (of a hub, the hub passes them on). */
export function reachedBy(end: TunnelEnd): readonly { readonly vlan: Vlan; readonly behind: TunnelEnd }[] {
  const reached: { vlan: Vlan; behind: TunnelEnd }[] = [];
  for (const [vlan, behind] of end.tunnel.endOf) if (behind !== end) reached.push({ vlan, behind });
  return reached;
}

/** Routes of every active host, by host in the order of the topology; hosts without routes are absent. */
export const staticRoutes = memo((topology: Topology): ReadonlyMap<Host, readonly Route[]> => {
  const routes = new Map<Host, Route[]>();
  for (const tunnel of topology.tunnels.values()) {
    if (tunnel.state !== 'active') continue;
    for (const end of tunnel.ends) {
      const reached = destinationsOf(end);
      for (const vlan of end.carries) addRoutes(routes, end, vlan, reached);
    }
  }
  const table = { routes, destinations: new Map<Host, Set<string>>() };
  for (const site of topology.sites.values())
    for (const vlan of site.vlans.values()) if (vlan.routedFrom.length > 0) addRouted(table, vlan);
  // With one tunnel, a host has them in order.
  for (const list of routes.values()) if (!isSorted(list)) list.sort(byDestination);
  return routes;
});

/** A network that an end reaches through its tunnel and by no other way, not even while the tunnel is down. */
export interface Fallback {
  readonly nic: Nic;
  readonly destination: Prefix;
  readonly tunnel: Tunnel;
  readonly causes: readonly TopologyPath[];
}

/**
 * What must be unreachable while a tunnel is down: otherwise its end sends the traffic of a whole site in clear by its
 * default route (seen in a kernel). By host, on the NIC of the first VLAN that the end carries.
 */
export function tunnelFallbacks(topology: Topology): ReadonlyMap<Host, readonly Fallback[]> {
  const fallbacks = new Map<Host, Fallback[]>();
  for (const tunnel of topology.tunnels.values()) {
    if (tunnel.state !== 'active') continue;
    for (const end of tunnel.ends) {
      const nic = end.carries.flatMap(vlan => vlan.nics).find(candidate => candidate.host === end.host);
      if (nic === undefined) continue;
      const list = fallbacks.get(end.host) ?? [];
      fallbacks.set(end.host, list);
      for (const { vlan, behind } of reachedBy(end)) {
        for (const destination of vlan.prefixes) {
          list.push({ nic, destination, tunnel, causes: [...carriedBy(behind, vlan), vlan.path, nic.path] });
        }
      }
    }
  }
  for (const list of fallbacks.values()) list.sort(byDestination);
  return fallbacks;
}

interface Reached {
  readonly vlan: Vlan;
  readonly destination: Prefix;
  readonly causes: readonly TopologyPath[];
}

/** What an end reaches through the tunnel, prefix by prefix, in the order of routes. */
function destinationsOf(end: TunnelEnd): readonly Reached[] {
  const found = reachedBy(end).flatMap(({ vlan, behind }) => {
    const causes = [...carriedBy(behind, vlan), vlan.path];
    return vlan.prefixes.map(destination => ({ vlan, destination, causes }));
  });
  return found.sort((a, b) => comparePrefixes(a.destination, b.destination));
}

function addRoutes(
  routes: Map<Host, Route[]>,
  end: TunnelEnd,
  vlan: Vlan,
  reached: readonly Reached[],
): void {
  const gatewayNic = vlan.nics.find(nic => nic.host === end.host);
  if (gatewayNic === undefined) return;
  const gateways = byFamily(gatewayNic);
  for (const nic of vlan.nics) {
    const { host } = nic;
    if (host === end.host || host.state !== 'active') continue;
    const own = byFamily(nic);
    for (const { vlan: far, destination, causes } of reached) {
      const gateway = gateways[destination.family];
      const source = own[destination.family];
      if (gateway === undefined || source === undefined) continue;
      if (far.site === host.site && far.nics.some(other => other.host === host)) continue;
      pushTo(routes, host, {
        host,
        nic,
        destination,
        gateway: gateway.address,
        source: source.address,
        mtu: end.tunnel.mtu < nic.mtu ? end.tunnel.mtu : undefined,
        tunnel: end.tunnel,
        causes: [...causes, gateway.path, source.path],
      });
    }
  }
}

interface Table {
  readonly routes: Map<Host, Route[]>;
  /** Of hosts to which routes of VLANs were added: all that they have routes to. */
  readonly destinations: Map<Host, Set<string>>;
}

/** Of clients to the VLAN, and of the hosts on it back to them. */
function addRouted(table: Table, vlan: Vlan): void {
  for (const from of vlan.routedFrom) {
    for (const nic of from.nics) {
      for (const destination of vlan.prefixes) {
        const way = routedWay(nic.host, vlan, destination.family);
        if (way?.nic === nic && !way.byDefault) addWay(table, way, way.router.near, destination, vlan, from);
      }
    }
    for (const nic of vlan.nics) {
      if (isOnVlan(nic.host, from)) continue;
      for (const destination of from.prefixes) {
        const { family } = destination;
        const router = routersTo(vlan).get(from)?.[family];
        if (router === undefined || leadsTo(nic, router.far, family)) continue;
        addWay(table, { nic, own: addressOf(nic, family) }, router.far, destination, vlan, from);
      }
    }
  }
}

function addWay(
  { routes, destinations }: Table,
  { nic, own }: Pick<RoutedWay, 'nic' | 'own'>,
  gateway: string,
  destination: Prefix,
  vlan: Vlan,
  from: Vlan,
): void {
  const { host } = nic;
  if (host.state !== 'active' || own === undefined) return;
  const known = destinations.get(host) ?? new Set(routes.get(host)?.map(route => route.destination.text));
  destinations.set(host, known);
  if (known.has(destination.text)) return;
  known.add(destination.text);
  const causes = [routedPath(vlan, from), from.path, vlan.path, own.path];
  const route = { host, nic, destination, gateway, source: own.address, mtu: undefined, causes };
  pushTo(routes, host, { ...route, tunnel: undefined });
}

const byFamily = ({ addresses }: Nic): Readonly<Record<4 | 6, NicAddress | undefined>> => ({
  4: addresses.find(({ family }) => family === 4),
  6: addresses.find(({ family }) => family === 6),
});

/** Where the topology says that an end carries a VLAN. */
export function carriedBy(end: TunnelEnd, vlan: Vlan): readonly TopologyPath[] {
  const own = (end.spec.carries ?? []).indexOf(vlan.ref);
  if (own >= 0) return [[...end.path, 'carries', own]];
  const shared = (end.tunnel.spec.carries ?? []).indexOf(vlan.ref);
  return [shared >= 0 ? [...end.tunnel.path, 'carries', shared] : end.tunnel.path];
}

function pushTo(routes: Map<Host, Route[]>, host: Host, route: Route): void {
  push(routes, host, route);
}

const byDestination = (a: Placed, b: Placed): number =>
  a.destination.family - b.destination.family ||
  byBytes(a.nic.key, b.nic.key) ||
  byBytes(a.destination.text, b.destination.text);

const comparePrefixes = (a: Prefix, b: Prefix): number => a.family - b.family || byBytes(a.text, b.text);

function isSorted(list: readonly Placed[]): boolean {
  for (let index = 1; index < list.length; index++)
    if (byDestination(list[index - 1] as Placed, list[index] as Placed) > 0) return false;
  return true;
}

type Placed = Pick<Route, 'destination' | 'nic'>;
