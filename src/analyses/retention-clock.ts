/** When the streams of a simulation run, one after the other and without end. */
import { nextWall } from '../calendar/next-wall.ts';
import type { Keep } from './retention-keep.ts';
import { type Runs, WEEK, weekMinute, YEAR_START } from './schedule-runs.ts';

export interface Stream {
  readonly runs: Runs;
  /** Minutes after the schedule, by the clock of the server. */
  readonly delay: number;
  /** Each run makes a backup. Otherwise it only prunes. */
  readonly makes: boolean;
  /** What each run then keeps of all backups of the group; undefined: it prunes nothing. */
  readonly keep: Keep | undefined;
}

export interface Clock {
  /** The next run, wall-clock minutes; undefined: there is none. */
  at: number | undefined;
  advance(): void;
}

/** The first full week of the year: weekly schedules begin with it. */
export const FIRST_WEEK = YEAR_START - weekMinute(YEAR_START) + WEEK;

/** @param weeks that are left out, where runs are the same in each. */
export function clockOf({ runs, delay }: Stream, weeks = 0): Clock {
  const next = runs.kind === 'weekly' ? weeklyClock(runs.minutes, weeks) : datedClock(runs);
  const clock: Clock = {
    at: undefined,
    advance: () => {
      const wall = next();
      clock.at = wall === undefined ? undefined : wall + delay;
    },
  };
  clock.advance();
  return clock;
}

function weeklyClock(minutes: readonly number[], weeks: number): () => number | undefined {
  let week = FIRST_WEEK + weeks * WEEK;
  let index = 0;
  return () => {
    const minute = minutes[index];
    const wall = minute === undefined ? undefined : week + minute;
    index++;
    if (index >= minutes.length) {
      index = 0;
      week += WEEK;
    }
    return wall;
  };
}

function datedClock({ event }: Runs): () => number | undefined {
  let last: number | undefined = YEAR_START * 60 - 1;
  return () => {
    last = last === undefined ? undefined : nextWall(event, last);
    return last === undefined ? undefined : Math.floor(last / 60);
  };
}

/** Index of the stream whose turn it is, the first of several; -1 when none runs any more. */
export function earliest(clocks: readonly Clock[]): number {
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < clocks.length; index++) {
    const { at } = clocks[index]!;
    if (at === undefined || at >= least) continue;
    least = at;
    found = index;
  }
  return found;
}

/** The runs of a stream in [from, to), wall-clock minutes. */
export function runsBetween(stream: Stream, from: number, to: number): number[] {
  const clock = clockOf(stream, Math.max(0, Math.floor((from - stream.delay - FIRST_WEEK) / WEEK)));
  const runs: number[] = [];
  while (clock.at !== undefined && clock.at < to) {
    if (clock.at >= from) runs.push(clock.at);
    clock.advance();
  }
  return runs;
}
