/** Runs that fall into the hour which the clocks skip in spring: they do not happen. */
import { REFERENCE_YEAR } from '../calendar/reference-year.ts';
import { transitionsIn } from '../calendar/zone.ts';
import type { Job } from './schedule-jobs.ts';
import { firstFrom, WEEK, weekMinute } from './schedule-runs.ts';

export interface LostRun {
  /** When it would be, wall-clock minutes. */
  readonly at: number;
  /** The gap. */
  readonly from: number;
  readonly to: number;
  /** The run after it; undefined: none in the year. */
  readonly next: number | undefined;
}

/** More runs a week than this, and the next one is near: nothing is lost with one of them. */
const OFTEN = 42;

/** The first run that is lost in the reference year. Not for jobs that others trigger: those are lost with them. */
export function lostRun(job: Job): LostRun | undefined {
  if (job.delay > 0 || (job.runs.kind === 'weekly' && job.runs.minutes.length > OFTEN)) return undefined;
  for (const { at, before, after } of transitionsIn(job.zone, REFERENCE_YEAR)) {
    if (after <= before) continue;
    const from = Math.floor((at + before) / 60);
    const to = Math.floor((at + after) / 60);
    const lost = firstIn(job, from, to);
    if (lost === undefined) continue;
    return { at: lost, from, to, next: firstFrom(job.runs, to) };
  }
  return undefined;
}

function firstIn({ runs }: Job, from: number, to: number): number | undefined {
  if (runs.kind === 'dated') return runs.minutes.find(minute => minute >= from && minute < to);
  const start = weekMinute(from);
  const ahead = runs.minutes.map(minute => (minute - start + WEEK) % WEEK);
  const least = Math.min(...ahead);
  return least < to - from ? from + least : undefined;
}
