/**
 * Which jobs run at the same time on one resource. A sweep over one week for what repeats weekly, and over the dates of
 * the rest: n log n in the windows, not in the pairs.
 */
import type { Job } from './schedule-jobs.ts';
import { firstInWeek, WEEK, weekMinute } from './schedule-runs.ts';
import { datesOf, type Segment, segmentsOf, type Window, weekOf } from './windows.ts';

export interface Meeting {
  /** Runs already, or starts at the same minute. */
  readonly leader: Job;
  readonly follower: Job;
  /** Start of the follower by its own clock, wall-clock minutes since 1970: the first time in the year. */
  readonly at: number;
  /** Minutes from the start of the leader to that of the follower. */
  readonly after: number;
  /** The first dates, where it does not happen each week. */
  readonly dates: readonly number[];
}

/** Most jobs of one time that a start is compared with: a bound on what a thousand jobs at one minute cost. */
const MOST_AT_ONCE = 16;
const MOST_DATES = 3;

/** Each pair once, in the order in which they first meet. `accepts` says which pairs matter. */
export function meetingsOf(
  jobs: readonly Job[],
  accepts: (leader: Job, follower: Job) => boolean,
): Meeting[] {
  if (jobs.length < 2) return [];
  const found = new Map<Job, Map<Job, Meeting>>();
  for (const segment of segmentsOf(jobs)) {
    const meet = (leader: Window, follower: Window, moment: number | undefined): void => {
      if (moment === undefined || moment >= segment.to) return;
      const at = moment + segment.offset(follower.job.zone);
      const { job } = follower;
      const known = found.get(leader.job)?.get(job) ?? found.get(job)?.get(leader.job);
      const dates = follower.start > WEEK && (known?.dates.length ?? 0) < MOST_DATES ? [at] : [];
      const after = follower.start - leader.start;
      const next =
        known === undefined
          ? { leader: leader.job, follower: job, at, after, dates }
          : { ...known, at: Math.min(known.at, at), dates: [...known.dates, ...dates] };
      const of = found.get(next.leader);
      if (of === undefined) found.set(next.leader, new Map([[next.follower, next]]));
      else of.set(next.follower, next);
    };
    sweep(segment, jobs, accepts, meet);
  }
  if (found.size === 0) return [];
  return [...found.values()].flatMap(of => [...of.values()]).sort((a, b) => a.at - b.at);
}

type Meet = (leader: Window, follower: Window, moment: number | undefined) => void;
type Accepts = (leader: Job, follower: Job) => boolean;

function sweep(segment: Segment, jobs: readonly Job[], accepts: Accepts, meet: Meet): void {
  const week = weekOf(jobs, segment);
  const dates = datesOf(jobs, segment);
  sweepWindows(week, accepts, (leader, follower) =>
    // What stands before the week is only there to run into it.
    meet(leader, follower, follower.start < 0 ? undefined : firstInWeek(follower.start, segment.from)),
  );
  sweepWindows(dates, accepts, (leader, follower) => meet(leader, follower, follower.start));
  for (const date of dates) meetWeek(week, date, accepts, meet);
}

/** Each window against those that run when it starts, the longest-running first; one of them is enough to report. */
function sweepWindows(
  windows: readonly Window[],
  accepts: Accepts,
  meet: (leader: Window, follower: Window) => void,
): void {
  if (windows.length < 2) return;
  // The first `count` of them: an array that is emptied gives its memory back, to ask for it again.
  const running: Window[] = [];
  let count = 0;
  for (const window of windows) {
    count = dropEnded(running, count, window);
    for (let index = 0; index < count; index++) {
      const other = running[index]!;
      if (other.job === window.job || !accepts(other.job, window.job)) continue;
      meet(other, window);
      break;
    }
    insert(running, count, window);
    count = Math.min(count + 1, MOST_AT_ONCE);
  }
}

function insert(running: Window[], count: number, window: Window): void {
  let at = count;
  for (; at > 0 && running[at - 1]!.end < window.end; at--) running[at] = running[at - 1]!;
  running[at] = window;
}

function dropEnded(running: Window[], count: number, window: Window): number {
  let left = 0;
  for (let index = 0; index < count; index++) {
    const other = running[index]!;
    if (isMet(other, window)) running[left++] = other;
  }
  return left;
}

const isMet = (first: Window, second: Window): boolean =>
  first.end > second.start || first.start === second.start;

/** One dated window against the week in which it falls. */
function meetWeek(week: readonly Window[], date: Window, accepts: Accepts, meet: Meet): void {
  const at = weekMinute(date.start);
  for (const shift of at + (date.end - date.start) > WEEK ? [0, WEEK] : [0]) {
    const start = at - shift;
    const here = { job: date.job, start, end: start + date.end - date.start };
    const origin = date.start - start;
    const from = upperBound(week, start);
    for (const other of week.slice(Math.max(0, from - MOST_AT_ONCE), from)) {
      if (other.job === date.job || !isMet(other, here) || !accepts(other.job, date.job)) continue;
      meet({ ...other, start: other.start + origin }, date, date.start);
    }
    for (const other of week.slice(from, from + MOST_AT_ONCE)) {
      if (other.start >= here.end) break;
      const moment = other.start + origin;
      if (accepts(date.job, other.job)) meet(date, { job: other.job, start: moment, end: moment }, moment);
    }
  }
}

/** Index of the first window that starts after `start`. */
function upperBound(windows: readonly Window[], start: number): number {
  let low = 0;
  let high = windows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (windows[middle]!.start <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}
