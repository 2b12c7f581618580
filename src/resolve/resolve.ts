/**
 * resolve: spec → topology. Links every name, fills in defaults, and gives a topology that nothing changes any more.
 * Takes plain data that the schema has accepted (but for the poisoned parts) and reports what cannot be linked;
 * never judges a design (that is `rules/`) and never reads a file.
 */
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import type { OffsiteTopology } from '../model/spec.ts';
import type { Topology } from '../model/topology.ts';
import { resolveAccounts } from './accounts.ts';
import { resolveBuckets } from './buckets.ts';
import { resolveClusters } from './clusters.ts';
import { resolveFlows } from './flows.ts';
import { resolveHosts } from './hosts.ts';
import { resolveNotifications, resolveTrafficLimits } from './others.ts';
import { resolveDatastores, resolveShares } from './places.ts';
import { createScope, resolveEach } from './scope.ts';
import { resolveSites } from './sites.ts';
import { resolveGuests, resolveStorages } from './storages.ts';
import { resolveTunnels } from './tunnels.ts';

export interface Resolution {
  readonly topology: Topology;
  readonly diagnostics: readonly Diagnostic[];
  /** Objects left out because what they refer to cannot be used. */
  readonly dropped: readonly TopologyPath[];
}

/** @param poisoned paths that failed validation: the objects around them are left out, references to them stay silent. */
export function resolve(spec: OffsiteTopology, poisoned: readonly TopologyPath[]): Resolution {
  const scope = createScope(spec, poisoned);
  const sites = resolveSites(scope);
  const hosts = resolveHosts(scope, sites);
  const clusters = resolveClusters(scope, hosts);
  const tunnels = resolveTunnels(scope, sites, hosts);
  const networks = { sites, tunnels, hosts, clusters };
  const shares = resolveShares(scope, hosts);
  const buckets = resolveBuckets(scope, hosts);
  const accounts = resolveAccounts(scope, networks);
  const datastores = resolveDatastores(scope, { ...networks, shares, buckets, accounts });
  const guests = resolveGuests(scope, clusters);
  const places = { ...networks, shares, buckets, accounts, datastores, guests };
  const storages = resolveStorages(scope, places);
  const topology: Topology = {
    name: spec.name,
    sites,
    hosts,
    clusters,
    tunnels,
    guests,
    datastores,
    storages,
    shares,
    buckets,
    accounts,
    flows: resolveFlows(scope, { ...places, storages }),
    notifications: resolveNotifications(scope, networks),
    trafficLimits: resolveTrafficLimits(scope, hosts),
    secrets: resolveEach(scope, 'secrets', spec.secrets, (key, secret, path) => ({
      key,
      path,
      spec: secret,
    })),
    policy: spec.policy,
  };
  for (const map of Object.values(topology)) {
    if (map instanceof Map) for (const node of map.values()) Object.freeze(node);
  }
  const { diagnostics, dropped } = scope;
  return { topology: Object.freeze(topology), diagnostics, dropped };
}
