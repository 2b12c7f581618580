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

/** Rules by zone, as they are written: found in the text when they are first asked for, since few zones ever are. */
const known = new Map<string, string>();

function rulesOf(zone: string): string | undefined {
  const rules = known.get(zone) ?? find(zone);
  if (rules !== undefined) known.set(zone, rules);
  return rules;
}

/** A line has the rules and then the names of its zones. */
function find(zone: string): string | undefined {
  if (zone.includes(' ') || zone.includes('\n')) return undefined;
  for (let at = ZONES.indexOf(` ${zone}`); at >= 0; at = ZONES.indexOf(` ${zone}`, at + 1)) {
    const end = at + 1 + zone.length;
    if (end < ZONES.length && ZONES[end] !== ' ' && ZONES[end] !== '\n') continue;
    const line = ZONES.lastIndexOf('\n', at) + 1;
    return ZONES.slice(line, ZONES.indexOf(' ', line));
  }
  return undefined;
}

export const tableKnows = (name: string): boolean => rulesOf(name) !== undefined;

/** Every zone of the table, in no order. */
export const tableZones = (): readonly string[] =>
  ZONES.split('\n').flatMap(line => line.split(' ').slice(1));

/** A year of a zone; undefined when the table does not have it. */
export const tableYear = (zone: string, year: number): ZoneYear | undefined => {
  const rules = year < FIRST_YEAR || year > LAST_YEAR ? undefined : rulesOf(zone);
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
