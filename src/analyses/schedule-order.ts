/** The order of two jobs, run by run: how long after one of them the other starts. */
import { momentOfWall, offsetAt, transitionsIn } from '../calendar/zone.ts';
import type { Job } from './schedule-jobs.ts';
import { DAY, REFERENCE_YEAR, type Runs, YEAR_END, YEAR_START, yearOf } from './schedule-runs.ts';

export interface Lag {
  /** Start of the later job, wall-clock minutes by its own clock. */
  readonly at: number;
  /** Minutes since the last start of the earlier job. */
  readonly since: number;
  /** Minutes until its next one; undefined at the end of the year. */
  readonly until: number | undefined;
}

const years = new WeakMap<Runs, Map<string, readonly number[]>>();

/** Starts of a job in the year, in minutes of UTC; on its own clock when no other is given. */
export function startsInYear({ runs, zone, delay }: Job, isUtc: boolean): readonly number[] {
  const clock = isUtc ? zone : '';
  const known = years.get(runs) ?? new Map<string, readonly number[]>();
  years.set(runs, known);
  let starts = known.get(clock);
  if (starts === undefined) {
    const walls = yearOf(runs);
    starts = isUtc ? walls.flatMap(wall => utcMinute(zone, wall) ?? []) : walls;
    known.set(clock, starts);
  }
  return delay === 0 ? starts : starts.map(start => start + delay);
}

/** Undefined in the gap of a spring change. */
const utcMinute = (zone: string, wall: number): number | undefined => {
  const moment = momentOfWall(zone, wall * 60);
  return moment === undefined ? undefined : Math.floor(moment / 60);
};

/** For each run of `later` that follows a run of `earlier` in the year. Linear in the runs. */
export function lagsOf(earlier: Job, later: Job): Lag[] {
  const isUtc = earlier.zone !== later.zone;
  const before = startsInYear(earlier, isUtc);
  const lags: Lag[] = [];
  let next = 0;
  for (const start of startsInYear(later, isUtc)) {
    while (next < before.length && before[next]! <= start) next++;
    const last = before[next - 1];
    // Years end at another moment on another clock.
    if (last === undefined || (isUtc && (start < YEAR_START + DAY || start >= YEAR_END - DAY))) continue;
    const following = before[next];
    const until = following === undefined ? undefined : following - start;
    lags.push({ at: start, since: start - last, until });
  }
  return lags;
}

/** The share of a cycle after which a job is no longer said to run after the last run, but ahead of the next one. */
const AHEAD = 0.75;
/** Minutes: what is younger is as new as one may ask. */
const OLD = 12 * 60;

/**
 * Whether `later` starts shortly before `earlier` each time, so that it always finds what is nearly a cycle old.
 * Gives the lag of one such run.
 */
export function runsAhead(earlier: Job, later: Job): Lag | undefined {
  const lags = lagsOf(earlier, later).filter(({ until }) => until !== undefined);
  const isAhead = ({ since, until = 0 }: Lag) =>
    until > 0 && since >= OLD && since >= AHEAD * (since + until);
  return lags.length > 0 && lags.every(isAhead) ? lags[0] : undefined;
}

/** Least and most minutes between two runs in the year; undefined with fewer than two. */
export function gapsOf(job: Job): readonly [least: number, most: number] | undefined {
  const starts = startsInYear(job, false);
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let index = 1; index < starts.length; index++) {
    const gap = starts[index]! - starts[index - 1]!;
    least = Math.min(least, gap);
    most = Math.max(most, gap);
  }
  return starts.length < 2 ? undefined : [least, most];
}

/** Minutes from one run to the next, on average over the year. */
export function meanGap(job: Job): number | undefined {
  const starts = startsInYear(job, false);
  return starts.length < 2 ? undefined : (starts.at(-1)! - starts[0]!) / (starts.length - 1);
}

/**
 * Least and most minutes in the year that the clock of `a` is ahead of that of `b`. Not for the hours of one night in
 * which one of them has changed and the other is about to.
 */
export function offsetsBetween(a: string, b: string): readonly [least: number, most: number] {
  const changes = [a, b].flatMap(zone => transitionsIn(zone, REFERENCE_YEAR).map(({ at }) => at));
  const cuts = [YEAR_START * 60, ...changes.sort((x, y) => x - y)];
  const lasting = cuts.filter((at, index) => (cuts[index + 1] ?? YEAR_END * 60) - at >= DAY * 60);
  const ahead = lasting.map(at => Math.round((offsetAt(a, at) - offsetAt(b, at)) / 60));
  return [Math.min(...ahead), Math.max(...ahead)];
}
