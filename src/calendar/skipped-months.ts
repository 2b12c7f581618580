/**
 * Months that have none of an event's days, and so pass without a run: `*-*-31` runs seven times a year. Proxmox says
 * nothing; it goes on to the next date that exists.
 */
import { daysInMonth } from './civil.ts';
import type { CalendarEvent } from './event.ts';
import { fieldValues } from './fields.ts';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const LEAP_DAY = 29;
const [LEAP_YEAR, OTHER_YEAR] = [2028, 2027];

/** Names of the months in which it never runs. With weekdays, dates are irregular on purpose. */
export function skippedMonths({ weekdays, year, month, day }: CalendarEvent): readonly string[] {
  const [first] = day.length === 0 || weekdays.length > 0 ? [] : fieldValues('day', day);
  if (first === undefined || first < LEAP_DAY) return [];
  return fieldValues('month', month).flatMap(one => {
    const name = MONTHS[one - 1]!;
    if (daysInMonth(LEAP_YEAR, one) < first) return [name];
    // Whoever names years knows which are leap years; a date that is in none of them never comes.
    return year.length === 0 && daysInMonth(OTHER_YEAR, one) < first ? [`${name} of most years`] : [];
  });
}
