/** Hosts with their NICs, pools and LUNs. Links to clusters follow in `clusters.ts`. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { Host, Lun, Nic, NicAddress, Pool, Role, Site, Vlan } from '../model/topology.ts';
import { below, type Mutable, resolveEach, type Scope, type Step, sortedKeys } from './scope.ts';
import { checkTimeZone } from './sites.ts';
import { badAddress, readAddress } from './values.ts';

const ROLES = ['pve', 'pbs', 'linux', 'nas', 'gateway'] as const satisfies readonly Role[];
const DEBIAN = new Set(['debian']);

export function resolveHosts(scope: Scope, sites: ReadonlyMap<string, Site>): Map<string, Host> {
  const hosts = resolveEach(scope, 'hosts', scope.spec.hosts, (key, spec, path) => {
    const site = scope.refer('sites', sites, spec.site, path, 'site');
    if (site === undefined) return undefined;
    return resolveHost(scope, site, key, spec, path);
  });
  for (const host of hosts.values()) {
    (host.site.hosts as Host[]).push(host);
    for (const nic of host.nics.values()) if (nic.vlan) (nic.vlan.nics as Nic[]).push(nic);
    linkPools(scope, host, hosts);
    // Only a fact, and nothing is linked to it; a name that nothing has is a mistake all the same.
    const disk = host.spec.guest?.pool;
    if (disk !== undefined) referPool(scope, hosts, disk, [...host.path, 'guest', 'pool']);
  }
  return hosts;
}

// Most hosts have neither. Nothing is ever put into these.
const NO_POOLS = new Map<string, Pool>();
const NO_LUNS = new Map<string, Lun>();

function resolveHost(scope: Scope, site: Site, key: string, spec: Spec.Host, path: TopologyPath): Host {
  const roles = new Map<Role, string>();
  for (const role of ROLES) {
    const version = spec.roles[role];
    if (version !== undefined) roles.set(role, version === true ? '' : version);
  }
  const os = spec.os ?? (roles.has('nas') ? 'dsm' : 'debian');
  if (spec.timezone !== undefined) checkTimeZone(scope, spec.timezone, [...path, 'timezone']);
  const nics = new Map<string, Nic>();
  const pools = spec.pools === undefined ? NO_POOLS : new Map<string, Pool>();
  const luns = spec.luns === undefined ? NO_LUNS : new Map<string, Lun>();
  const managed = spec.managed ?? true;
  const host: Host = {
    key,
    path,
    spec,
    site,
    state: spec.state ?? 'active',
    managed,
    roles,
    os,
    takesFiles: managed && DEBIAN.has(os),
    timezone: spec.timezone ?? site.spec.timezone,
    nics,
    pools,
    luns,
    cluster: undefined,
    runsOn: undefined,
  };
  for (const name of sortedKeys(spec.nics)) {
    nics.set(name, resolveNic(scope, host, name, spec.nics?.[name] as Spec.Nic));
  }
  for (const name of sortedKeys(spec.pools)) {
    const pool = spec.pools?.[name] as Spec.Pool;
    pools.set(name, { key: name, path: [...path, 'pools', name], spec: pool, host, on: undefined });
  }
  for (const name of sortedKeys(spec.luns)) {
    const lun = spec.luns?.[name] as Spec.Lun;
    const at = [...path, 'luns', name];
    const pool = lun.pool === undefined ? undefined : scope.refer('pools', pools, lun.pool, at, 'pool');
    luns.set(name, { key: name, path: at, spec: lun, host, pool });
  }
  return host;
}

function resolveNic(scope: Scope, host: Host, key: string, spec: Spec.Nic): Nic {
  const path = [...host.path, 'nics', key];
  const vlan =
    spec.vlan === undefined ? undefined : scope.refer('vlans', host.site.vlans, spec.vlan, path, 'vlan');
  const ipv4 =
    spec.address === undefined ? undefined : resolveAddress(scope, spec, spec.address, 4, vlan, path);
  const ipv6 =
    spec.address6 === undefined ? undefined : resolveAddress(scope, spec, spec.address6, 6, vlan, path);
  const addresses = ipv4 && ipv6 ? [ipv4, ipv6] : ipv4 ? [ipv4] : ipv6 ? [ipv6] : NO_ADDRESSES;
  return { key, path, spec, host, vlan, addresses, mtu: spec.mtu ?? vlan?.mtu ?? 1500 };
}

const NO_ADDRESSES: readonly NicAddress[] = [];

function resolveAddress(
  scope: Scope,
  { vlan: vlanName }: Spec.Nic,
  text: string,
  family: 4 | 6,
  vlan: Vlan | undefined,
  nic: TopologyPath,
): NicAddress | undefined {
  const path = [...nic, family === 4 ? 'address' : 'address6'];
  const slash = text.indexOf('/');
  // Hardly any comes twice.
  const address = readAddress(text, family);
  if (address === undefined) {
    scope.report({ ...badAddress(text, family), place: atValue(path) });
    return undefined;
  }
  if (slash >= 0) return { family, address: address.text, length: Number(text.slice(slash + 1)), path };
  const prefix = vlan?.prefixes.find(candidate => candidate.family === family);
  if (prefix !== undefined) return { family, address: address.text, length: prefix.length, path };
  if (vlanName !== undefined && vlan === undefined) return undefined; // the VLAN itself was reported
  scope.report({
    code: 'address-without-prefix',
    severity: 'error',
    message: `the prefix length of \`${text}\` is not known`,
    place: atValue(path),
    help:
      vlan === undefined
        ? "name the NIC's `vlan`, or write the length: `203.0.113.2/30`"
        : `VLAN \`${vlan.ref}\` has no IPv${family} subnet: add \`${family === 4 ? 'subnet' : 'subnet6'}\` there`,
  });
  return undefined;
}

/** `host/pool` references between hosts, after all hosts are known. */
function linkPools(scope: Scope, host: Host, hosts: ReadonlyMap<string, Host>): void {
  for (const pool of host.pools.values()) {
    if (pool.spec.on === undefined) continue;
    (pool as Mutable<Pool>).on = referPool(scope, hosts, pool.spec.on, [...pool.path, 'on']);
  }
}

export function referPool(
  scope: Scope,
  hosts: ReadonlyMap<string, Host>,
  text: string,
  path: TopologyPath,
): Pool | undefined {
  const [hostName = '', poolName = ''] = text.split('/');
  const host = scope.refer('hosts', hosts, hostName, path);
  return host && scope.refer('pools', host.pools, poolName, path);
}

/** Reports a host that lacks the role something needs. */
export function demandRole(
  scope: Scope,
  host: Host,
  role: Role,
  what: string,
  name: string,
  path: TopologyPath,
  step?: Step,
): boolean {
  if (host.roles.has(role)) return true;
  const words = { pve: 'PVE', pbs: 'PBS', linux: 'Linux', nas: 'NAS', gateway: 'gateway' };
  scope.report({
    code: 'wrong-role',
    severity: 'error',
    message: `${what} \`${name}\` needs a ${words[role]} host, and \`${host.key}\` is none`,
    place: atValue(below(path, step)),
    related: [{ message: 'its roles', place: atKey([...host.path, 'roles']) }],
    help: `add \`${role}: "VERSION"\` to the roles of \`${host.key}\`, or name another host`,
  });
  return false;
}
