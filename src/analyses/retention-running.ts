/** The backups of one group while its streams run. */
import { type Clock, clockOf, earliest, type Stream } from './retention-clock.ts';
import {
  isByDate,
  KEEP_RULES,
  type Keep,
  keepTotal,
  type Point,
  pointAt,
  pruneMarks,
} from './retention-keep.ts';
import type { Made, Prune, Run } from './retention-observed.ts';
import { DAY, WEEK } from './schedule-runs.ts';

/** Backups that all prunes together look at before a simulation is given up. */
const MOST_LOOKS = 3_000_000;
const ALMOST_A_DAY = DAY - 60;

/** Of what prunes more often than it is looked at, it differs from week to week which runs are. */
const isWeekly = ({ runs, makes, keep }: Stream): boolean =>
  runs.kind === 'weekly' && (makes || keep === undefined || runs.minutes.length <= 7);

interface Backup extends Made, Point {}

/** All that what is to come depends on, at the beginning of a week. */
export interface WeekState {
  readonly start: number;
  readonly backups: readonly Made[];
  /** Other moments, wall-clock minutes. */
  readonly moments: readonly number[];
}

/** Whether all that is to come is as it was a week before. */
export function isSameWeek(before: WeekState | undefined, now: WeekState): boolean {
  const { start, backups, moments } = now;
  if (before?.start !== start - WEEK || before.backups.length !== backups.length) return false;
  for (let index = 0; index < backups.length; index++) {
    const [old, backup] = [before.backups[index]!, backups[index]!];
    if (old.made !== backup.made - WEEK || old.stream !== backup.stream) return false;
  }
  return moments.every((moment, index) => moment - WEEK === before.moments[index]);
}

export class Running {
  /** Whether periods and schedules are the same in every week. */
  readonly isWeekly: boolean;
  readonly #streams: readonly Stream[];
  readonly #clocks: readonly Clock[];
  readonly #pruners: readonly (Pruner | undefined)[];
  readonly #withDates: boolean;
  /** The newest first. */
  #backups: Backup[] = [];
  #looks = 0;

  constructor(streams: readonly Stream[]) {
    this.#streams = streams;
    this.#clocks = streams.map(stream => clockOf(stream));
    this.#pruners = streams.map(({ keep }) => keep && new Pruner(keep));
    this.#withDates = streams.some(({ keep }) => keep !== undefined && isByDate(keep));
    this.isWeekly = !this.#withDates && streams.every(isWeekly);
  }

  /** When the next run is. */
  next(): number | undefined {
    return this.#clocks[earliest(this.#clocks)]?.at;
  }

  /** The next run. Undefined when all prunes together have looked at too much. */
  run(enough: number): Run | undefined {
    const stream = earliest(this.#clocks);
    const clock = this.#clocks[stream]!;
    const at = clock.at!;
    clock.advance();
    const { makes } = this.#streams[stream]!;
    if (makes) this.#make(at, stream);
    const pruner = this.#pruners[stream];
    // A job that only prunes leaves the same whether it runs once a day or each hour.
    if (pruner === undefined || (!makes && at - pruner.last < ALMOST_A_DAY)) {
      return { at, makes, prune: undefined };
    }
    pruner.last = at;
    this.#looks += this.#backups.length;
    return this.#looks > MOST_LOOKS ? undefined : { at, makes, prune: this.#prune(pruner, enough) };
  }

  stateAt(start: number): WeekState {
    const moments = this.#clocks.flatMap(({ at }) => at ?? []);
    for (const pruner of this.#pruners) if (pruner !== undefined) moments.push(pruner.last);
    return { start, backups: [...this.#backups], moments };
  }

  #make(at: number, stream: number): void {
    const backup = { ...pointAt(at * 60, this.#withDates), made: at, stream };
    for (const pruner of this.#pruners) pruner?.add(backup, this.#backups[0]);
    this.#backups.unshift(backup);
  }

  #prune(pruner: Pruner, enough: number): Prune {
    const before = this.#backups;
    const { left, gone } = pruner.prune(before);
    this.#backups = left;
    const newest = left[0]?.made ?? 0;
    const step = newest - (before[1]?.made ?? newest);
    return { left: [...left], gone, step, isFull: left.length >= enough && gone.length > 0 };
  }
}

/** One retention, and how much of it has nothing to do. */
class Pruner {
  /** When it last pruned, wall-clock minutes. */
  last = Number.NEGATIVE_INFINITY;
  readonly #keep: Keep;
  /** The first rule that keeps anything, by its place among the rules; and how many. */
  readonly #first: number;
  readonly #count: number;
  /** Whether no two backups are known to lie in one period of that rule. */
  #isApart = true;

  constructor(keep: Keep) {
    this.#keep = keep;
    this.#first = KEEP_RULES.findIndex(rule => (keep[rule] ?? 0) > 0);
    this.#count = keepTotal(keep) === 0 ? Number.POSITIVE_INFINITY : (keep[KEEP_RULES[this.#first]!] ?? 0);
  }

  /** A backup has come; `newest` is the last one before it. */
  add(backup: Point, newest: Point | undefined): void {
    if (newest !== undefined && this.#isTogether(backup, newest)) this.#isApart = false;
  }

  prune(backups: Backup[]): { readonly left: Backup[]; readonly gone: readonly Backup[] } {
    // The first rule takes the newest of each of its periods: here, all.
    if (backups.length <= this.#count && this.#isApart) return { left: backups, gone: [] };
    const marks = pruneMarks(backups, this.#keep);
    const left: Backup[] = [];
    const gone: Backup[] = [];
    for (let index = 0; index < backups.length; index++) {
      (marks[index] === 'keep' ? left : gone).push(backups[index]!);
    }
    this.#isApart = left.every((backup, index) => index === 0 || !this.#isTogether(backup, left[index - 1]!));
    return { left, gone };
  }

  #isTogether(a: Point, b: Point): boolean {
    return a.periods[this.#first] === b.periods[this.#first];
  }
}
