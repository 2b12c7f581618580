/** Cron's five fields as a calendar event, for suggestions only. */
import { canonicalCalendarEvent } from './canonical.ts';
import { parseShaped } from './parse.ts';
import { weekdayNames } from './weekdays.ts';

const cronDay = (day: string): string => {
  const number = Number(day);
  if (!/^\d$/.test(day)) return day;
  return weekdayNames[(number + 6) % 7]!;
};

/** `1-5` to `mon..fri`, `0,6` to `sun,sat`; names pass. */
const weekdays = (field: string): string =>
  field
    .split(',')
    .map(part => part.split('-').map(cronDay).join('..'))
    .join(',');

const dots = (field: string): string => field.replaceAll('-', '..');

/** Canonical text for five fields of cron; undefined when the event cannot say it. */
export const fromCron = (fields: readonly string[]): string | undefined => {
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || weekday === undefined) return undefined;
  // With both a day and a weekday cron runs on either, Proxmox only where they meet.
  if (day !== '*' && weekday !== '*') return undefined;
  const date = day === '*' && month === '*' ? '' : `*-${dots(month!)}-${dots(day!)} `;
  const text = `${weekday === '*' ? '' : `${weekdays(weekday)} `}${date}${dots(hour!)}:${dots(minute!)}`;
  const parsed = parseShaped(text);
  return parsed.ok && parsed.shape === 'hour:minute' ? canonicalCalendarEvent(parsed.event) : undefined;
};
