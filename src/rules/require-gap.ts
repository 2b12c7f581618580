/** The longest time without a run. */
import type { Job } from '../analyses/schedule-jobs.ts';
import { startsInYear } from '../analyses/schedule-order.ts';
import { WEEK, YEAR_END, YEAR_START } from '../analyses/schedule-runs.ts';

/**
 * Most minutes from a run of any of the jobs to the next run of any, over the reference year and into the next one.
 * Real time: a day of 25 hours counts as such, and a run in the hour that the clocks skip does not happen. Undefined
 * when nothing runs in the year.
 */
export function longestGap(jobs: readonly Job[]): number | undefined {
  const [job, ...others] = jobs;
  if (job === undefined) return undefined;
  const own = startsInYear(job, true);
  const starts =
    others.length === 0 ? own : jobs.flatMap(one => startsInYear(one, true)).sort((a, b) => a - b);
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  let most = Math.min(...jobs.map(firstOfNextYear)) - last;
  for (let index = 1; index < starts.length; index++)
    most = Math.max(most, starts[index]! - starts[index - 1]!);
  return most;
}

/** The start that follows the last one of the year. What has no date goes on in weeks, and a year is no number of those. */
function firstOfNextYear(job: Job): number {
  const starts = startsInYear(job, true);
  const step = job.runs.kind === 'weekly' ? 52 * WEEK : YEAR_END - YEAR_START;
  const last = starts.at(-1) ?? Number.NEGATIVE_INFINITY;
  const next = starts.find(start => start + step > last);
  return next === undefined ? Number.POSITIVE_INFINITY : next + step;
}
