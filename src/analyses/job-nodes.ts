/** On which nodes of a cluster backup jobs run: a job takes the guests of those nodes only. */
import type { BackupFlow, Guests, Host, Storage, Topology, VzdumpFlow } from '../model/topology.ts';
import { groupBy, push } from '../multimap.ts';
import { memo, once } from '../once.ts';
import { isPartOf } from './guest-ids.ts';
import { runningFlows } from './in-use.ts';

type Job = BackupFlow | VzdumpFlow;

/** Without `node` every node runs the job; one that does not see the storage fails (pve-manager `PVE/VZDump.pm`). */
export function jobNodes({ runsOn, spec, to }: Job): Host[] {
  return runsOn.nodes.filter(
    node => (spec.node === undefined || spec.node === node.key) && (to.nodes?.includes(node) ?? true),
  );
}

/**
 * Active nodes on which none of the jobs runs. Of guests with numbers only those count where one of them is: a host that
 * is declared as a guest of a node.
 */
function missed({ cluster, spec }: Guests, jobs: readonly Job[], placed: Placed): Host[] {
  if (cluster.nodes.length < 2) return [];
  const reached = new Set(jobs.flatMap(jobNodes));
  const left = cluster.nodes.filter(node => node.state === 'active' && !reached.has(node));
  if (spec.ids === undefined || left.length === 0) return left;
  const ids = new Set(spec.ids);
  return left.filter(node => placed(node).some(vmid => ids.has(vmid)));
}

/** Numbers of the guests that are declared to run on a node. */
type Placed = (node: Host) => readonly number[];

function placedGuests({ hosts }: Topology): Placed {
  const byNode = once(() => {
    const found = new Map<Host, number[]>();
    for (const { runsOn, spec, state } of hosts.values()) {
      if (runsOn === undefined || 'nodes' in runsOn || spec.guest === undefined || state !== 'active')
        continue;
      push(found, runsOn, spec.guest.vmid);
    }
    return found;
  });
  return node => byNode().get(node) ?? [];
}

export interface MissedNodes {
  /** For each set of guests that has jobs, the nodes on which none of them runs. */
  readonly byGuests: ReadonlyMap<Guests, { readonly jobs: readonly Job[]; readonly nodes: readonly Host[] }>;
  /** Whether the jobs that bring these guests to this storage run on all nodes together. */
  isWhole(guests: Guests, storage: Storage): boolean;
}

/** Jobs that bring these guests, those of sets that hold them included. */
const holding = (guests: Guests, ofSet: ReadonlyMap<Guests, readonly Job[]>): Job[] =>
  [...ofSet].flatMap(([other, own]) =>
    other === guests || (other.cluster === guests.cluster && isPartOf(guests, other)) ? own : [],
  );

export const missedNodes = memo((topology: Topology): MissedNodes => {
  const { flows } = topology;
  const placed = placedGuests(topology);
  const jobs = runningFlows(flows).filter(flow => flow.kind === 'backup' || flow.kind === 'vzdump');
  const byGuests = new Map<Guests, { jobs: readonly Job[]; nodes: readonly Host[] }>();
  const parts = new Map<Guests, Set<Storage>>();
  const ofSet = groupBy(jobs, ({ from }) => from);
  for (const [guests, own] of ofSet) {
    const nodes = missed(guests, own, placed);
    byGuests.set(guests, {
      jobs: own,
      nodes: nodes.length === 0 ? nodes : missed(guests, holding(guests, ofSet), placed),
    });
    for (const [storage, there] of groupBy(own, ({ to }) => to)) {
      if (missed(guests, there, placed).length === 0) continue;
      parts.set(guests, (parts.get(guests) ?? new Set()).add(storage));
    }
  }
  return { byGuests, isWhole: (guests, storage) => parts.get(guests)?.has(storage) !== true };
});
