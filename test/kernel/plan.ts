/**
 * From a topology to nodes and segments: each host is a node, each VLAN a segment, and what the topology does not
 * have is added: the internet, which routes public addresses and plays the object storage, and a router for VLANs
 * whose gateway is no declared host. Only what the hosts' owners configure is here, nothing that is rendered.
 */
import { defaultRouteFamilies, gatewayOf, leavesByDefault } from '../../src/analyses/default-routes.ts';
import type { Host, Nic, Topology, Vlan } from '../../src/model/topology.ts';

export interface Link {
  readonly nic: string;
  readonly segment: string;
  readonly mtu: number;
  /** With length. */
  readonly addresses: readonly string[];
}

export interface Node {
  readonly name: string;
  readonly host: Host | undefined;
  readonly links: readonly Link[];
  /** Arguments of `ip route add`, the family first. */
  readonly routes: readonly string[];
  /** Families that it forwards by its owner's configuration. */
  readonly forwards: readonly (4 | 6)[];
  /** Interface to the internet. */
  readonly uplink: string | undefined;
}

/** What carries one tunnel. */
export interface Underlay {
  readonly ports: readonly number[];
  readonly mtu: number;
}

export interface Plan {
  readonly nodes: readonly Node[];
  /** Largest packet that a segment lets through. */
  readonly segments: ReadonlyMap<string, number>;
  /** Addresses of public names, IPv4 first. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly underlays: readonly Underlay[];
}

export const INTERNET = '@internet';
/** Where the internet's own services are. */
export const SERVICES = [
  { family: 'ip', prefix: '198.18.0.0/16' },
  { family: 'ip6', prefix: '2001:db8:fffd::/48' },
] as const;
const UNDERLAY = 'wan:';

interface Draft {
  readonly name: string;
  readonly host: Host | undefined;
  readonly links: Link[];
  readonly routes: string[];
  readonly forwards: (4 | 6)[];
  uplink: string | undefined;
}

export function planOf(topology: Topology): Plan {
  const segments = new Map<string, number>();
  const internet = draft(INTERNET, undefined);
  internet.forwards.push(4, 6);
  const nodes = [internet];
  let uplinks = 0;
  /** Attaches a node to the internet at a segment of its own and gives its addresses there. */
  const attach = (node: Draft, nic: string, mtu: number, declared?: Nic): void => {
    uplinks += 1;
    const assigned = { 4: `100.64.${uplinks}.`, 6: `2001:db8:fffe:${uplinks}::` };
    const addresses = declared?.addresses.map(({ address, length }) => `${address}/${length}`) ?? [];
    const far: string[] = [];
    const own = [...addresses];
    const families = declared === undefined ? ([4, 6] as const) : defaultRouteFamilies(declared);
    for (const family of families) {
      const length = family === 4 ? 24 : 64;
      const given = declared?.addresses.find(address => address.family === family);
      const gateway = given === undefined ? `${assigned[family]}1` : declared && gatewayOf(declared, family);
      if (gateway === undefined) continue;
      if (given === undefined) own.push(`${assigned[family]}2/${length}`);
      far.push(`${gateway}/${given?.length ?? length}`);
      if (declared === undefined) node.routes.push(`-${family} default via ${gateway} dev ${nic}`);
    }
    const shared = internet.links.find(link => far.some(address => link.addresses.includes(address)));
    const segment = shared?.segment ?? `${UNDERLAY}${uplinks}`;
    segments.set(segment, mtu);
    node.links.push({ nic, segment, mtu, addresses: own });
    node.uplink = nic;
    if (shared === undefined) internet.links.push({ nic: `w${uplinks}`, segment, mtu, addresses: far });
  };

  for (const host of topology.hosts.values()) {
    const node = draft(host.key, host);
    for (const nic of host.nics.values()) addNic(node, nic, attach);
    node.forwards.push(...ownForwarding(topology, host));
    nodes.push(node);
  }
  for (const site of topology.sites.values()) {
    for (const vlan of site.vlans.values()) segments.set(vlan.ref, vlan.mtu);
    const router = routerOf([...site.vlans.values()]);
    if (router === undefined) continue;
    attach(router, 'up', 1500);
    nodes.push(router);
  }
  addPublicPrefixes(topology, nodes, internet);
  const names = publicNames(topology, nodes, internet);
  const underlays = [...topology.tunnels.values()].map(({ ends, spec }) => ({
    ports: [...new Set(ends.map(end => end.port))],
    mtu: spec.underlay_mtu ?? 1500,
  }));
  return { nodes, segments, names, underlays };
}

const draft = (name: string, host: Host | undefined): Draft => ({
  name,
  host,
  links: [],
  routes: [],
  forwards: [],
  uplink: undefined,
});

function addNic(
  node: Draft,
  nic: Nic,
  attach: (node: Draft, nic: string, mtu: number, of: Nic) => void,
): void {
  const { key, vlan, mtu, addresses, spec } = nic;
  if (vlan !== undefined) {
    const own = addresses.map(({ address, length }) => `${address}/${length}`);
    if (spec.dhcp === true && !addresses.some(({ family }) => family === 4)) own.push(...leased(nic, vlan));
    node.links.push({ nic: key, segment: vlan.ref, mtu, addresses: own });
  } else if (spec.default_route === true) attach(node, key, mtu, nic);
  const families = [4, 6] as const;
  for (const family of families.filter(each => leavesByDefault(nic, each))) {
    const known = gatewayOf(nic, family);
    const gateway = known ?? (vlan === undefined ? assignedGateway(node, key, family) : undefined);
    if (gateway !== undefined) node.routes.push(`-${family} default via ${gateway} dev ${key}`);
  }
}

/** What a DHCP server of the VLAN gives out: high up, one for each interface. */
function leased(nic: Nic, vlan: Vlan): string[] {
  const prefix = vlan.prefixes.find(({ family }) => family === 4);
  const bytes = /^(\d+\.\d+\.\d+)\.\d+\/(\d+)$/.exec(prefix?.text ?? '');
  return bytes === null ? [] : [`${bytes[1]}.${200 + vlan.nics.indexOf(nic)}/${bytes[2]}`];
}

/** The far side of an address that was assigned as by DHCP. */
const assignedGateway = (node: Draft, nic: string, family: 4 | 6): string | undefined =>
  node.links
    .find(link => link.nic === nic)
    ?.addresses.find(address => address.startsWith(family === 4 ? '100.64.' : '2001:db8:fffe:'))
    ?.replace(/2\/\d+$/, '1');

/** A gateway forwards for its site anyway; what tunnels and routed VLANs need is left to what is rendered. */
function ownForwarding(topology: Topology, host: Host): (4 | 6)[] {
  if (!host.roles.has('gateway')) return [];
  const rendered = new Set<4 | 6>();
  for (const tunnel of topology.tunnels.values()) {
    if (tunnel.state !== 'active' || !tunnel.ends.some(end => end.host === host)) continue;
    for (const vlan of tunnel.endOf.keys()) for (const { family } of vlan.prefixes) rendered.add(family);
  }
  for (const vlan of host.site.vlans.values()) {
    for (const from of vlan.routedFrom) {
      const families = [vlan, from].map(({ prefixes }) => prefixes.map(({ family }) => family));
      for (const family of [4, 6] as const)
        if (families.every(own => own.includes(family))) rendered.add(family);
    }
  }
  return ([4, 6] as const).filter(family => !rendered.has(family));
}

/** Has the gateway addresses that no declared host has. */
function routerOf(vlans: readonly Vlan[]): Draft | undefined {
  const router = draft(`@router-${vlans[0]?.site.key}`, undefined);
  for (const [index, vlan] of vlans.entries()) {
    const taken = new Set(vlan.nics.flatMap(nic => nic.addresses.map(({ address }) => address)));
    const addresses = vlan.prefixes.flatMap(({ family, length }) => {
      const gateway = family === 4 ? vlan.spec.gateway : vlan.spec.gateway6;
      return gateway === undefined || taken.has(gateway) ? [] : [`${gateway}/${length}`];
    });
    if (addresses.length > 0) {
      router.links.push({ nic: `r${index}`, segment: vlan.ref, mtu: vlan.mtu, addresses });
      // With a link-local address alone, nothing leads to the network itself.
      for (const { family, text } of vlan.prefixes)
        if (family === 6 && /^fe80:/i.test(vlan.spec.gateway6 ?? ''))
          router.routes.push(`-6 ${text} dev r${index}`);
    }
  }
  router.forwards.push(4, 6);
  return router.links.length > 0 ? router : undefined;
}

/** The internet knows the way to VLANs with public IPv6 addresses: by the uplink of their gateway. */
function addPublicPrefixes(topology: Topology, nodes: readonly Draft[], internet: Draft): void {
  for (const site of topology.sites.values()) {
    for (const vlan of site.vlans.values()) {
      for (const { family, text } of vlan.prefixes) {
        if (family === 4 || !text.startsWith('2')) continue;
        const gateway = nodes.find(node =>
          node.links.some(
            link =>
              link.segment === vlan.ref && link.addresses.some(a => a.startsWith(`${vlan.spec.gateway6}/`)),
          ),
        );
        const address = uplinkAddress(gateway, family);
        if (address !== undefined) internet.routes.push(`-6 ${text} via ${address}`);
      }
    }
  }
}

function uplinkAddress(node: Draft | undefined, family: 4 | 6): string | undefined {
  const link = node?.links.find(({ nic }) => nic === node.uplink);
  return link?.addresses.find(address => address.includes(':') === (family === 6))?.replace(/\/.*/, '');
}

/** Names of endpoints and hosts with an uplink, and of object storage, which the internet itself plays. */
function publicNames(topology: Topology, nodes: readonly Draft[], internet: Draft): Plan['names'] {
  const names = new Map<string, readonly string[]>();
  const uplinkAddresses = (host: Host): string[] => {
    const node = nodes.find(candidate => candidate.host === host);
    return ([4, 6] as const).flatMap(family => uplinkAddress(node, family) ?? []);
  };
  for (const host of topology.hosts.values()) {
    const addresses = uplinkAddresses(host);
    if (host.spec.fqdn !== undefined && addresses.length > 0) names.set(host.spec.fqdn, addresses);
  }
  for (const tunnel of topology.tunnels.values()) {
    for (const { endpoint, host } of tunnel.ends) {
      const name = endpoint?.replace(/:\d+$/, '');
      if (name !== undefined && /[a-z]/i.test(name) && !name.startsWith('[')) {
        names.set(name, uplinkAddresses(host));
      }
    }
  }
  const services: string[] = [];
  for (const { endpoint, host } of topology.buckets.values()) {
    if (host !== undefined || names.has(endpoint)) continue;
    const number = services.length / 2 + 1;
    const addresses = [`198.18.0.${number}`, `2001:db8:fffd::${number}`];
    services.push(`${addresses[0]}/32`, `${addresses[1]}/128`);
    names.set(endpoint, addresses);
  }
  if (services.length > 0) internet.links.push({ nic: 'lo', segment: '', mtu: 65536, addresses: services });
  return names;
}
