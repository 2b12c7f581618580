/** What is kept in each namespace of each datastore, simulated with the schedules that fill and prune it. */
import { canonicalCalendarEvent } from '../calendar/canonical.ts';
import { offsetAt } from '../calendar/zone.ts';
import type { Datastore, Topology } from '../model/topology.ts';
import { once } from './once.ts';
import { type PruneScopes, pruneScopes, scopesReaching } from './prune-scopes.ts';
import { type Bounds, boundsOf } from './retention-bounds.ts';
import type { Stream } from './retention-clock.ts';
import { groupsOf, type Maker } from './retention-groups.ts';
import { type Feed, type Inflow, inflowOf } from './retention-inflow.ts';
import { keepText } from './retention-keep.ts';
import type { Kept } from './retention-observed.ts';
import { simulate } from './retention-simulate.ts';
import type { Schedule } from './schedule.ts';
import type { Job } from './schedule-jobs.ts';
import { YEAR_START } from './schedule-runs.ts';

/** What is kept of the guests or hosts that the same flows back up. */
export interface GroupKept {
  /** The flows that make the backups, in the order of `kept.longest`. */
  readonly makers: readonly Maker[];
  /** Simulated when it is first asked for. Undefined: not known. */
  readonly kept: Kept | undefined;
  /** What is true of `kept` without a simulation. */
  readonly bounds: Bounds;
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
  const runs = simulator();
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
      return [groupKept(group, [...streams, ...prunes], runs)];
    });
  };
  return { inflow, scopes, keptIn, simulate: runs, stream: streamOf };
}

function groupKept(
  makers: readonly Maker[],
  streams: readonly Stream[],
  runs: Retentions['simulate'],
): GroupKept {
  const kept = once(() => runs(streams));
  const bounds = once(() => boundsOf(streams.map(toHours)));
  return {
    makers,
    get kept() {
      return kept();
    },
    get bounds() {
      return bounds();
    },
  };
}

/** A job as a stream on the clock of zone `on`: clocks are compared as they are on 1 January. */
function streamOf(job: Job, on: string, rest: Pick<Stream, 'makes' | 'keep'>): Stream {
  const east = (zone: string) => Math.round(offsetAt(zone, YEAR_START * 60) / 60);
  const shift = job.zone === on ? 0 : east(on) - east(job.zone);
  return { runs: job.runs, delay: job.delay + shift, ...rest };
}

function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return key => {
    const found = known.get(key) ?? { value: compute(key) };
    known.set(key, found);
    return found.value;
  };
}

/**
 * Large deployments repeat a few schedules, a few minutes apart: times are taken to the hour, so that one simulation
 * serves them all. What is kept is a matter of days.
 */
function simulator(): (streams: readonly Stream[]) => Kept | undefined {
  const known = new Map<string, Kept | undefined>();
  return streams => {
    const coarse = streams.map(toHours);
    const key = coarse
      .map(({ runs, delay, makes, keep }) => {
        const when = runs.kind === 'weekly' ? runs.minutes.join() : canonicalCalendarEvent(runs.event);
        return `${when} ${delay} ${makes} ${keep === undefined ? '' : keepText(keep)}`;
      })
      .join('|');
    if (!known.has(key)) known.set(key, simulate(coarse));
    return known.get(key);
  };
}

function toHours({ runs, delay, ...rest }: Stream): Stream {
  const hour = (minute: number) => minute - (minute % 60);
  const minutes = runs.kind === 'weekly' ? [...new Set(runs.minutes.map(hour))] : runs.minutes;
  return { ...rest, runs: { ...runs, minutes }, delay: Math.floor(delay / 60) * 60 };
}
