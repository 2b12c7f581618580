/** Time zones by their IANA names: offsets and transitions. */
import { suggest } from '../diagnostics/suggest.ts';
import { civilFromSeconds, secondsPerDay } from './civil.ts';
import { engineKnows, engineYear } from './zone-engine.ts';
import { type Transition, tableKnows, tableYear, tableZones, type ZoneYear } from './zone-table.ts';

export type { Transition } from './zone-table.ts';

// Memos of pure functions: what is kept depends on the zone data only, and there are some 600 zones.
const knownZones = new Map<string, boolean>();
const zoneYears = new Map<string, Map<number, ZoneYear>>();

/** Is this the name of a time zone that a host will know? Case matters. */
export const isTimeZone = (name: string): boolean => {
  const known = knownZones.get(name);
  if (known !== undefined) return known;
  const answer = tableKnows(name) || engineKnows(name);
  // Names come from the user's text: only the finite set of real ones is kept.
  if (answer) knownZones.set(name, answer);
  return answer;
};

/** The zone that was probably meant: of another spelling, or of the city that is named alone. */
export const nearTimeZone = (name: string): string | undefined => {
  const zones = tableZones();
  const plain = name.toLowerCase().replaceAll(' ', '_');
  const same = zones.find(zone => zone.toLowerCase() === plain);
  return same ?? zones.find(zone => zone.toLowerCase().endsWith(`/${plain}`)) ?? suggest(name, zones);
};

const zoneYear = (zone: string, year: number): ZoneYear => {
  let years = zoneYears.get(zone);
  if (years === undefined) {
    years = new Map();
    zoneYears.set(zone, years);
  }
  let found = years.get(year);
  if (found === undefined) {
    found = tableYear(zone, year) ?? engineYear(zone, year);
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
