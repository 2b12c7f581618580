/** The schedules of a topology over the reference year: jobs, what each shares with others, and who meets whom there. */
import type { Flow, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { type Meeting, meetingsOf } from './contention.ts';
import { mappedNamespace } from './namespaces.ts';
import { type FlowJob, isUpkeep, type Job, type Jobs, jobsOf, type UpkeepJob } from './schedule-jobs.ts';
import { type Resource, resourcesIn } from './schedule-resources.ts';

export interface Shared extends Resource {
  readonly jobs: readonly Job[];
}

export interface Encounter {
  readonly meeting: Meeting;
  readonly resources: readonly Resource[];
}

export interface Schedule extends Jobs {
  /** Every job, flows first, in the order of the topology. */
  readonly all: readonly Job[];
  readonly sharedBy: ReadonlyMap<Job, readonly Shared[]>;
  /** Pairs that run or start at the same time on something that both use. */
  readonly encounters: readonly Encounter[];
  /** Flows that are expected to run after a flow. */
  readonly successors: ReadonlyMap<Flow, readonly FlowJob[]>;
}

export function scheduleOf(topology: Topology): Schedule {
  const jobs = jobsOf(topology);
  const all: Job[] = [...jobs.flows.values()];
  for (const upkeep of jobs.upkeep.values()) for (const job of upkeep) all.push(job);
  const resourcesOf = resourcesIn(topology);
  const resources = new Map<string, Resource & { readonly jobs: Job[] }>();
  const sharedBy = new Map<Job, Shared[]>();
  for (const job of all) {
    const shared: Shared[] = [];
    for (const resource of resourcesOf(job)) {
      const known = resources.get(resource.key);
      if (known === undefined) {
        const next = { ...resource, jobs: [job] };
        resources.set(resource.key, next);
        shared.push(next);
      } else {
        known.jobs.push(job);
        shared.push(known);
      }
    }
    sharedBy.set(job, shared);
  }
  const successors = new Map<Flow, FlowJob[]>();
  for (const job of jobs.flows.values()) {
    const { expectAfter } = job.flow;
    if (expectAfter === undefined) continue;
    push(successors, expectAfter, job);
  }
  return { ...jobs, all, sharedBy, encounters: encountersOn(resources.values()), successors };
}

function encountersOn(resources: Iterable<Shared>): Encounter[] {
  const pairs = new Map<Job, Map<Job, { readonly meeting: Meeting; readonly resources: Resource[] }>>();
  for (const resource of resources) {
    for (const meeting of meetingsOf(resource.jobs, isContention)) {
      let of = pairs.get(meeting.leader);
      if (of === undefined) {
        of = new Map();
        pairs.set(meeting.leader, of);
      }
      const known = of.get(meeting.follower);
      if (known === undefined) of.set(meeting.follower, { meeting, resources: [resource] });
      else known.resources.push(resource);
    }
  }
  return [...pairs.values()].flatMap(of => [...of.values()]);
}

/** Whether two jobs get in each other's way when they run at once on one resource. */
export function isContention(leader: Job, follower: Job): boolean {
  // A server takes the files of many hosts at once.
  if (leader.kind === 'host-backup' && follower.kind === 'host-backup') return false;
  const prune = leader.kind === 'prune' ? leader : follower.kind === 'prune' ? follower : undefined;
  const other = prune === leader ? follower : leader;
  // A prune is short and spares what is being written; what a sync is still to read may go.
  if (prune !== undefined)
    return isUpkeep(prune) && !isUpkeep(other) && !isFrequent(prune) && reads(other.flow, prune);
  if (isUpkeep(leader) || isUpkeep(follower)) return true;
  // Order that is declared is judged as such.
  return !isChained(leader.flow, follower.flow) && !isChained(follower.flow, leader.flow);
}

/** More than once a day: whoever prunes so often means to do it meanwhile. */
const isFrequent = ({ runs }: Job): boolean => runs.kind === 'weekly' && runs.minutes.length > 7;

const reads = (flow: Flow, { datastore, namespace }: UpkeepJob): boolean =>
  flow.kind === 'sync' && flow.from.datastore === datastore && mappedNamespace(flow, namespace) !== undefined;

const isChained = (flow: Flow, before: Flow): boolean => flow.expectAfter === before || flow.after === before;
