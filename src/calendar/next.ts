/** When an event runs, in a zone: next runs, never, and the spring gap. */
import { civilToSeconds, daysFromCivil, secondsPerDay } from './civil.ts';
import type { CalendarEvent } from './event.ts';
import { nextWall } from './next-wall.ts';
import { momentOfWall, offsetAt, transitionsIn } from './zone.ts';

export interface NextOptions {
  /** IANA name for which `isTimeZone` is true; a RangeError otherwise. An event with `UTC` ignores it. */
  readonly zone: string;
  /** Epoch seconds; runs are strictly later. */
  readonly after: number;
  readonly count: number;
}

/**
 * The next `count` runs in ascending epoch seconds; fewer when the event ends. A time inside a spring gap is skipped;
 * a time that comes twice in autumn runs once, at its first occurrence. (Proxmox leaves open which of the two it is
 * when the last run lies inside the change night; from an earlier day it is the first, as with systemd.)
 */
export const nextEvents = (event: CalendarEvent, { zone, after, count }: NextOptions): number[] => {
  const runs: number[] = [];
  const local = event.utc ? 'UTC' : zone;
  let wall: number | undefined = after + offsetAt(local, after);
  while (runs.length < count) {
    wall = nextWall(event, wall);
    if (wall === undefined) break;
    const run = momentOfWall(local, wall);
    // A wall time of the second pass lies before `after`: its first pass is over.
    if (run !== undefined && run > after) runs.push(run);
  }
  return runs;
};

const endOf1999 = civilToSeconds({ year: 1999, month: 12, day: 31, hour: 23, minute: 59, second: 59 });

/** Is there no date from the year 2000 on for the event: `*-02-30`, or years that all lie before? */
export const neverFires = (event: CalendarEvent): boolean =>
  // Only a date can fail to come, and nearly all schedules have none.
  event.year.length + event.month.length + event.day.length > 0 && nextWall(event, endOf1999) === undefined;

/** Does a run of the event fall into a gap of the zone's clocks in that year, and so not happen? */
export const inSpringGap = (event: CalendarEvent, zone: string, year: number): boolean => {
  if (event.utc) return false;
  const newYear = daysFromCivil(year, 1, 1) * secondsPerDay;
  const nextYear = daysFromCivil(year + 1, 1, 1) * secondsPerDay;
  // The year is the one of the wall clock: transitions around midnight of New Year may lie in a neighbouring year of UTC.
  return [year - 1, year, year + 1]
    .flatMap(y => transitionsIn(zone, y))
    .some(({ at, before, after }) => {
      if (after <= before || at + before < newYear || at + before >= nextYear) return false;
      const lost = nextWall(event, at + before - 1);
      return lost !== undefined && lost < at + after;
    });
};
