/** What follows from the rules and one schedule alone, without a simulation. */
import type { Stream } from './retention-clock.ts';
import { type Keep, keepTotal } from './retention-keep.ts';
import { DAY, WEEK } from './schedule-runs.ts';

export interface Bounds {
  /** Minutes that every backup lives at least. */
  readonly life: number;
  /** Days that the backups cover at least, once there have been enough of them. */
  readonly days: number;
}

const NONE: Bounds = { life: 0, days: 0 };

/**
 * For a group that one weekly schedule fills. Where its backups are at least a period apart, a rule takes each of its
 * newest ones, unless a finer rule has done so: one that goes has as many newer ones as the rule counts.
 */
export function boundsOf(streams: readonly Stream[]): Bounds {
  const makers = streams.filter(({ makes }) => makes);
  const keeps = streams.flatMap(({ keep }) => keep ?? []);
  const [maker] = makers;
  if (maker === undefined || makers.length > 1 || maker.runs.kind === 'dated' || keeps.length === 0)
    return NONE;
  const gap = leastGap(maker.runs.minutes);
  return {
    life: gap * Math.min(...keeps.map(keep => newestKept(keep, gap))),
    days: (gap * Math.min(...keeps.map(keepTotal))) / DAY,
  };
}

/** Of minutes of the week. */
function leastGap(minutes: readonly number[]): number {
  let least = WEEK;
  let last = minutes.at(-1)! - WEEK;
  for (const minute of minutes) {
    least = Math.min(least, minute - last);
    last = minute;
  }
  return least;
}

const newestKept = (keep: Keep, gap: number): number =>
  Math.max(
    keep.keep_last ?? 0,
    gap < 60 ? 0 : (keep.keep_hourly ?? 0),
    gap < DAY ? 0 : (keep.keep_daily ?? 0),
    gap < WEEK ? 0 : (keep.keep_weekly ?? 0),
  );
