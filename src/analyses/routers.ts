/**
 * Routers between the VLANs of a site, where the topology says that one is reached from another (`routed_from`), and the
 * interface by which a host takes that way. One router for each pair of VLANs and each family, so that packets and their
 * answers take the same.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Host, Nic, NicAddress, Site, Topology, Vlan } from '../model/topology.ts';
import { groupBy, push } from '../multimap.ts';
import { FAMILIES, type IpVersion, parseAddress } from '../net/address.ts';
import { memo } from '../once.ts';
import { byBytes } from '../proxmox/byte-order.ts';
import { gatewayOf, leavesByDefault } from './default-routes.ts';
import { isLinkLocalText } from './link-local.ts';

export interface Router {
  /** Undefined: it is no declared host, and both VLANs name its address. */
  readonly host: Host | undefined;
  /** Its address on the VLAN that is `routed_from`. */
  readonly near: string;
  /** Its address on the VLAN that is reached. */
  readonly far: string;
}

export type Routers = Readonly<Partial<Record<IpVersion, Router>>>;

/** Whether it passes on what is not for it: a VLAN that names an address of it as its gateway says as much. */
export const isRouter = (host: Host): boolean =>
  host.roles.has('gateway') ||
  [...host.nics.values()].some(
    ({ vlan, addresses }) =>
      vlan !== undefined && addresses.some(({ family, address }) => address === gatewayOfVlan(vlan, family)),
  );

/** In canonical text. */
export function gatewayOfVlan({ spec }: Vlan, family: IpVersion): string | undefined {
  const text = family === 4 ? spec.gateway : spec.gateway6;
  return text === undefined ? undefined : parseAddress(text)?.text;
}

/** By the VLAN from which `vlan` is reached; without a router in either family there is nothing in it. */
export const routersTo: (vlan: Vlan) => ReadonlyMap<Vlan, Routers> = memo(
  vlan => new Map(vlan.routedFrom.map(from => [from, routersBetween(from, vlan)] as const)),
);

/**
 * The router that is the gateway of the first VLAN, else that of the second. Else the gateway of both where no declared
 * host has either address: packets go there already, even beside declared routers (which may share the address, or end
 * tunnels only). Else the first one on both.
 */
export function routersBetween(from: Vlan, to: Vlan): Routers {
  if (from === to) return {};
  const turned = sourcesOf(from).has(to) && sourcesOf(to).has(from) && leads(to, from);
  const between = (family: IpVersion): Router | undefined => {
    if (!turned) return routerBetween(from, to, family);
    const back = routerBetween(to, from, family);
    return back && { host: back.host, near: back.far, far: back.near };
  };
  const [v4, v6] = [between(4), between(6)];
  return { ...(v4 && { 4: v4 }), ...(v6 && { 6: v6 }) };
}

/** Hosts with addresses by DHCP get no routes but that to the gateway; else the lesser name decides. */
const leads = (one: Vlan, other: Vlan): boolean =>
  hasLeases(one) === hasLeases(other) ? byBytes(one.key, other.key) < 0 : hasLeases(one);

const hasLeases: (vlan: Vlan) => boolean = memo(({ nics }) =>
  nics.some(({ spec, addresses }) => spec.dhcp === true && addresses.length === 0),
);

const sourcesOf: (vlan: Vlan) => ReadonlySet<Vlan> = memo(({ routedFrom }) => new Set(routedFrom));

function routerBetween(from: Vlan, to: Vlan, family: IpVersion): Router | undefined {
  const gateways = [gatewayOfVlan(from, family), gatewayOfVlan(to, family)];
  const known = hostsOnBoth(from, to, family).filter(({ host }) => host.state === 'active' && isRouter(host));
  const declared =
    known.find(({ near }) => near === gateways[0]) ?? known.find(({ far }) => far === gateways[1]);
  if (declared !== undefined) return declared;
  const [near, far] = gateways;
  if (near === undefined || far === undefined) return known[0];
  const isDeclared = ownerOf(from, near) !== undefined || ownerOf(to, far) !== undefined;
  // Link-local addresses are not declared: whose it is remains open.
  const isOpen = known.length > 0 && (isLinkLocalText(near) || isLinkLocalText(far));
  return isDeclared || isOpen ? known[0] : { host: undefined, near, far };
}

/** Hosts with an address of the family on both VLANs, routers or not. */
export function hostsOnBoth(from: Vlan, to: Vlan, family: IpVersion): (Router & { readonly host: Host })[] {
  return from.nics.flatMap(nic => {
    const near = addressOf(nic, family)?.address;
    const far = nicsOn(nic.host, to).flatMap(other => addressOf(other, family) ?? [])[0]?.address;
    return near === undefined || far === undefined ? [] : [{ host: nic.host, near, far }];
  });
}

/** The host that has an address on a VLAN, or is to have it. */
export const ownerOf = (vlan: Vlan, address: string): Host | undefined => owners(vlan).get(address);

const owners: (vlan: Vlan) => ReadonlyMap<string, Host> = memo(({ nics }) => {
  const found = new Map<string, Host>();
  for (const { host, addresses } of nics) {
    if (host.state === 'retired') continue;
    for (const { address } of addresses) if (!found.has(address)) found.set(address, host);
  }
  return found;
});

export const addressOf = ({ addresses }: Nic, family: IpVersion): NicAddress | undefined =>
  addresses.find(own => own.family === family);

export interface Routed {
  readonly from: Vlan;
  readonly to: Vlan;
  readonly family: IpVersion;
  /** Where the topology says so. */
  readonly path: TopologyPath;
}

/** What each declared router passes on between VLANs. */
export const routedBy: (topology: Topology) => ReadonlyMap<Host, readonly Routed[]> = memo(({ sites }) => {
  const found = new Map<Host, Routed[]>();
  for (const { vlans } of sites.values()) {
    for (const to of vlans.values()) {
      for (const [from, routers] of to.routedFrom.length === 0 ? NONE : routersTo(to)) {
        const path = routedPath(to, from);
        for (const family of FAMILIES) {
          const host = routers[family]?.host;
          if (host !== undefined) push(found, host, { from, to, family, path });
        }
      }
    }
  }
  return found;
});

const NONE: readonly never[] = [];

/** VLANs behind the routers of a VLAN that are no declared hosts, in both directions, by the address on it. */
export const undeclaredBehind = (vlan: Vlan): ReadonlyMap<string, readonly Vlan[]> =>
  undeclaredAt(vlan.site).get(vlan) ?? NOTHING;

const NOTHING: ReadonlyMap<string, readonly Vlan[]> = new Map();

/** Once for a site: most of its VLANs are routed from none. */
const undeclaredAt: (site: Site) => ReadonlyMap<Vlan, ReadonlyMap<string, readonly Vlan[]>> = memo(
  ({ vlans }) => {
    const found = new Map<Vlan, Map<string, Vlan[]>>();
    const add = (vlan: Vlan, address: string, behind: Vlan): void => {
      const known = found.get(vlan) ?? new Map<string, Vlan[]>();
      found.set(vlan, known);
      push(known, address, behind);
    };
    for (const to of vlans.values()) {
      for (const [from, routers] of to.routedFrom.length === 0 ? NONE : routersTo(to)) {
        for (const family of FAMILIES) {
          const router = routers[family];
          if (router === undefined || router.host !== undefined) continue;
          add(from, router.near, to);
          add(to, router.far, from);
        }
      }
    }
    return found;
  },
);

export interface RoutedWay {
  readonly nic: Nic;
  readonly router: Router;
  /** Undefined: by DHCP. */
  readonly own: NicAddress | undefined;
  /** The default route of the host leads to the router. */
  readonly byDefault: boolean;
}

/**
 * How a host that is not on a VLAN reaches it: by the interface of its default route where that leads to the router,
 * else by its first one with a known address. Undefined when it is on the VLAN, or when no router leads there.
 */
export function routedWay(host: Host, vlan: Vlan, family: IpVersion): RoutedWay | undefined {
  if (vlan.routedFrom.length === 0 || isOnVlan(host, vlan)) return undefined;
  let first: RoutedWay | undefined;
  for (const nic of host.nics.values()) {
    const router = nic.vlan && routersTo(vlan).get(nic.vlan)?.[family];
    const own = addressOf(nic, family);
    if (router === undefined || router.host === host) continue;
    const byDefault = leadsTo(nic, router.near, family);
    if (byDefault) return { nic, router, own, byDefault };
    if (own !== undefined) first ??= { nic, router, own, byDefault };
  }
  return first;
}

/** Whether the default route of an interface's host leaves by it, to this address. */
export const leadsTo = (nic: Nic, address: string, family: IpVersion): boolean => {
  const gateway = leavesByDefault(nic, family) ? gatewayOf(nic, family) : undefined;
  return gateway !== undefined && parseAddress(gateway)?.text === address;
};

export const isOnVlan = (host: Host, vlan: Vlan): boolean =>
  nicsOn(host, vlan).some(({ addresses, spec }) => addresses.length > 0 || spec.dhcp === true);

/** A router may have hundreds. */
const nicsOn = (host: Host, vlan: Vlan): readonly Nic[] => byVlan(host).get(vlan) ?? NONE;

const byVlan: (host: Host) => ReadonlyMap<Vlan, readonly Nic[]> = memo(({ nics }) =>
  groupBy(nics.values(), ({ vlan }) => vlan),
);

/** Where the topology says that a VLAN is reached from another. */
export const routedPath = ({ path, routedFrom }: Vlan, from: Vlan): TopologyPath => [
  ...path,
  'routed_from',
  routedFrom.indexOf(from),
];
