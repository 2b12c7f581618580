/** The order of two jobs, run by run: how long after one of them the other starts. */
import { REFERENCE_YEAR } from '../calendar/reference-year.ts';
import { momentOfWall, offsetAt, transitionsIn } from '../calendar/zone.ts';
import type { Job } from './schedule-jobs.ts';
import { boundsOf, DAY, type Runs, WEEK, YEAR_END, YEAR_START, yearOf } from './schedule-runs.ts';

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

/**
 * The same without their moments, each at least once. On one clock, weekly jobs stand to one another as in any week:
 * all that is between them comes in the year, and nothing else.
 */
export function lagKindsOf(earlier: Job, later: Job): readonly Omit<Lag, 'at'>[] {
  const isWeekly = earlier.runs.kind === 'weekly' && later.runs.kind === 'weekly';
  if (!isWeekly || earlier.zone !== later.zone) return lagsOf(earlier, later);
  const before = startsInWeek(earlier);
  const first = before[0]! + WEEK;
  const last = before.at(-1)! - WEEK;
  let next = 0;
  return startsInWeek(later).map(start => {
    while (next < before.length && before[next]! <= start) next++;
    return { since: start - (before[next - 1] ?? last), until: (before[next] ?? first) - start };
  });
}

/** Of a weekly job; ascending minutes of the week. */
function startsInWeek({ runs, delay }: Job): readonly number[] {
  if (delay === 0) return runs.minutes;
  return runs.minutes.map(minute => (minute + delay) % WEEK).sort((a, b) => a - b);
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
  const known = lagKindsOf(earlier, later).filter(({ until }) => until !== undefined);
  return known.length > 0 && known.every(isAhead) ? lagsOf(earlier, later)[0] : undefined;
}

const isAhead = ({ since, until = 0 }: Omit<Lag, 'at'>): boolean =>
  until > 0 && since >= OLD && since >= AHEAD * (since + until);

/** Least and most minutes between two runs in the year; undefined with fewer than two. */
export function gapsOf({ runs }: Job): readonly [least: number, most: number] | undefined {
  const { kind, minutes } = runs;
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  // The last run of a week is followed by the first one of the next.
  let last = kind === 'weekly' ? minutes.at(-1)! - WEEK : undefined;
  for (const minute of minutes) {
    if (last !== undefined) {
      least = Math.min(least, minute - last);
      most = Math.max(most, minute - last);
    }
    last = minute;
  }
  return most === 0 ? undefined : [least, most];
}

/** Minutes from one run to the next, on average over the year. */
export function meanGap({ runs }: Job): number | undefined {
  const { first, last, count } = boundsOf(runs);
  return count < 2 ? undefined : (last - first) / (count - 1);
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
