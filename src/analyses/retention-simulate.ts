/**
 * What remains of the backups of one group when the real schedules run for years. Where all schedules repeat each week
 * and no rule counts months or years, so does what remains, once it has settled: then one week stands for the rest.
 */
import { FIRST_WEEK, type Stream } from './retention-clock.ts';
import { keepTotal } from './retention-keep.ts';
import { type Kept, keptIn, type Run, type Year } from './retention-observed.ts';
import { isSameWeek, Running, type WeekState } from './retention-running.ts';
import { DAY, WEEK } from './schedule-runs.ts';

/** Runs after which a simulation that has not settled is given up. */
const MOST_RUNS = 100_000;
const YEAR = 365 * DAY;

/**
 * Runs the streams until every rule is full, and then for a year, which is reported. Undefined when that is not reached:
 * no stream makes backups, nothing prunes, or it would take too many runs.
 */
export function simulate(streams: readonly Stream[]): Kept | undefined {
  const keeps = streams.flatMap(({ keep }) => keep ?? []);
  if (!keeps.some(keep => keepTotal(keep) > 0) || !streams.some(({ makes }) => makes)) return undefined;
  const year = observe(new Running(streams), Math.min(...keeps.map(keepTotal)));
  const makes = streams.map(stream => stream.makes);
  return year && keptIn(year, makes);
}

/** @param enough backups that are left when every rule of the tightest retention has its number. */
function observe(running: Running, enough: number): Year | undefined {
  // More than once: the first time, the oldest rule may still hold what it would not pick again.
  let missing = 2 * enough + 1;
  let from: number | undefined;
  let runs: Run[] = [];
  let week: WeekState | undefined;
  let weekEnds = FIRST_WEEK;
  for (let count = 0; count < MOST_RUNS; count++) {
    const now = running.next();
    if (now === undefined) return undefined;
    if (from !== undefined && now > from + YEAR) return { first: { runs, shift: 0 }, from, to: from + YEAR };
    if (running.isWeekly && now >= weekEnds) {
      const start = now - ((now - FIRST_WEEK) % WEEK);
      const state = running.stateAt(start);
      if (isSameWeek(week, state) && (from ?? 0) < start - WEEK)
        return yearOf(runs, start - WEEK, from, missing);
      week = state;
      weekEnds = start + WEEK;
      if (from === undefined) runs = [];
    }
    const run = running.run(enough);
    if (run === undefined) return undefined;
    if (from !== undefined || running.isWeekly) runs.push(run);
    if (from !== undefined || run.prune?.isFull !== true || --missing > 0) continue;
    from = now;
    runs = [];
  }
  return undefined;
}

/** The year, when the runs since `start` repeat each week. Undefined when the rules never have their numbers. */
function yearOf(
  runs: readonly Run[],
  start: number,
  from: number | undefined,
  missing: number,
): Year | undefined {
  const week = runs.filter(({ at }) => at >= start);
  if (from !== undefined) {
    const weekly = { runs: week, shift: WEEK };
    return { first: { runs, shift: 0 }, weekly, from, to: from + YEAR };
  }
  const full = [...week.keys()].filter(index => week[index]?.prune?.isFull === true);
  const last = full[(missing - 1) % full.length];
  if (last === undefined) return undefined;
  const shift = (Math.floor((missing - 1) / full.length) + 1) * WEEK;
  const begins = week[last]!.at + shift;
  return {
    first: { runs: week.slice(last + 1), shift },
    weekly: { runs: week, shift: shift + WEEK },
    from: begins,
    to: begins + YEAR,
  };
}
