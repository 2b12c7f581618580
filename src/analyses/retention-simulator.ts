/**
 * Large deployments repeat a few schedules, a few minutes apart: times are taken to the hour, so that one simulation
 * serves them all. What is kept is a matter of days.
 */
import { canonicalCalendarEvent } from '../calendar/canonical.ts';
import { memo, once } from '../once.ts';
import { type Bounds, boundsOf } from './retention-bounds.ts';
import type { Stream } from './retention-clock.ts';
import { keepText } from './retention-keep.ts';
import type { Kept } from './retention-observed.ts';
import { simulate } from './retention-simulate.ts';
import type { Runs } from './schedule-runs.ts';

export interface Simulated {
  /** Simulated when it is first asked for. Undefined: not known. */
  readonly kept: Kept | undefined;
  /** What is true of `kept` without a simulation. */
  readonly bounds: Bounds;
}

/** Looks combinations of schedules and rules up. */
export function simulator(): (streams: readonly Stream[]) => Simulated {
  const known = new Map<string, Simulated>();
  const runsText = memo((runs: Runs) =>
    runs.kind === 'weekly' ? hoursOf(runs).join() : canonicalCalendarEvent(runs.event),
  );
  const rulesText = memo(keepText);
  return streams => {
    let key = '';
    for (const { runs, delay, makes, keep } of streams) {
      const rules = keep === undefined ? '' : rulesText(keep);
      key += `${runsText(runs)} ${Math.floor(delay / 60)} ${makes} ${rules}|`;
    }
    let found = known.get(key);
    if (found === undefined) {
      found = simulated(streams.map(toHours));
      known.set(key, found);
    }
    return found;
  };
}

function simulated(streams: readonly Stream[]): Simulated {
  const kept = once(() => simulate(streams));
  return {
    get kept() {
      return kept();
    },
    bounds: boundsOf(streams),
  };
}

const hoursOf = ({ minutes }: Runs): number[] => [...new Set(minutes.map(minute => minute - (minute % 60)))];

function toHours({ runs, delay, ...rest }: Stream): Stream {
  const minutes = runs.kind === 'weekly' ? hoursOf(runs) : runs.minutes;
  return { ...rest, runs: { ...runs, minutes }, delay: Math.floor(delay / 60) * 60 };
}
