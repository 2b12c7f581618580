/** Everything that a clock starts: flows, and the upkeep of datastores, each on the clock of the host that runs it. */
import { isTimeZone } from '../calendar/zone.ts';
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Cluster, Datastore, Flow, Host, Topology } from '../model/topology.ts';
import { keepOf } from './retention-keep.ts';
import { type Runs, scheduleRuns } from './schedule-runs.ts';

interface JobBase {
  /** For people: "`home-backup`", "garbage collection of `backups`". */
  readonly name: string;
  /** IANA name of the clock that counts. */
  readonly zone: string;
  readonly text: string;
  readonly runs: Runs;
  /** Minutes after the schedule: that of the flows which trigger this one. */
  readonly delay: number;
  /** Minutes; undefined: not declared. */
  readonly takes: number | undefined;
  /** Of the schedule, or of the trigger. */
  readonly path: TopologyPath;
}
export interface FlowJob extends JobBase {
  readonly kind: Flow['kind'];
  readonly flow: Flow;
}
export interface UpkeepJob extends JobBase {
  readonly kind: 'gc' | 'prune' | 'verify';
  readonly datastore: Datastore;
  readonly namespace: string;
}
export type Job = FlowJob | UpkeepJob;

export interface Jobs {
  readonly flows: ReadonlyMap<Flow, FlowJob>;
  readonly upkeep: ReadonlyMap<Datastore, readonly UpkeepJob[]>;
}

export const isUpkeep = (job: Job): job is UpkeepJob => 'datastore' in job;

/** Active jobs with a schedule that comes in the reference year; not those that are switched off. */
export function jobsOf(topology: Topology): Jobs {
  const runsOf = scheduleRuns();
  const upkeep = new Map<Datastore, UpkeepJob[]>();
  for (const datastore of topology.datastores.values()) {
    const jobs = datastore.state === 'active' ? upkeepOf(datastore, runsOf) : [];
    if (jobs.length > 0) upkeep.set(datastore, jobs);
  }
  const flows = new Map<Flow, FlowJob>();
  for (const flow of topology.flows.values()) {
    const job = flowJob(flow, runsOf);
    if (job !== undefined) flows.set(flow, job);
  }
  return { flows, upkeep };
}

/** Whether the flow is one that happens. */
export const isLive = (flow: Flow): boolean => flow.state === 'active' && flow.spec.disabled !== true;

function flowJob(flow: Flow, runsOf: (text: string) => Runs | undefined): FlowJob | undefined {
  let first = flow;
  let delay = 0;
  let seen: Set<Flow> | undefined;
  while (true) {
    if (!isLive(first) || seen?.has(first)) return undefined;
    if (first.after === undefined || first.spec.schedule !== undefined) break;
    // When it starts is only known if it is known how long the others take.
    if (first.after.takes === undefined) return undefined;
    seen ??= new Set();
    seen.add(first);
    delay += first.after.takes;
    first = first.after;
  }
  const text = first.spec.schedule;
  const runs = text === undefined ? undefined : runsOf(text);
  const zone = clockOf(flow);
  if (text === undefined || runs === undefined || zone === undefined) return undefined;
  const path = first === flow ? [...flow.path, 'schedule'] : [...flow.path, 'trigger', 'after'];
  return {
    kind: flow.kind,
    name: `\`${flow.key}\``,
    zone: runs.event.utc ? 'UTC' : zone,
    text,
    runs,
    delay,
    takes: flow.takes,
    path,
    flow,
  };
}

/** The time zone of the host that starts the flow; of its first node in a cluster. */
function clockOf({ runsOn, spec }: Flow): string | undefined {
  if (runsOn === undefined) return undefined;
  const node = 'node' in spec ? spec.node : undefined;
  const zone = hostsOf(runsOn).find(({ key }) => node === undefined || key === node)?.timezone;
  return zone !== undefined && isTimeZone(zone) ? zone : undefined;
}

export const hostsOf = (on: Host | Cluster): readonly Host[] => ('nodes' in on ? on.nodes : [on]);

function upkeepOf(datastore: Datastore, runsOf: (text: string) => Runs | undefined): UpkeepJob[] {
  const zone = datastore.host.timezone;
  if (!isTimeZone(zone)) return [];
  const jobs: UpkeepJob[] = [];
  const add = (kind: UpkeepJob['kind'], text: string | undefined, { key: namespace, path }: Place): void => {
    const runs = text === undefined ? undefined : runsOf(text);
    if (text === undefined || runs === undefined) return;
    const [property, what] = UPKEEP[kind];
    jobs.push({
      kind,
      name: `${what} of \`${datastore.key}${namespace === '' ? '' : `:${namespace}`}\``,
      zone: runs.event.utc ? 'UTC' : zone,
      text,
      runs,
      delay: 0,
      takes: undefined,
      path: [...path, property, 'schedule'],
      datastore,
      namespace,
    });
  };
  const addPlace = (place: Place): void => {
    const { retention, verify } = place.spec;
    // Without a rule no prune job is rendered.
    if (retention?.schedule !== undefined && keepOf(retention) !== undefined)
      add('prune', retention.schedule, place);
    add('verify', verify?.schedule, place);
  };
  const root: Place = { key: '', spec: datastore.spec, path: datastore.path };
  add('gc', datastore.spec.gc?.schedule, root);
  addPlace(root);
  for (const namespace of datastore.namespaces.values()) addPlace(namespace);
  return jobs;
}

/** A datastore, or a namespace in it. */
interface Place {
  readonly key: string;
  readonly spec: Pick<Datastore['spec'], 'retention' | 'verify'>;
  readonly path: TopologyPath;
}

/** The property that has the schedule, and what it is called. */
const UPKEEP = {
  gc: ['gc', 'garbage collection'],
  prune: ['retention', 'prune'],
  verify: ['verify', 'verification'],
} as const;
