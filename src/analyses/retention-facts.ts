/** What is kept in each namespace of each datastore, simulated with the schedules that fill and prune it. */
import { offsetAt } from '../calendar/zone.ts';
import type { Datastore, Topology } from '../model/topology.ts';
import { memo, once } from '../once.ts';
import { type PruneScopes, pruneScopes, scopesReaching } from './prune-scopes.ts';
import type { Stream } from './retention-clock.ts';
import { groupsOf, type Maker } from './retention-groups.ts';
import { type Feed, type Inflow, inflowOf } from './retention-inflow.ts';
import type { Kept } from './retention-observed.ts';
import { type Simulated, simulator } from './retention-simulator.ts';
import type { Schedule } from './schedule.ts';
import type { Job } from './schedule-jobs.ts';
import { YEAR_START } from './schedule-runs.ts';

/** What is kept of the guests or hosts that the same flows back up. */
export interface GroupKept extends Simulated {
  /** The flows that make the backups, in the order of `kept.longest`. */
  readonly makers: readonly Maker[];
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
    const known = places.get(datastore) ?? new Map<string, readonly GroupKept[]>();
    places.set(datastore, known);
    let kept = known.get(namespace);
    if (kept === undefined) {
      const feeds = inflow.get(datastore)?.get(namespace) ?? [];
      kept = keptOf(feeds, pruneStreams(datastore, namespace), datastore.host.timezone);
      known.set(namespace, kept);
    }
    return kept;
  };
  const pruneJobs = memo((datastore: Datastore) => {
    const jobs = (schedule.upkeep.get(datastore) ?? []).filter(({ kind }) => kind === 'prune');
    return new Map(jobs.map(job => [job.namespace, job]));
  });
  const pruneStreams = (datastore: Datastore, namespace: string): Stream[] =>
    scopesReaching(scopes(datastore), namespace).flatMap(({ namespace: top, keep }) => {
      const job = pruneJobs(datastore).get(top);
      return job && keep ? [streamOf(job, datastore.host.timezone, { makes: false, keep })] : [];
    });
  const keptOf = (feeds: readonly Feed[], prunes: readonly Stream[], zone: string): GroupKept[] => {
    if (prunes.length === 0) return [];
    const makers = feeds.flatMap(({ origin, isWhole }) => (origin !== undefined && isWhole ? [origin] : []));
    return groupsOf([...new Set(makers)]).flatMap(group => {
      const jobs = group.map(flow => schedule.flows.get(flow));
      if (jobs.some(job => job === undefined)) return [];
      const streams = jobs.flatMap(job =>
        job ? [streamOf(job, zone, { makes: true, keep: undefined })] : [],
      );
      return [groupKept(group, [...streams, ...prunes], simulated)];
    });
  };
  return { inflow, scopes, keptIn, simulate: streams => simulated(streams).kept, stream: streamOf };
}

function groupKept(
  makers: readonly Maker[],
  streams: readonly Stream[],
  simulated: (streams: readonly Stream[]) => Simulated,
): GroupKept {
  const all = once(() => simulated(streams));
  return {
    makers,
    get kept() {
      return all().kept;
    },
    get bounds() {
      return all().bounds;
    },
  };
}

/** A job as a stream on the clock of zone `on`: clocks are compared as they are on 1 January. */
function streamOf(job: Job, on: string, rest: Pick<Stream, 'makes' | 'keep'>): Stream {
  const east = (zone: string) => Math.round(offsetAt(zone, YEAR_START * 60) / 60);
  const shift = job.zone === on ? 0 : east(on) - east(job.zone);
  return { runs: job.runs, delay: job.delay + shift, ...rest };
}
