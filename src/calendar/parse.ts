/**
 * Reads a calendar event with the grammar of PBS, traps included (proxmox-time/src/calendar_event.rs; the same code
 * reads PVE's `jobs.cfg`). Whether a *user* should write it is for `lint.ts`.
 *
 *     event    := keyword | [weekdays] [blanks] [date] [blanks] [time]     then optionally [spaces] "UTC"
 *     date     := [year "-"] month "-" day
 *     time     := [hour ":"] minute [":" second]
 *     field    := "*" | "*" "/" step | item ("," item)*
 *     item     := n | n "/" step | n ".." m ["/" step]
 */
import type { CalendarEvent, Field, FieldName } from './event.ts';
import { keywordEvents, midnightEvent } from './event.ts';
import { quoted } from './quote.ts';
import type { FieldScanner } from './read-field.ts';
import { fieldScanner } from './read-field.ts';
import { readWeekdays } from './weekdays.ts';

export interface CalendarError {
  /** What is wrong at `offset` (UTF-16, from the start of the text), and what is allowed there. */
  readonly message: string;
  readonly offset?: number;
}

/** How the time of day was written: what tells a lone minute and a pair minute:second from hour:minute. */
export type TimeShape = 'none' | 'minute' | 'minute:second' | 'hour:minute' | 'hour:minute:second';

export type CalendarParse =
  | { readonly ok: true; readonly event: CalendarEvent }
  | { readonly ok: false; readonly error: CalendarError };

export type ShapedParse =
  | { readonly ok: true; readonly event: CalendarEvent; readonly shape: TimeShape }
  | { readonly ok: false; readonly error: CalendarError };

const keywords = [...keywordEvents.keys()].join(', ');

interface Part {
  readonly fields: Partial<Record<FieldName, Field>>;
  readonly end: number;
}

const failed = (message: string, offset: number): ShapedParse => ({ ok: false, error: { message, offset } });

const skipBlanks = (text: string, at: number): number => {
  let end = at;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end;
};

/** Reads the named fields one after the other with `separator` between them; undefined when one does not fit. */
const readSequence = (
  scan: FieldScanner,
  text: string,
  at: number,
  names: readonly FieldName[],
  separator: string,
): Part | undefined => {
  const fields: Partial<Record<FieldName, Field>> = {};
  let end = at;
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    if (index > 0) {
      if (!text.startsWith(separator, end)) return undefined;
      end += separator.length;
    }
    const field = scan.field(name, end);
    if (field === undefined) return undefined;
    fields[name] = field.value;
    end = field.end;
  }
  return { fields, end };
};

const readDate = (scan: FieldScanner, text: string, at: number): Part | undefined =>
  readSequence(scan, text, at, ['year', 'month', 'day'], '-') ??
  readSequence(scan, text, at, ['month', 'day'], '-');

/**
 * The hour is optional, so a first number no hour can be is read as a minute, and the second as a second:
 * `24:00` is xx:24:00 every hour.
 */
const readTime = (
  scan: FieldScanner,
  text: string,
  at: number,
): (Part & { shape: TimeShape }) | undefined => {
  const hour = readSequence(scan, text, at, ['hour'], ':');
  const hasHour = hour !== undefined && text[hour.end] === ':';
  const minute = readSequence(scan, text, hasHour ? hour.end + 1 : at, ['minute'], ':');
  if (minute === undefined) return undefined;
  const second =
    text[minute.end] === ':' ? readSequence(scan, text, minute.end + 1, ['second'], ':') : undefined;
  const shape = `${hasHour ? 'hour:' : ''}minute${second ? ':second' : ''}` as const;
  return {
    fields: {
      hour: (hasHour ? hour.fields.hour : undefined) ?? [],
      minute: minute.fields.minute ?? [],
      second: second?.fields.second ?? midnightEvent.second,
    },
    end: second?.end ?? minute.end,
    shape,
  };
};

/** `HH:MM` to the end of the text, as nearly all schedules have it: the same without looking for anything else. */
const plainTime = (text: string, at: number): Pick<CalendarEvent, 'hour' | 'minute'> | undefined => {
  if (text.length !== at + 5 || text[at + 2] !== ':') return undefined;
  const hour = twoDigits(text, at);
  const minute = twoDigits(text, at + 3);
  if (!(hour < 24 && minute < 60)) return undefined;
  return { hour: [{ kind: 'single', value: hour }], minute: [{ kind: 'single', value: minute }] };
};

/** NaN for anything else. */
const twoDigits = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

const ZERO = 0x30;

/** As `parseCalendarEvent`, with the shape of the time for the linter. */
export const parseShaped = (text: string): ShapedParse => {
  const utc = text.endsWith('UTC');
  const body = utc ? text.slice(0, -3).replace(/ +$/, '') : text;
  const keyword = keywordEvents.get(body);
  if (keyword !== undefined) return { ok: true, event: { ...keyword, utc }, shape: 'none' };
  if (body === '') return failed('nothing is written', 0);

  let weekdays: readonly number[] = [];
  let at = 0;
  if (/^[A-Za-z]/.test(body)) {
    const list = readWeekdays(body, 0);
    if (!list.ok) {
      return failed(`${quoted(list.found)} is no weekday (mon … sun) and no keyword (${keywords})`, list.at);
    }
    weekdays = list.weekdays;
    at = skipBlanks(body, list.end);
  }
  const plain = plainTime(body, at);
  if (plain !== undefined) {
    const { hour, minute } = plain;
    const event = { utc, weekdays, year: [], month: [], day: [], hour, minute, second: midnightEvent.second };
    return { ok: true, event, shape: 'hour:minute' };
  }
  const scan = fieldScanner(body);
  const date = readDate(scan, body, at);
  if (date !== undefined) at = skipBlanks(body, date.end);
  const time = readTime(scan, body, at);
  at = time?.end ?? at;
  if (at < body.length || (weekdays.length === 0 && date === undefined && time === undefined)) {
    const misfit = scan.misfit();
    // What is left over goes on where a number was too large for the longer reading: the number is to blame.
    if (misfit !== undefined && (misfit.offset >= at || /[-:/.,]/.test(body[at] ?? '')))
      return failed(misfit.problems.join(', '), misfit.offset);
    return failed(
      `${quoted(body.slice(at))} fits no part of "[weekdays] [[year-]month-day] [hour:minute]"`,
      at,
    );
  }
  const { year, month, day } = date?.fields ?? {};
  const { hour, minute, second } = time?.fields ?? midnightEvent;
  const event: CalendarEvent = {
    utc,
    weekdays,
    year: year ?? [],
    month: month ?? [],
    day: day ?? [],
    hour: hour ?? [],
    minute: minute ?? [],
    second: second ?? [],
  };
  return { ok: true, event, shape: time?.shape ?? 'none' };
};

/** Reads what PBS accepts, to the letter. Never throws. */
export const parseCalendarEvent = (text: string): CalendarParse => {
  const parsed = parseShaped(text);
  return parsed.ok ? { ok: true, event: parsed.event } : parsed;
};
