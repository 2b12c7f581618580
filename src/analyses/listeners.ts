/** Who hears of failures on each host: active notifications that take errors. */
import type { Cluster, Flow, Host, Notification, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { memo } from '../once.ts';
import { activeOnes } from './in-use.ts';

export type Runner = Host | Cluster;

export type MessageType = NonNullable<Notification['spec']['types']>[number];

/** What Proxmox calls the message about a flow that fails; undefined: it is no job of Proxmox. */
export const messageTypeOf = ({ kind }: Flow): MessageType | undefined =>
  kind === 'sync' ? 'sync' : kind === 'backup' || kind === 'vzdump' ? 'vzdump' : undefined;

export interface Listeners {
  /** Notifications that messages of a host or cluster reach: those of a type, where one is given. */
  of(runner: Runner, type?: MessageType): readonly Notification[];
  /** Of a host or cluster that none of them reaches: one that is for it, and does not take errors. */
  deafOf(runner: Runner): Notification | undefined;
  /** The declared machine behind a notification: its relay, or the host whose address or name it sends to. */
  serverOf(notification: Notification): Host | undefined;
}

/** Linear in hosts, their addresses and what notifications list. */
export const listenersOf = memo((topology: Topology): Listeners => {
  const heard = new Map<Runner, Notification[]>();
  const deaf = new Map<Runner, Notification[]>();
  for (const notification of activeOnes(topology.notifications)) {
    const { severities } = notification.spec;
    const takers = severities === undefined || severities.includes('error') ? heard : deaf;
    const runners = notification.hosts.flatMap((one): Runner[] =>
      'nodes' in one ? [one, ...one.nodes] : [one],
    );
    for (const runner of new Set(runners)) push(takers, runner, notification);
  }
  const byName = namedHosts(topology);
  return {
    of(runner, type) {
      const takers = (one: Runner) => {
        const all = heard.get(one) ?? [];
        return type === undefined ? all : all.filter(({ spec }) => spec.types?.includes(type) ?? true);
      };
      const own = takers(runner);
      if (own.length > 0 || !('nodes' in runner)) return own;
      // Any node may run a job of the cluster.
      const nodes = runner.nodes.filter(({ state }) => state === 'active').map(takers);
      return nodes.every(list => list.length > 0) ? [...new Set(nodes.flat())] : [];
    },
    deafOf(runner) {
      if (deaf.has(runner) || !('nodes' in runner)) return deaf.get(runner)?.[0];
      const nodes = runner.nodes.filter(({ state }) => state === 'active');
      return nodes.every(node => heard.has(node) || deaf.has(node))
        ? nodes.flatMap(node => deaf.get(node) ?? [])[0]
        : undefined;
    },
    serverOf: ({ relay, spec }) => relay ?? (spec.server === undefined ? undefined : byName.get(spec.server)),
  };
});

/** Those of thousands that some notification names. */
function namedHosts({ hosts, notifications }: Topology): ReadonlyMap<string, Host> {
  const wanted = new Set<string>();
  for (const { spec } of notifications.values()) if (spec.server !== undefined) wanted.add(spec.server);
  const byName = new Map<string, Host>();
  if (wanted.size === 0) return byName;
  for (const host of hosts.values()) {
    const { fqdn } = host.spec;
    if (fqdn !== undefined && wanted.has(fqdn)) byName.set(fqdn, host);
    for (const nic of host.nics.values()) {
      for (const { address } of nic.addresses) if (wanted.has(address)) byName.set(address, host);
    }
  }
  return byName;
}
