/** Traps in schedules that Proxmox accepts. */
import { canonicalCalendarEvent, twoDigits } from './canonical.ts';
import type { CalendarEvent, Field } from './event.ts';
import { fieldValues } from './fields.ts';
import type { CalendarFinding } from './lint.ts';
import { describeLoss, isStepLoss, lossesOf } from './losses.ts';
import { neverFires } from './next.ts';
import type { TimeShape } from './parse.ts';
import { quoted } from './quote.ts';
import { REFERENCE_YEAR } from './reference-year.ts';
import { skippedMonths } from './skipped-months.ts';

const dayPrefix = (event: CalendarEvent): string => {
  const canonical = canonicalCalendarEvent({ ...event, utc: false });
  return canonical.slice(0, canonical.lastIndexOf(' ') + 1);
};

const plainNumbers = (field: Field): boolean => field.length > 0 && field.every(item => item.kind !== 'step');

/** The hour the author of a lone number meant, if it can be one. */
const asHour = (event: CalendarEvent): string => {
  const [item] = event.minute;
  if (event.minute.length !== 1 || item?.kind !== 'single' || item.value > 23) return '';
  return `write "${dayPrefix(event)}${twoDigits(item.value)}:00${event.utc ? ' UTC' : ''}" for the hour, `;
};

const lintShape = (text: string, event: CalendarEvent, shape: TimeShape): CalendarFinding[] => {
  if (shape !== 'minute' && shape !== 'minute:second') return [];
  const meaning = `"${canonicalCalendarEvent(event)}"`;
  if (shape === 'minute:second') {
    const message = `the hour in ${quoted(text)} is above 23, so Proxmox reads minute and second of every hour: ${meaning}`;
    return [{ code: 'calendar-hour-24', message }];
  }
  if (plainNumbers(event.minute)) {
    const message = `${quoted(text)} has a number instead of a time: Proxmox reads it as a minute of every hour, ${meaning}`;
    return [
      {
        code: 'calendar-lone-number',
        message,
        help: `${asHour(event)}${asHour(event) === '' ? 'write ' : ''}${meaning} for the minute`,
      },
    ];
  }
  const message = `${quoted(text)} has minutes without an hour: Proxmox runs it in every hour`;
  return [{ code: 'calendar-bare-minutes', message, help: `write ${meaning}` }];
};

const lintDate = (text: string, event: CalendarEvent): CalendarFinding[] => {
  const years = fieldValues('year', event.year);
  const last = years.at(-1)!;
  if (!neverFires(event)) {
    if (last >= REFERENCE_YEAR) return [];
    const message = `${quoted(text)} never fires again: its last year is ${last}`;
    return [{ code: 'calendar-past-year', message, help: 'leave the year out' }];
  }
  if (last >= 2000) {
    return [{ code: 'calendar-never-fires', message: `${quoted(text)} never fires: there is no such date` }];
  }
  const message = `${quoted(text)} never fires: Proxmox reads the year ${last}`;
  const help = last < 100 ? `write the year with four digits: ${2000 + last}` : 'leave the year out';
  return [{ code: 'calendar-past-year', message, help }];
};

/** Every month has days up to here. */
const lastCommonDay = 28;

const lintMonths = (text: string, event: CalendarEvent): CalendarFinding[] => {
  const skipped = skippedMonths(event);
  if (skipped.length === 0 || neverFires(event)) return [];
  const [day] = fieldValues('day', event.day);
  const message = `${quoted(text)} does not run in ${skipped.join(', ')}: there is no day ${day}`;
  const everyMonth = canonicalCalendarEvent({ ...event, day: [{ kind: 'single', value: lastCommonDay }] });
  const help = `write "${everyMonth}", or the first of the next month; no schedule can say "the last day"`;
  return [{ code: 'calendar-skips-months', message, help }];
};

/** The fields that lose values as lists: the nearest spelling that Proxmox and systemd read alike. */
const withoutLosses = (event: CalendarEvent): CalendarEvent => {
  const spelled: { -readonly [K in keyof CalendarEvent]: CalendarEvent[K] } = { ...event };
  for (const { field } of lossesOf(event)) {
    const values = fieldValues(field, event[field], field === 'day' ? lastCommonDay : undefined);
    spelled[field] = values.map(value => ({ kind: 'single', value }));
  }
  return spelled;
};

const lintLosses = (text: string, event: CalendarEvent): CalendarFinding[] =>
  lossesOf(event).map(loss => {
    const message = `${quoted(text)} has ${describeLoss(event, loss)}`;
    if (!isStepLoss(event, loss)) return { code: 'calendar-short-month', message };
    const help = `write "${canonicalCalendarEvent(withoutLosses(event))}", or a step that divides the field`;
    return { code: 'calendar-uneven-step', message, help };
  });

const lintSeconds = (text: string, event: CalendarEvent, shape: TimeShape): CalendarFinding[] => {
  if (shape !== 'hour:minute:second') return [];
  const seconds = fieldValues('second', event.second);
  if (seconds.length === 1 && seconds[0] === 0) return [];
  const message = `${quoted(text)} names seconds, but Proxmox starts jobs at full minutes only`;
  const rounded = canonicalCalendarEvent({ ...event, second: [{ kind: 'single', value: 0 }] });
  return [{ code: 'calendar-seconds', message, help: `write "${rounded}"` }];
};

/** What is wrong with an event that parses, as far as its meaning tells. */
export const lintEvent = (text: string, event: CalendarEvent, shape: TimeShape): CalendarFinding[] => [
  ...lintShape(text, event, shape),
  ...lintDate(text, event),
  ...lintMonths(text, event),
  ...lintLosses(text, event),
  ...lintSeconds(text, event, shape),
];
