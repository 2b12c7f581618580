/** Which notifications are set up where. */
import type { Cluster, Host, Notification, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';

/** A notification in a file that the nodes of a cluster share. */
export interface ClusterNotification {
  readonly notification: Notification;
  /** Nodes whose messages it takes; undefined: all. */
  readonly nodes: readonly Host[] | undefined;
}

export interface Notified {
  /** In the PBS of a host. */
  readonly pbs: ReadonlyMap<Host, readonly Notification[]>;
  /** In `/etc/pve` of a cluster. */
  readonly pve: ReadonlyMap<Cluster, readonly ClusterNotification[]>;
  /** Kind `postfix`: in the mail system of a host. */
  readonly relayed: ReadonlyMap<Host, readonly Notification[]>;
}

/**
 * Active hosts with their active and retired notifications, in the order of the topology. A cluster stands for all its
 * nodes; a node alone has its messages in the file of its cluster. Linear in the hosts that notifications list.
 */
export function notifiedOf(topology: Topology): Notified {
  const pbs = new Map<Host, Notification[]>();
  const pve = new Map<Cluster, ClusterNotification[]>();
  const relayed = new Map<Host, Notification[]>();
  for (const notification of topology.notifications.values()) {
    if (notification.state === 'planned') continue;
    const { single, whole } = listed(notification);
    for (const host of single) if (host.roles.has('pbs')) push(pbs, host, notification);
    for (const [cluster, nodes] of nodesByCluster(single, whole)) push(pve, cluster, { notification, nodes });
    if (notification.spec.kind !== 'postfix') continue;
    const hosts = new Set([...single, ...[...whole].flatMap(activeNodes)]);
    for (const host of hosts) push(relayed, host, notification);
  }
  return { pbs, pve, relayed };
}

function listed({ hosts }: Notification) {
  const single = new Set<Host>();
  const whole = new Set<Cluster>();
  for (const one of hosts) {
    if ('nodes' in one) whole.add(one);
    else if (one.state === 'active') single.add(one);
  }
  return { single, whole };
}

function nodesByCluster(
  single: ReadonlySet<Host>,
  whole: ReadonlySet<Cluster>,
): ReadonlyMap<Cluster, readonly Host[] | undefined> {
  const nodes = new Map<Cluster, Host[]>();
  for (const host of single) {
    if (host.roles.has('pve') && host.cluster !== undefined) push(nodes, host.cluster, host);
  }
  const found = new Map<Cluster, readonly Host[] | undefined>();
  for (const cluster of whole) if (activeNodes(cluster).length > 0) found.set(cluster, undefined);
  for (const [cluster, some] of nodes) {
    if (!found.has(cluster)) found.set(cluster, coversAll(cluster, some) ? undefined : some);
  }
  return found;
}

const activeNodes = ({ nodes }: Cluster): Host[] => nodes.filter(({ state }) => state === 'active');

/** Whether these nodes are all that can send a message. */
export function coversAll(cluster: Cluster, nodes: Iterable<Host>): boolean {
  const set = new Set(nodes);
  return activeNodes(cluster).every(node => set.has(node));
}
