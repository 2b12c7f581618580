/** What is seen in the year for which a simulation is observed: its runs, of which a week may stand for all that follow. */
import { DAY, WEEK } from './schedule-runs.ts';

export interface Made {
  /** Wall-clock minutes. */
  readonly made: number;
  /** Index of the stream that made it. */
  readonly stream: number;
}

/** One run of one stream. */
export interface Run {
  readonly at: number;
  /** It made a backup. */
  readonly makes: boolean;
  readonly prune: Prune | undefined;
}

export interface Prune {
  /** The newest first. */
  readonly left: readonly Made[];
  readonly gone: readonly Made[];
  /** Minutes from the last backup but one to the last. */
  readonly step: number;
  /** Every rule had its number, and something went. */
  readonly isFull: boolean;
}

/** Runs at `at + shift`. */
export interface Stretch {
  readonly runs: readonly Run[];
  readonly shift: number;
}

/** The observed year: one stretch, and then, unless that is all of it, another one again and again each week. */
export interface Year {
  readonly first: Stretch;
  readonly weekly?: Stretch;
  /** Wall-clock minutes. */
  readonly from: number;
  readonly to: number;
}

export interface Life extends Made {
  readonly removed: number;
}

export interface History {
  /** Backups that were removed. */
  readonly lives: readonly Life[];
  /** When backups were made. */
  readonly made: readonly number[];
}

export interface Kept {
  /** Most backups right after a prune. */
  readonly count: number;
  /** Days that these cover, at most: from the oldest to the newest, and the time to the next. */
  readonly days: number;
  /** The same at least. */
  readonly leastDays: number;
  /** Days that a backup lived at most, by stream. Undefined for one that only prunes. */
  readonly longest: readonly (number | undefined)[];
  /** Minutes that the first to go lived. */
  readonly shortest: number;
  /** The observed year, wall-clock minutes. */
  readonly from: number;
  readonly to: number;
  /** All that happened in it. */
  history(): History;
}

/** `31 backups over 31 days` */
export const pointsText = ({ count, days }: Kept): string =>
  `${count} ${count === 1 ? 'backup' : 'backups'} over ${Math.round(days)} ${Math.round(days) === 1 ? 'day' : 'days'}`;

/** @param makes by stream. */
export function keptIn(year: Year, makes: readonly boolean[]): Kept {
  const { first, weekly, from, to } = year;
  let count = 0;
  let days = 0;
  let leastDays = Number.POSITIVE_INFINITY;
  let shortest = Number.POSITIVE_INFINITY;
  const longest = makes.map((does): number | undefined => (does ? 0 : undefined));
  const age = (stream: number, minutes: number): void => {
    longest[stream] = Math.max(longest[stream] ?? 0, minutes / DAY);
  };
  // A week that repeats is seen once: it is the same each time.
  for (const { runs } of weekly === undefined ? [first] : [first, weekly]) {
    for (const { at, prune } of runs) {
      if (prune === undefined) continue;
      const { left, gone, step } = prune;
      for (const { stream, made } of gone) {
        shortest = Math.min(shortest, at - made);
        age(stream, at - made);
      }
      const [newest, oldest] = [left[0], left.at(-1)];
      count = Math.max(count, left.length);
      if (newest === undefined || oldest === undefined) continue;
      const span = (newest.made - oldest.made + step) / DAY;
      days = Math.max(days, span);
      leastDays = Math.min(leastDays, span);
    }
  }
  const last = lastPrune(year);
  for (const { stream, made } of last?.prune.left ?? []) age(stream, to - made - last!.shift);
  return { count, days, leastDays, longest, shortest, from, to, history: () => historyOf(year) };
}

/** The last prune of the year, and by how much it is shifted. */
function lastPrune({ first, weekly, to }: Year): { prune: Prune; shift: number } | undefined {
  const { runs, shift } = weekly ?? first;
  let found: { prune: Prune; shift: number } | undefined;
  let latest = Number.NEGATIVE_INFINITY;
  for (const { at, prune } of runs) {
    if (prune === undefined) continue;
    const weeks = weekly === undefined ? 0 : Math.floor((to - at - shift) / WEEK);
    const all = shift + weeks * WEEK;
    if (at + all < latest) continue;
    latest = at + all;
    found = { prune, shift: all };
  }
  return found;
}

function historyOf({ first, weekly, to }: Year): History {
  const lives: Life[] = [];
  const made: number[] = [];
  const add = ({ runs, shift }: Stretch): void => {
    for (const { at, makes, prune } of runs) {
      if (at + shift > to) return;
      if (makes) made.push(at + shift);
      for (const backup of prune?.gone ?? [])
        lives.push({ stream: backup.stream, made: backup.made + shift, removed: at + shift });
    }
  };
  add(first);
  const start = weekly?.runs[0]?.at ?? Number.POSITIVE_INFINITY;
  for (let shift = weekly?.shift ?? 0; start + shift <= to; shift += WEEK)
    add({ runs: weekly?.runs ?? [], shift });
  return { lives, made };
}
