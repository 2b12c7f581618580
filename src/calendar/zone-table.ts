/**
 * Time zones of a few years from a table, so that most runs need not ask the engine; the same answers whatever zone
 * data the engine has.
 */
import { daysFromCivil, secondsPerDay } from './civil.ts';
import { FIRST_YEAR, LAST_YEAR, ZONES } from './generated/zones.ts';

/** A change of the offset from UTC: `at` in epoch seconds, offsets in seconds east of UTC. */
export interface Transition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

export interface ZoneYear {
  /** At the start of the year (of UTC). */
  readonly offset: number;
  readonly transitions: readonly Transition[];
}

/** Rules by zone, as they are written: read when they are first asked for. */
let table: ReadonlyMap<string, string> | undefined;

function zones(): ReadonlyMap<string, string> {
  if (table !== undefined) return table;
  const found = new Map<string, string>();
  for (const line of ZONES.split('\n')) {
    const [rules = '', ...names] = line.split(' ');
    for (const name of names) found.set(name, rules);
  }
  table = found;
  return found;
}

export const tableKnows = (name: string): boolean => zones().has(name);

/** A year of a zone; undefined when the table does not have it. */
export const tableYear = (zone: string, year: number): ZoneYear | undefined => {
  const rules = year < FIRST_YEAR || year > LAST_YEAR ? undefined : zones().get(zone);
  if (rules === undefined) return undefined;
  const start = daysFromCivil(year, 1, 1) * secondsPerDay;
  const end = daysFromCivil(year + 1, 1, 1) * secondsPerDay;
  const [first, ...changes] = rules.split(',');
  let offset = Number(first);
  let before = offset;
  const transitions: Transition[] = [];
  for (const change of changes) {
    const [at = 0, after = 0] = change.split(':').map(Number);
    if (at <= start) offset = after;
    else if (at <= end) transitions.push({ at, before, after });
    before = after;
  }
  return { offset, transitions };
};
