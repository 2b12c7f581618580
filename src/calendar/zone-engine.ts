/** Time zones as the JavaScript engine knows them: complete, and slow to start (half of what Node itself needs). */
import { daysFromCivil, secondsPerDay } from './civil.ts';
import type { Transition, ZoneYear } from './zone-table.ts';

/**
 * `Area/City` or `UTC`. Other names the engine knows (`PST`, `US/Eastern`, `+01:00`) are no zones, or legacy ones
 * that a Debian 13 host without the package tzdata-legacy does not have.
 */
const zoneName =
  /^(?:UTC|(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)(?:\/[A-Z][\w+-]*)+)$/;

const openZone = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });

/** Is this the name of a time zone that the engine knows, spelled as it is in the time zone database? */
export const engineKnows = (name: string): boolean => {
  if (!zoneName.test(name)) return false;
  try {
    const { timeZone } = openZone(name).resolvedOptions();
    // Zone files are case-sensitive, the engine is not: it answers with the true spelling.
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
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

// Memo of a pure function: there are some 600 zones.
const formats = new Map<string, Intl.DateTimeFormat>();

/** A year (of UTC) of a zone. Throws a RangeError when the engine does not know it. */
export const engineYear = (zone: string, year: number): ZoneYear => {
  const format = formats.get(zone) ?? openZone(zone);
  formats.set(zone, format);
  return scanYear(format, year);
};
