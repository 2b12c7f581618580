/** Time zones by their IANA names: offsets and transitions, from the zone data of the JavaScript engine. */
import { civilFromSeconds, daysFromCivil, secondsPerDay } from './civil.ts';

/** A change of the offset from UTC: `at` in epoch seconds, offsets in seconds east of UTC. */
export interface Transition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

interface ZoneYear {
  readonly offset: number;
  readonly transitions: readonly Transition[];
}

/**
 * `Area/City` or `UTC`. Other names the engine knows (`PST`, `US/Eastern`, `+01:00`) are no zones, or legacy ones
 * that a Debian 13 host without the package tzdata-legacy does not have.
 */
const zoneName =
  /^(?:UTC|(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)(?:\/[A-Z][\w+-]*)+)$/;

const openZone = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });

// Memos of pure functions: what is kept depends on the zone data only, and there are some 600 zones.
const knownZones = new Map<string, boolean>();
const formats = new Map<string, Intl.DateTimeFormat>();
const zoneYears = new Map<string, Map<number, ZoneYear>>();

const askEngine = (name: string): boolean => {
  if (!zoneName.test(name)) return false;
  try {
    const { timeZone } = openZone(name).resolvedOptions();
    // Zone files are case-sensitive, the engine is not: it answers with the true spelling.
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
};

/** Is this the name of a time zone that a host will know? Case matters. */
export const isTimeZone = (name: string): boolean => {
  const known = knownZones.get(name);
  if (known !== undefined) return known;
  const answer = askEngine(name);
  // Names come from the user's text: only the finite set of real ones is kept.
  if (answer) knownZones.set(name, answer);
  return answer;
};

/** Offset by asking the engine: exact and slow (microseconds). The text ends in `GMT`, `GMT+01:00` or `GMT-00:44:30`. */
const engineOffset = (format: Intl.DateTimeFormat, seconds: number): number => {
  const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(seconds * 1000));
  if (match?.[1] === undefined) return 0;
  const size = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === '-' ? -size : size;
};

/** Transitions of a zone lie further apart than this (the closest enclose Ramadan), so no pair goes unseen between samples. */
const sampleDays = 14;

const scanYear = (format: Intl.DateTimeFormat, year: number): ZoneYear => {
  const start = daysFromCivil(year, 1, 1) * secondsPerDay;
  const end = daysFromCivil(year + 1, 1, 1) * secondsPerDay;
  const first = engineOffset(format, start);
  const transitions: Transition[] = [];
  let before = first;
  for (let sample = start; sample < end; sample += sampleDays * secondsPerDay) {
    let high = Math.min(sample + sampleDays * secondsPerDay, end);
    const after = engineOffset(format, high);
    if (after === before) continue;
    let low = sample;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (engineOffset(format, middle) === before) low = middle;
      else high = middle;
    }
    transitions.push({ at: high, before, after });
    before = after;
  }
  return { offset: first, transitions };
};

const zoneYear = (zone: string, year: number): ZoneYear => {
  let years = zoneYears.get(zone);
  if (years === undefined) {
    years = new Map();
    zoneYears.set(zone, years);
    formats.set(zone, openZone(zone));
  }
  let found = years.get(year);
  if (found === undefined) {
    found = scanYear(formats.get(zone)!, year);
    years.set(year, found);
  }
  return found;
};

/** The transitions of a zone in a year of UTC, ascending. Throws a RangeError when `isTimeZone(zone)` is false. */
export const transitionsIn = (zone: string, year: number): readonly Transition[] =>
  zoneYear(zone, year).transitions;

/** Seconds east of UTC at a moment in epoch seconds. Throws as `transitionsIn`. */
export const offsetAt = (zone: string, seconds: number): number => {
  if (zone === 'UTC') return 0;
  const { offset, transitions } = zoneYear(zone, civilFromSeconds(seconds).year);
  let current = offset;
  for (const transition of transitions) {
    if (transition.at > seconds) break;
    current = transition.after;
  }
  return current;
};

/**
 * The first moment at which the clocks of a zone show a wall time (`civilToSeconds`), in epoch seconds; undefined
 * in a gap. Throws as `transitionsIn`.
 */
export const momentOfWall = (zone: string, wall: number): number | undefined => {
  // Offsets lie within -12 h … +14 h, so a day to either side is certainly before and after the moment.
  const before = offsetAt(zone, wall - secondsPerDay);
  const after = offsetAt(zone, wall + secondsPerDay);
  if (before === after) return wall - before;
  // The larger offset gives the earlier moment: in a doubled hour the first pass is wanted.
  const [larger, smaller] = before >= after ? [before, after] : [after, before];
  for (const offset of [larger, smaller]) {
    if (offsetAt(zone, wall - offset) === offset) return wall - offset;
  }
  return undefined;
};
