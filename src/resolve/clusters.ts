/** Clusters, the standalone PVE hosts that are clusters of their own, and what runs each guest host. */
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Cluster, Host } from '../model/topology.ts';
import { byBytes } from '../proxmox/byte-order.ts';
import { compareVersions, parseVersion } from '../proxmox/version.ts';
import { demandRole } from './hosts.ts';
import { type Mutable, resolveEach, type Scope } from './scope.ts';

export function resolveClusters(scope: Scope, hosts: ReadonlyMap<string, Host>): Map<string, Cluster> {
  const clusters = resolveEach(
    scope,
    'clusters',
    scope.spec.clusters,
    (key, spec, path): Cluster | undefined => {
      const nodes: Host[] = [];
      spec.nodes.forEach((name, index) => {
        const at = [...path, 'nodes', index];
        const host = scope.refer('hosts', hosts, name, at);
        if (host && demandRole(scope, host, 'pve', 'node of cluster', key, at)) nodes.push(host);
      });
      if (nodes.length === 0) return undefined;
      const managed = nodes.some(node => node.managed);
      return {
        key,
        path,
        spec,
        nodes,
        standalone: false,
        version: lowestVersion(nodes),
        target: key,
        managed,
      };
    },
  );
  for (const cluster of clusters.values()) joinNodes(scope, cluster);
  addStandalone(scope, hosts, clusters);
  linkGuests(scope, hosts, clusters);
  return new Map([...clusters].sort(([a], [b]) => byBytes(a, b)));
}

function joinNodes(scope: Scope, cluster: Cluster): void {
  cluster.nodes.forEach(node => {
    if (node.cluster !== undefined) {
      scope.report({
        code: 'node-in-two-clusters',
        severity: 'error',
        message: `\`${node.key}\` is a node of \`${node.cluster.key}\` and of \`${cluster.key}\``,
        place: atValue([...cluster.path, 'nodes', (cluster.spec?.nodes ?? []).indexOf(node.key)]),
        related: [{ message: 'the other cluster', place: atKey(node.cluster.path) }],
        help: 'a PVE host belongs to one cluster',
      });
      return;
    }
    (node as Mutable<Host>).cluster = cluster;
  });
}

/** Host and cluster names share one name space: both are targets below out/. */
function addStandalone(scope: Scope, hosts: ReadonlyMap<string, Host>, clusters: Map<string, Cluster>): void {
  for (const [key, cluster] of clusters) {
    const host = hosts.get(key);
    if (host === undefined) continue;
    scope.report({
      code: 'target-name-clash',
      severity: 'error',
      message: `\`${key}\` is the name of a cluster and of a host`,
      place: atKey(cluster.path),
      related: [{ message: 'the host', place: atKey(host.path) }],
      help: 'both are folders below out/: rename one',
    });
  }
  for (const host of hosts.values()) {
    if (!host.roles.has('pve') || host.cluster !== undefined || clusters.has(host.key)) continue;
    const cluster: Cluster = {
      key: host.key,
      path: host.path,
      spec: undefined,
      nodes: [host],
      standalone: true,
      version: host.roles.get('pve') ?? '',
      target: host.key,
      managed: host.managed,
    };
    (host as Mutable<Host>).cluster = cluster;
    clusters.set(host.key, cluster);
  }
}

function linkGuests(
  scope: Scope,
  hosts: ReadonlyMap<string, Host>,
  clusters: ReadonlyMap<string, Cluster>,
): void {
  for (const host of hosts.values()) {
    const guest = host.spec.guest;
    if (guest === undefined) continue;
    const at = [...host.path, 'guest', 'on'];
    const runner = clusters.get(guest.on) ?? scope.refer('hosts', hosts, guest.on, at);
    if (runner === undefined) continue;
    (host as Mutable<Host>).runsOn = hosts.get(guest.on) ?? runner;
  }
}

function lowestVersion(nodes: readonly Host[]): string {
  let lowest = nodes[0]?.roles.get('pve') ?? '';
  for (const node of nodes) {
    const version = node.roles.get('pve') ?? '';
    const [a, b] = [parseVersion(version), parseVersion(lowest)];
    if (a && b && compareVersions(a, b) < 0) lowest = version;
  }
  return lowest;
}
