/** What is kept in each namespace of each datastore, simulated with the schedules that fill and prune it. */
import { offsetAt } from '../calendar/zone.ts';
import type { Datastore, Topology } from '../model/topology.ts';
import { memo } from '../once.ts';
import { type PruneScopes, pruneScopes, scopesReaching } from './prune-scopes.ts';
import type { Bounds } from './retention-bounds.ts';
import type { Stream } from './retention-clock.ts';
import { groupsOf, type Maker } from './retention-groups.ts';
import { type Feed, type Inflow, inflowOf } from './retention-inflow.ts';
import type { Kept } from './retention-observed.ts';
import { type Simulated, simulator } from './retention-simulator.ts';
import type { Schedule } from './schedule.ts';
import type { Job, UpkeepJob } from './schedule-jobs.ts';
import { YEAR_START } from './schedule-runs.ts';

/** What is kept of the guests or hosts that the same flows back up, simulated when it is asked for. */
export class GroupKept implements Simulated {
  /** The flows that make the backups, in the order of `kept.longest`. */
  readonly makers: readonly Maker[];
  readonly #simulate: () => Simulated;
  #found: Simulated | undefined;

  constructor(makers: readonly Maker[], simulate: () => Simulated) {
    this.makers = makers;
    this.#simulate = simulate;
  }

  get kept(): Kept | undefined {
    return this.#simulated().kept;
  }

  get bounds(): Bounds {
    return this.#simulated().bounds;
  }

  #simulated(): Simulated {
    this.#found ??= this.#simulate();
    return this.#found;
  }
}

export interface Retentions {
  readonly inflow: Inflow;
  scopes(datastore: Datastore): PruneScopes;
  /** By group; a group whose schedules are not all known is left out. */
  keptIn(datastore: Datastore, namespace: string): readonly GroupKept[];
  /** Simulates once for each combination of schedules and rules. */
  simulate(streams: readonly Stream[]): Kept | undefined;
  stream(job: Job, on: string, rest: Pick<Stream, 'makes' | 'keep'>): Stream;
}

export function retentionsOf(topology: Topology, schedule: Schedule): Retentions {
  const inflow = inflowOf(topology);
  const scopes = memo(pruneScopes);
  const simulated = simulator();
  const places = new Map<Datastore, Map<string, readonly GroupKept[]>>();
  const keptIn = (datastore: Datastore, namespace: string): readonly GroupKept[] => {
    let known = places.get(datastore);
    if (known === undefined) {
      known = new Map();
      places.set(datastore, known);
    }
    let kept = known.get(namespace);
    if (kept === undefined) {
      const feeds = inflow.get(datastore)?.get(namespace) ?? [];
      kept = keptOf(feeds, pruneStreams(datastore, namespace), datastore.host.timezone);
      known.set(namespace, kept);
    }
    return kept;
  };
  const pruneJobs = memo((datastore: Datastore) => {
    const jobs = new Map<string, UpkeepJob>();
    for (const job of schedule.upkeep.get(datastore) ?? [])
      if (job.kind === 'prune') jobs.set(job.namespace, job);
    return jobs;
  });
  const pruneStreams = (datastore: Datastore, namespace: string): Stream[] => {
    const streams: Stream[] = [];
    for (const { namespace: top, keep } of scopesReaching(scopes(datastore), namespace)) {
      const job = pruneJobs(datastore).get(top);
      if (job && keep) streams.push(streamOf(job, datastore.host.timezone, { makes: false, keep }));
    }
    return streams;
  };
  const keptOf = (feeds: readonly Feed[], prunes: readonly Stream[], zone: string): readonly GroupKept[] => {
    if (prunes.length === 0) return NONE;
    const makers = new Set<Maker>();
    for (const { origin, isWhole } of feeds) if (origin !== undefined && isWhole) makers.add(origin);
    const kept: GroupKept[] = [];
    for (const group of groupsOf(makers)) {
      const streams: Stream[] = [];
      for (const flow of group) {
        const job = schedule.flows.get(flow);
        if (job !== undefined) streams.push(streamOf(job, zone, { makes: true, keep: undefined }));
      }
      if (streams.length < group.length) continue;
      streams.push(...prunes);
      kept.push(new GroupKept(group, () => simulated(streams)));
    }
    return kept;
  };
  return { inflow, scopes, keptIn, simulate: streams => simulated(streams).kept, stream: streamOf };
}

const NONE: readonly GroupKept[] = [];

/** A job as a stream on the clock of zone `on`: clocks are compared as they are on 1 January. */
function streamOf(job: Job, on: string, rest: Pick<Stream, 'makes' | 'keep'>): Stream {
  const shift = job.zone === on ? 0 : eastOf(on) - eastOf(job.zone);
  return { runs: job.runs, delay: job.delay + shift, makes: rest.makes, keep: rest.keep };
}

const eastOf = (zone: string): number => Math.round(offsetAt(zone, YEAR_START * 60) / 60);
