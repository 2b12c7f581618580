/**
 * When a schedule runs in the reference year, in minutes of the host's own clock. Events without a date repeat each
 * week and are kept as one week, so that a daily job costs seven numbers and not 365.
 */
import { daysFromCivil } from '../calendar/civil.ts';
import type { CalendarEvent, FieldName } from '../calendar/event.ts';
import { fieldValues } from '../calendar/fields.ts';
import { lintCalendarEvent } from '../calendar/lint.ts';
import { hasOpenStep } from '../calendar/losses.ts';
import { nextWall } from '../calendar/next-wall.ts';
import { parseCalendarEvent } from '../calendar/parse.ts';
import { REFERENCE_YEAR } from '../calendar/reference-year.ts';

export const DAY = 1440;
export const WEEK = 7 * DAY;

/** Bounds of the year in wall-clock minutes since 1970-01-01 00:00. */
export const YEAR_START = daysFromCivil(REFERENCE_YEAR, 1, 1) * DAY;
export const YEAR_END = daysFromCivil(REFERENCE_YEAR + 1, 1, 1) * DAY;
/** Monday 00:00 of the first full week. */
const MONDAY = daysFromCivil(REFERENCE_YEAR, 1, 5) * DAY;

/** More often than every five minutes: such a job is always on, and has no time of its own. */
const MOST_PER_WEEK = WEEK / 5;

export type Runs =
  /** Minutes since Monday 00:00, ascending. */
  | { readonly kind: 'weekly'; readonly event: CalendarEvent; readonly minutes: readonly number[] }
  /** Wall-clock minutes since 1970, ascending, inside the year. */
  | { readonly kind: 'dated'; readonly event: CalendarEvent; readonly minutes: readonly number[] };

/** Minutes since Monday 00:00 of a wall-clock minute. 1970-01-01 was a Thursday. */
export const weekMinute = (wall: number): number => (((wall + 3 * DAY) % WEEK) + WEEK) % WEEK;

/** The first wall-clock minute of `from` or later that lies at a minute of the week. */
export const firstInWeek = (minute: number, from: number): number => {
  const ahead = minute - weekMinute(from);
  return from + (ahead < 0 ? ahead + WEEK : ahead);
};

/** Looks schedules up by their text: many jobs share one. */
export function scheduleRuns(): (text: string) => Runs | undefined {
  const known = new Map<string, Runs | undefined>();
  return text => {
    if (!known.has(text)) known.set(text, expand(text));
    return known.get(text);
  };
}

/**
 * Undefined for what does not parse, is certainly meant otherwise (`24:00`), never comes in the year, or comes more
 * often than every five minutes.
 */
function expand(text: string): Runs | undefined {
  const parsed = parseCalendarEvent(text);
  if (!parsed.ok || lintCalendarEvent(text).some(({ severity }) => severity === 'error')) return undefined;
  const { event } = parsed;
  const isWeekly = event.year.length + event.month.length + event.day.length === 0;
  const minutes = isWeekly ? weekOf(event) : between(event, YEAR_START, YEAR_END);
  if (minutes.length === 0 || minutes.length > MOST_PER_WEEK) return undefined;
  return { kind: isWeekly ? 'weekly' : 'dated', event, minutes };
}

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

function weekOf(event: CalendarEvent): number[] {
  const { weekdays, hour, minute, second } = event;
  const isPlain = ![hour, minute, second].some(hasOpenStep);
  const days = weekdays.length === 0 ? EVERY_DAY : weekdays;
  const hours = isPlain ? valuesOf('hour', event) : [];
  const minutes = isPlain ? valuesOf('minute', event) : [];
  if (isPlain && days.length * hours.length * minutes.length <= MOST_PER_WEEK)
    return days.flatMap(day => hours.flatMap(at => minutes.map(past => day * DAY + at * 60 + past)));
  // A week ahead of it: which values a step loses depends on the run before.
  const found = between(event, MONDAY - WEEK, MONDAY + WEEK);
  // Too many were not looked for to the end; what is there of them would pass for a week.
  if (found.length > 2 * MOST_PER_WEEK) return found;
  return found.filter(at => at >= MONDAY).map(at => at - MONDAY);
}

/** Most schedules have one hour and one minute. */
function valuesOf(name: FieldName, event: CalendarEvent): number[] {
  const [first, ...others] = event[name];
  return first?.kind === 'single' && others.length === 0 ? [first.value] : fieldValues(name, event[name]);
}

/** Runs in [from, to), one for each minute at most: the schedulers look at the clock once a minute. */
function between(event: CalendarEvent, from: number, to: number): number[] {
  const minutes: number[] = [];
  let after = from * 60 - 1;
  while (minutes.length <= 2 * MOST_PER_WEEK) {
    const wall = nextWall(event, after);
    if (wall === undefined || wall >= to * 60) break;
    const minute = Math.floor(wall / 60);
    minutes.push(minute);
    after = minute * 60 + 59;
  }
  return minutes;
}

/** The first run at `from` or later, wall-clock minutes; undefined: none in the year. */
export function firstFrom({ kind, minutes }: Runs, from: number): number | undefined {
  if (kind === 'dated') return minutes.find(minute => minute >= from);
  const first = Math.min(...minutes.map(minute => firstInWeek(minute, from)));
  return first < YEAR_END ? first : undefined;
}

/** First and last run of the year, in wall-clock minutes, and how many there are. */
export function boundsOf({ kind, minutes }: Runs): {
  readonly first: number;
  readonly last: number;
  readonly count: number;
} {
  if (kind === 'dated') return { first: minutes[0]!, last: minutes.at(-1)!, count: minutes.length };
  let first = YEAR_END;
  let last = YEAR_START;
  let count = 0;
  for (const minute of minutes) {
    const start = firstInWeek(minute, YEAR_START);
    const weeks = Math.floor((YEAR_END - 1 - start) / WEEK);
    first = Math.min(first, start);
    last = Math.max(last, start + weeks * WEEK);
    count += weeks + 1;
  }
  return { first, last, count };
}

/** Every run of the year, in wall-clock minutes. */
export function yearOf({ kind, minutes }: Runs): number[] {
  if (kind === 'dated') return [...minutes];
  const walls: number[] = [];
  for (let week = YEAR_START - weekMinute(YEAR_START); week < YEAR_END; week += WEEK) {
    for (const minute of minutes) {
      const wall = week + minute;
      if (wall >= YEAR_START && wall < YEAR_END) walls.push(wall);
    }
  }
  return walls;
}
