/** Which hosts the sites have, how they are called, and which network joins two sites. */
export const HOSTS_PER_SITE = 20;

/** Sites that share one hub tunnel; the groups form a chain, so that AllowedIPs and routes grow with the sites only. */
const SITES_PER_HUB = 4;

export type Role = 'gateway' | 'pbs' | 'node' | 'pve' | 'nas' | 'linux';

/**
 * Roles by place in the site, in an order that gives every smaller site something to back up. `node`: member of the
 * site's cluster; `pve`: a cluster of its own.
 */
const ROLES: readonly Role[] = [
  ...(['gateway', 'pbs', 'node', 'nas', 'linux', 'node', 'pbs', 'pve', 'nas', 'linux'] as const),
  ...(['node', 'pbs', 'pve', 'nas', 'linux', 'pbs', 'pve', 'nas', 'linux', 'linux'] as const),
];

export interface SiteHost {
  readonly key: string;
  readonly role: Role;
  /** Position in the site, from 0: last octet of its addresses is this plus 10. */
  readonly slot: number;
}

export interface SitePlan {
  readonly index: number;
  readonly key: string;
  readonly hosts: readonly SiteHost[];
  /** Sites of the whole topology. */
  readonly sites: number;
  /** Flows for each host, about: every one above the first adds a level of flows. */
  readonly flowsPerHost: number;
  /** Written as by somebody who never looked at a warning. */
  readonly weakSpots: boolean;
}

/** What all sites have in common. */
export type Deployment = Pick<SitePlan, 'flowsPerHost' | 'weakSpots'> & { readonly hosts: number };

/** What is beyond the first flow of a host, numbered from 1. */
export const levelsOf = ({ flowsPerHost }: SitePlan): readonly number[] =>
  Array.from({ length: flowsPerHost - 1 }, (_, index) => index + 1);

/** Each level copies from a host to another one of its four. */
export const MOST_FLOWS_PER_HOST = 4;

export function planSite(index: number, { hosts, flowsPerHost, weakSpots }: Deployment): SitePlan {
  const key = `s${index}`;
  const size = Math.min(HOSTS_PER_SITE, hosts - index * HOSTS_PER_SITE);
  const counts = new Map<Role, number>();
  const planned = ROLES.slice(0, size).map((role, slot): SiteHost => {
    const number = (counts.get(role) ?? 0) + 1;
    counts.set(role, number);
    return { key: `${key}-${role}${number}`, role, slot };
  });
  const sites = Math.ceil(hosts / HOSTS_PER_SITE);
  return { index, key, hosts: planned, sites, flowsPerHost, weakSpots };
}

export const withRole = ({ hosts }: SitePlan, role: Role): readonly SiteHost[] =>
  hosts.filter(host => host.role === role);

/** The `number`-th host of a role, from 1; undefined in a site too small to have it. */
export const hostOf = ({ hosts, key }: SitePlan, role: Role, number: number): SiteHost | undefined =>
  hosts.find(host => host.key === `${key}-${role}${number}`);

/** The host of the same role that a level copies to. */
export const partnerOf = (site: SitePlan, role: Role, number: number, level: number): SiteHost | undefined =>
  hostOf(site, role, ((number - 1 + level) % 4) + 1);

export const hubOf = (site: number): number => site - (site % SITES_PER_HUB);

/** The sites of a hub's tunnel. */
export function hubMembers(hub: number, sites: number): readonly number[] {
  const count = Math.min(SITES_PER_HUB, sites - hub);
  return Array.from({ length: count }, (_, offset) => hub + offset);
}

/** Tunnel between a site and the one before it. */
export const tunnelBefore = (site: number): string =>
  hubOf(site) === site ? `link-s${site}` : `hub-s${hubOf(site)}`;

export type VlanName = 'mgmt' | 'storage' | 'backup';

/** First three octets of a VLAN's /24, out of 10/8: four for each site, the last one spare. */
export function network(site: number, vlan: VlanName): string {
  const subnet = site * 4 + ['mgmt', 'storage', 'backup'].indexOf(vlan);
  return `10.${subnet >> 8}.${subnet & 255}`;
}

/** Address `host` of the `index`-th block of `size` addresses above `first`; for transfer networks. */
export function inBlock(first: readonly [number, number], index: number, size: number, host: number): string {
  const offset = index * size + host;
  return `${first[0]}.${first[1] + (offset >> 16)}.${(offset >> 8) & 255}.${offset & 255}`;
}

/** Public transfer networks (RFC 2544 reserves 198.18.0.0/15 for benchmarks), a /30 for each site. */
export const publicAddress = (site: number, host: number): string => inBlock([198, 18], site, 4, host);
