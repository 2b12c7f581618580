/** Weekday names, 0 = Monday … 6 = Sunday (proxmox-time/src/week_days.rs). */

const fullNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
export const weekdayNames: readonly string[] = fullNames.map(name => name.slice(0, 3));

const numbers = new Map(
  [...fullNames.entries()].flatMap(([n, name]) => [[name, n] as const, [name.slice(0, 3), n] as const]),
);

/** The number of a weekday written in any case, short or in full; undefined for anything else. */
export const weekdayNumber = (word: string): number | undefined => numbers.get(word.toLowerCase());

export type WeekdayList =
  | { readonly ok: true; readonly weekdays: readonly number[]; readonly end: number }
  | { readonly ok: false; readonly at: number; readonly found: string };

const word = /[A-Za-z]+/y;

const readDay = (text: string, at: number): { day: number | undefined; found: string; end: number } => {
  word.lastIndex = at;
  const found = word.exec(text)?.[0] ?? '';
  return { day: weekdayNumber(found), found, end: at + found.length };
};

/** Reads `mon,wed..fri` from offset `at`. A range wraps over Sunday (`fri..mon`). `end` is the offset behind it. */
export const readWeekdays = (text: string, at: number): WeekdayList => {
  const days = new Set<number>();
  let end = at;
  while (true) {
    const from = readDay(text, end);
    if (from.day === undefined) return { ok: false, at: end, found: from.found };
    end = from.end;
    let last = from.day;
    if (text.startsWith('..', end)) {
      const to = readDay(text, end + 2);
      if (to.day === undefined) return { ok: false, at: end + 2, found: to.found };
      last = to.day;
      end = to.end;
    }
    for (let day = from.day; day !== last; day = (day + 1) % 7) days.add(day);
    days.add(last);
    if (text[end] !== ',') return { ok: true, weekdays: [...days].sort((a, b) => a - b), end };
    end++;
  }
};

/** Groups ascending numbers into runs of neighbours: `[1,2,3,5]` gives `[[1,3],[5,5]]`. */
export const runsOf = (values: readonly number[]): [first: number, last: number][] => {
  const runs: [number, number][] = [];
  for (const value of values) {
    const run = runs.at(-1);
    if (run !== undefined && value === run[1] + 1) run[1] = value;
    else runs.push([value, value]);
  }
  return runs;
};

/** Runs of three and more as `a..b`, the rest one by one: a spelling both Proxmox and systemd read. */
export const writeList = (values: readonly number[], write: (value: number) => string): string =>
  runsOf(values)
    .map(([first, last]) => {
      if (last - first >= 2) return `${write(first)}..${write(last)}`;
      return first === last ? write(first) : `${write(first)},${write(last)}`;
    })
    .join(',');
