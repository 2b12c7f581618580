/** Notifications, traffic limits and secrets. */
import type { Cluster, Host, Notification, TrafficLimit } from '../model/topology.ts';
import { demandRole } from './hosts.ts';
import { resolveEach, type Scope } from './scope.ts';
import { type Networks, resolveVia } from './via.ts';

interface Parts extends Networks {
  readonly hosts: ReadonlyMap<string, Host>;
  readonly clusters: ReadonlyMap<string, Cluster>;
}

export function resolveNotifications(scope: Scope, parts: Parts): Map<string, Notification> {
  return resolveEach(
    scope,
    'notifications',
    scope.spec.notifications,
    (key, spec, path): Notification | undefined => {
      const hosts: (Host | Cluster)[] = [];
      spec.hosts.forEach((name, index) => {
        const found =
          parts.hosts.get(name) ?? scope.refer('clusters', parts.clusters, name, [...path, 'hosts', index]);
        if (found) hosts.push(found);
      });
      const relay =
        spec.relay === undefined ? undefined : scope.refer('hosts', parts.hosts, spec.relay, path, 'relay');
      const via = spec.via === undefined ? undefined : resolveVia(scope, parts, spec.via, path, 'via');
      return { key, path, spec, state: spec.state ?? 'active', hosts, relay, via };
    },
  );
}

export function resolveTrafficLimits(
  scope: Scope,
  hosts: ReadonlyMap<string, Host>,
): Map<string, TrafficLimit> {
  return resolveEach(
    scope,
    'traffic_limits',
    scope.spec.traffic_limits,
    (key, spec, path): TrafficLimit | undefined => {
      const found: Host[] = [];
      spec.hosts.forEach((name, index) => {
        const at = [...path, 'hosts', index];
        const host = scope.refer('hosts', hosts, name, at);
        if (host && demandRole(scope, host, 'pbs', 'traffic limit', key, at)) found.push(host);
      });
      return { key, path, spec, state: spec.state ?? 'active', hosts: found };
    },
  );
}
