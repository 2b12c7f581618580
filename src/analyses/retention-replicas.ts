/** Whether what is made at a source lives until a copy of it is made. */
import { runsBetween, type Stream } from './retention-clock.ts';
import { KEEP_RULES, type Keep, type KeepRule, periodOf } from './retention-keep.ts';
import type { Kept } from './retention-observed.ts';

export interface LostPeriods {
  /** Periods of the observed year with a backup of which none was still there when the next copy ran. */
  readonly lost: number;
  readonly all: number;
  /** "days", "weeks", … */
  readonly unit: string;
}

const UNITS: Readonly<Partial<Record<KeepRule, string>>> = {
  keep_weekly: 'weeks',
  keep_monthly: 'months',
  keep_yearly: 'years',
};

/**
 * Counts periods and not backups: where several backups of a day are thinned out to one, that one is enough. The period
 * is that of the finest rule of the target, a day at least. `copies` is on the same clock as the backups.
 */
export function periodsLost(
  { from, to, history }: Kept,
  copies: Stream,
  target: Keep | undefined,
): LostPeriods {
  const finest = KEEP_RULES.find(rule => target?.[rule] !== undefined);
  const unit = finest && UNITS[finest];
  const rule = finest !== undefined && unit !== undefined ? finest : 'keep_daily';
  const { made, lives } = history();
  const runs = runsBetween(copies, from, to);
  const removed = new Map(lives.map(life => [life.made, life.removed]));
  const isCopied = new Map<number, boolean>();
  let next = 0;
  for (const at of made) {
    while (next < runs.length && runs[next]! < at) next++;
    const run = runs[next];
    // Too near to the end of the year to know.
    if (run === undefined) break;
    const period = periodOf(rule, at * 60);
    // Begun before the year: not all of its backups are seen.
    if (period === periodOf(rule, from * 60)) continue;
    const stays = (removed.get(at) ?? Number.POSITIVE_INFINITY) > run;
    isCopied.set(period, (isCopied.get(period) ?? false) || stays);
  }
  const lost = [...isCopied.values()].filter(copied => !copied).length;
  return { lost, all: isCopied.size, unit: unit ?? 'days' };
}
