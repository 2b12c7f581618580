import { canonicalCalendarEvent } from '../../calendar/canonical.ts';
import { parseCalendarEvent } from '../../calendar/parse.ts';

/** One spelling for each calendar event: `5:00` and `05:00` are the same. */
export function calendarMeaning(value: string): string {
  const parsed = parseCalendarEvent(value);
  return parsed.ok ? canonicalCalendarEvent(parsed.event) : value;
}
