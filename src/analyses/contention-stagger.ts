/** Another time for a job, tried out: with it, no job of the same resources is met and no declared order breaks. */
import { canonicalCalendarEvent } from '../calendar/canonical.ts';
import { type Meeting, meetingsOf } from './contention.ts';
import { mayMeet } from './contention-pair.ts';
import { isContention, type Schedule } from './schedule.ts';
import { lostRun } from './schedule-gap.ts';
import { isUpkeep, type Job } from './schedule-jobs.ts';
import { lagKindsOf, runsAhead } from './schedule-order.ts';
import { DAY, type Runs } from './schedule-runs.ts';

const STEP = 5;
/** Tries, and jobs on its resources, beyond which no suggestion is made: it would cost more than the check itself. */
const MOST_TRIES = 24;
const MOST_JOBS = 80;
/** Minutes earlier, the rounder ones first. */
const EARLIER = [15, 30, 45, 60, 5, 10, 20, 25, 35, 40, 50, 55];

/**
 * The canonical text of the first time of day, `from` (minutes) or later on the same day, at which the job is in
 * nobody's way. Undefined when there is none, for jobs that others trigger, and for schedules with several times of day.
 */
export function freeTime(schedule: Schedule, job: Job, from: number): string | undefined {
  if (!isMovable(schedule, job)) return undefined;
  const rivals = rivalsOf(schedule, job);
  let minute = Math.ceil(from / STEP) * STEP;
  for (let tries = 0; tries < MOST_TRIES && minute < DAY; tries++) {
    const found = tryAt(schedule, job, rivals, minute);
    if (typeof found === 'string') return found;
    minute = Math.ceil((minute + Math.max(STEP, found)) / STEP) * STEP;
  }
  return undefined;
}

/** The same up to an hour before `before`. */
export function freeTimeBefore(schedule: Schedule, job: Job, before: number): string | undefined {
  if (!isMovable(schedule, job)) return undefined;
  const rivals = rivalsOf(schedule, job);
  for (const minutes of EARLIER) {
    const found = before < minutes ? 0 : tryAt(schedule, job, rivals, before - minutes);
    if (typeof found === 'string') return found;
  }
  return undefined;
}

function isMovable(schedule: Schedule, job: Job): boolean {
  const { delay, runs } = job;
  const count = (schedule.sharedBy.get(job) ?? []).reduce((sum, { jobs }) => sum + jobs.length, 0);
  const { hour, minute } = runs.event;
  const isOnceADay = [hour, minute].every(field => field.length === 1 && field[0]?.kind === 'single');
  return delay === 0 && isOnceADay && count <= MOST_JOBS;
}

/** Jobs that it must not meet, by resource. */
function rivalsOf(schedule: Schedule, job: Job): (readonly Job[])[] {
  const isRival = (other: Job): boolean =>
    other !== job && (isContention(other, job) || isContention(job, other));
  return (schedule.sharedBy.get(job) ?? []).map(({ jobs }) => jobs.filter(isRival));
}

/** The schedule with that time; or the minutes after which another try is worth while. */
function tryAt(
  schedule: Schedule,
  job: Job,
  rivals: readonly (readonly Job[])[],
  minute: number,
): string | number {
  const moved: Job = { ...job, runs: atMinute(job.runs, minute) };
  for (const jobs of rivals) {
    const near = jobs.filter(other => mayMeet(moved, other));
    if (near.length === 0) continue;
    const [obstacle] = meetingsOf(
      [...near, moved],
      (a, b) => (a === moved || b === moved) && isContention(a, b),
    );
    if (obstacle !== undefined) return remaining(obstacle, moved);
  }
  return keepsOrder(schedule, job, moved) ? canonicalCalendarEvent(moved.runs.event) : STEP;
}

/** Of a schedule with one time of day: the days stay as they are. */
function atMinute({ kind, event, minutes }: Runs, minute: number): Runs {
  const { utc, weekdays, year, month, day, second } = event;
  const single = (value: number) => [{ kind: 'single', value }] as const;
  const hour = Math.floor(minute / 60);
  const later = minute - ((minutes[0] ?? 0) % DAY);
  return {
    kind,
    event: { utc, weekdays, year, month, day, hour: single(hour), minute: single(minute % 60), second },
    minutes: minutes.map(at => at + later),
  };
}

/** Minutes until the other job is out of the way. */
const remaining = ({ leader, follower, after }: Meeting, moved: Job): number =>
  follower === moved ? (leader.takes ?? 0) - after : after + (follower.takes ?? 0);

function keepsOrder(schedule: Schedule, job: Job, moved: Job): boolean {
  if (lostRun(moved) !== undefined) return false;
  if (isUpkeep(job)) return keepsUpkeep(schedule, job, moved);
  const before = job.flow.expectAfter && schedule.flows.get(job.flow.expectAfter);
  if (before !== undefined && !isAfter(before, moved)) return false;
  // Whoever runs after it must not find older data than it does now.
  return (schedule.successors.get(job.flow) ?? []).every(
    later => isAfter(moved, later) && oldest(moved, later) <= oldest(job, later),
  );
}

const oldest = (earlier: Job, later: Job): number =>
  lagKindsOf(earlier, later).reduce((most, { since }) => Math.max(most, since), 0);

const isAfter = (earlier: Job, later: Job): boolean =>
  lagKindsOf(earlier, later).every(({ since }) => since >= (earlier.takes ?? 0)) &&
  runsAhead(earlier, later) === undefined;

/** Pruning, garbage collection, verification: none may come to stand ahead of the one before it. */
function keepsUpkeep(schedule: Schedule, job: Extract<Job, { datastore: unknown }>, moved: Job): boolean {
  const order = ['prune', 'gc', 'verify'];
  const others = schedule.upkeep.get(job.datastore) ?? [];
  return others.every(other => {
    if (other.kind === job.kind) return true;
    const [earlier, later] =
      order.indexOf(other.kind) < order.indexOf(job.kind) ? [other, moved] : [moved, other];
    return runsAhead(earlier, later) === undefined;
  });
}
