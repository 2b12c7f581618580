/** Whether two jobs can meet: cheap, and for most pairs all that need be asked. */
import type { Job } from './schedule-jobs.ts';
import { WEEK, weekMinute } from './schedule-runs.ts';

/** Pairs of runs beyond which it is not tried. */
const MOST_PAIRS = 400;

/**
 * False only if no run of the one starts while the other one runs. True, too, where that is not easily said: for jobs
 * on two clocks, for two with dates, and for such as run very often.
 */
export function mayMeet(a: Job, b: Job): boolean {
  const isDated = a.runs.kind === 'dated' && b.runs.kind === 'dated';
  const pairs = a.runs.minutes.length * b.runs.minutes.length;
  if (a.zone !== b.zone || isDated || pairs > MOST_PAIRS) return true;
  const takesA = a.takes ?? 0;
  const takesB = b.takes ?? 0;
  const startsA = startsOf(a);
  const startsB = startsOf(b);
  for (let i = 0; i < startsA.length; i++) {
    for (let j = 0; j < startsB.length; j++) {
      const start = startsA[i]!;
      const other = startsB[j]!;
      const after = other < start ? other - start + WEEK : other - start;
      if (after === 0 || after < takesA || WEEK - after < takesB) return true;
    }
  }
  return false;
}

/** Minutes of the week. */
const startsOf = ({ runs, delay }: Job): readonly number[] => {
  if (runs.kind === 'weekly' && delay === 0) return runs.minutes;
  return runs.minutes.map(minute =>
    runs.kind === 'weekly' ? (minute + delay) % WEEK : weekMinute(minute + delay),
  );
};
