import type { CalendarEvent } from '../../src/calendar/event.ts';
import { parseCalendarEvent } from '../../src/calendar/parse.ts';

/** The event of a text that must parse. */
export const eventOf = (text: string): CalendarEvent => {
  const parsed = parseCalendarEvent(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return parsed.event;
};

/** Epoch seconds of `2026-03-28T12:00:00+01:00` and the like. */
export const epoch = (iso: string): number => Date.parse(iso) / 1000;
