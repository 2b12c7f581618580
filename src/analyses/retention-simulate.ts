/** What remains of the backups of one group when the real schedules run for years. */
import { nextWall } from '../calendar/next-wall.ts';
import { type Keep, keepTotal, type Point, pointAt, pruneMarks } from './retention-keep.ts';
import { DAY, type Runs, WEEK, weekMinute, YEAR_START } from './schedule-runs.ts';

export interface Stream {
  readonly runs: Runs;
  /** Minutes after the schedule, by the clock of the server. */
  readonly delay: number;
  /** Each run makes a backup. Otherwise it only prunes. */
  readonly makes: boolean;
  /** What each run then keeps of all backups of the group; undefined: it prunes nothing. */
  readonly keep: Keep | undefined;
}

/** Wall-clock minutes; `stream` is the index of the one that made it. */
export interface Life {
  readonly stream: number;
  readonly made: number;
  readonly removed: number;
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
  /** Those that were removed in the observed year. */
  readonly lives: readonly Life[];
  /** When backups were made in that year. */
  readonly made: readonly number[];
  /** The observed year, wall-clock minutes. */
  readonly from: number;
  readonly to: number;
}

/** `31 backups over 31 days` */
export const pointsText = ({ count, days }: Kept): string =>
  `${count} ${count === 1 ? 'backup' : 'backups'} over ${Math.round(days)} ${Math.round(days) === 1 ? 'day' : 'days'}`;

/** Runs after which a simulation that has not settled is given up. */
const MOST_RUNS = 100_000;
/** The same in backups that all prunes together look at. */
const MOST_LOOKS = 3_000_000;
const YEAR = 365 * DAY;
const ALMOST_A_DAY = DAY - 60;

interface Backup extends Point {
  readonly made: number;
  readonly stream: number;
}

/**
 * Runs the streams until every rule is full, and then for a year, which is reported. Undefined when that is not reached:
 * no stream makes backups, nothing prunes, or it would take too many runs.
 */
export function simulate(streams: readonly Stream[]): Kept | undefined {
  const keeps = streams.flatMap(({ keep }) => keep ?? []);
  if (keeps.length === 0 || !streams.some(({ makes }) => makes)) return undefined;
  const enough = Math.min(...keeps.map(keepTotal));
  const clocks = streams.map(clockOf);
  /** The newest first. */
  let backups: Backup[] = [];
  let from: number | undefined;
  let full = 0;
  let looks = 0;
  const observed = new Observed(streams);
  const pruned: number[] = [];
  for (let count = 0; count < MOST_RUNS; count++) {
    const stream = earliest(clocks);
    const clock = clocks[stream];
    const now = clock?.at;
    if (clock === undefined || now === undefined) return undefined;
    if (from !== undefined && now > from + YEAR) return observed.result(from, from + YEAR);
    clock.advance();
    const { makes = false, keep } = streams[stream] ?? {};
    if (makes) {
      backups.unshift({ ...pointAt(now * 60), made: now, stream });
      if (from !== undefined) observed.made.push(now);
    }
    // A job that only prunes leaves the same whether it runs once a day or each hour.
    if (keep === undefined || (!makes && now - (pruned[stream] ?? -DAY) < ALMOST_A_DAY)) continue;
    pruned[stream] = now;
    looks += backups.length;
    if (looks > MOST_LOOKS) return undefined;
    const marks = pruneMarks(backups, keep);
    const left: Backup[] = [];
    const gone: Backup[] = [];
    for (let index = 0; index < backups.length; index++) {
      const backup = backups[index];
      if (backup !== undefined) (marks[index] === 'keep' ? left : gone).push(backup);
    }
    if (from !== undefined) observed.prune(now, backups, left, gone);
    // Full once more than once: the first time, the oldest rule may still hold what it would not pick again.
    if (left.length >= enough && left.length < backups.length) full++;
    if (from === undefined && full > 2 * enough) from = now;
    backups = left;
  }
  return undefined;
}

class Observed {
  readonly made: number[] = [];
  readonly #streams: readonly Stream[];
  readonly #lives: Life[] = [];
  #count = 0;
  #days = 0;
  #leastDays = Number.POSITIVE_INFINITY;
  #left: readonly Backup[] = [];

  constructor(streams: readonly Stream[]) {
    this.#streams = streams;
  }

  prune(now: number, before: readonly Backup[], left: readonly Backup[], gone: readonly Backup[]): void {
    for (const { stream, made } of gone) this.#lives.push({ stream, made, removed: now });
    const [newest, oldest] = [left[0], left.at(-1)];
    this.#left = left;
    this.#count = Math.max(this.#count, left.length);
    if (oldest === undefined || newest === undefined) return;
    const step = newest.made - (before[1]?.made ?? newest.made);
    const days = (newest.made - oldest.made + step) / DAY;
    this.#days = Math.max(this.#days, days);
    this.#leastDays = Math.min(this.#leastDays, days);
  }

  result(from: number, to: number): Kept {
    const longest = this.#streams.map((stream): number | undefined => (stream.makes ? 0 : undefined));
    const ages = [...this.#lives, ...this.#left.map(({ stream, made }) => ({ stream, made, removed: to }))];
    for (const { stream, made, removed } of ages) {
      longest[stream] = Math.max(longest[stream] ?? 0, (removed - made) / DAY);
    }
    const shortest = Math.min(...this.#lives.map(({ made, removed }) => removed - made));
    return {
      shortest,
      count: this.#count,
      days: this.#days,
      leastDays: this.#leastDays,
      longest,
      lives: this.#lives,
      made: this.made,
      from,
      to,
    };
  }
}

/** The runs of a stream in [from, to), wall-clock minutes. */
export function runsBetween(stream: Stream, from: number, to: number): number[] {
  const clock = clockOf(stream);
  const runs: number[] = [];
  while (clock.at !== undefined && clock.at < to) {
    if (clock.at >= from) runs.push(clock.at);
    clock.advance();
  }
  return runs;
}

interface Clock {
  at: number | undefined;
  advance(): void;
}

/** The runs of a stream, one after the other and without end. */
function clockOf({ runs, delay }: Stream): Clock {
  const next = runs.kind === 'weekly' ? weeklyClock(runs.minutes) : datedClock(runs);
  const clock: Clock = { at: undefined, advance: () => undefined };
  clock.advance = () => {
    const wall = next();
    clock.at = wall === undefined ? undefined : wall + delay;
  };
  clock.advance();
  return clock;
}

function weeklyClock(minutes: readonly number[]): () => number | undefined {
  let week = YEAR_START - weekMinute(YEAR_START) + WEEK;
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

/** Index of the stream whose turn it is; the first of several. */
function earliest(clocks: readonly Clock[]): number {
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { at }] of clocks.entries()) {
    if (at === undefined || at >= least) continue;
    least = at;
    found = index;
  }
  return found;
}
