/**
 * Calendar events as one entry of Synology's DSM Task Scheduler. No primary source documents the scheduler; fields
 * and choices are those of its web API (`SYNO.Core.TaskScheduler`: hour, minute, repeat_hour, repeat_min,
 * last_work_hour) as public clients use it. How it treats changes of the clock is not documented.
 */
import { canonicalCalendarEvent } from './canonical.ts';
import type { CalendarEvent } from './event.ts';
import { fieldBounds } from './event.ts';
import { fieldValues } from './fields.ts';
import { describeLoss, lossesOf } from './losses.ts';
import { runsOf } from './weekdays.ts';

/** How often a task repeats within its day, from its first to its last run. */
export type DsmRepeat =
  | { readonly every: 'hours'; readonly interval: number; readonly lastHour: number }
  | { readonly every: 'minutes'; readonly interval: number; readonly lastHour: number };

export interface DsmTask {
  readonly type: 'daily' | 'weekly' | 'monthly';
  /** Of a weekly task: 0 = Sunday … 6 = Saturday, as DSM and cron count. */
  readonly weekdays?: readonly number[];
  /** Of a monthly task: 1..28. */
  readonly dayOfMonth?: number;
  /** The first run of the day. */
  readonly hour: number;
  readonly minute: number;
  readonly repeat?: DsmRepeat;
}

export type DsmEvent =
  | { readonly ok: true; readonly task: DsmTask; readonly cron: string }
  | { readonly ok: false; readonly reason: string };

/** What the task editor offers for repeats in minutes. */
const minuteIntervals = [1, 5, 10, 15, 20, 30];

type Dated = Pick<DsmTask, 'type' | 'weekdays' | 'dayOfMonth'>;

const datePart = ({ weekdays, day }: CalendarEvent): Dated | string => {
  const days = fieldValues('day', day);
  const everyWeekday = weekdays.length % 7 === 0;
  if (days.length === 31) {
    if (everyWeekday) return { type: 'daily' };
    return { type: 'weekly', weekdays: weekdays.map(d => (d + 1) % 7).sort((a, b) => a - b) };
  }
  if (!everyWeekday) return 'a DSM task takes weekdays or a day of the month, not both';
  if (days.length !== 1) return 'a monthly DSM task takes one day of the month, not several';
  if (days[0]! > 28)
    return 'what DSM does in months without that day is not documented: use a day from 1 to 28';
  return { type: 'monthly', dayOfMonth: days[0]! };
};

/** The distance between neighbours if it is always the same. */
const intervalOf = (values: readonly number[]): number | undefined => {
  const interval = values[1]! - values[0]!;
  return values.every((value, index) => value === values[0]! + index * interval) ? interval : undefined;
};

const timePart = (
  hours: readonly number[],
  minutes: readonly number[],
): Pick<DsmTask, 'hour' | 'minute' | 'repeat'> | string => {
  const first = { hour: hours[0]!, minute: minutes[0]! };
  const lastHour = hours.at(-1)!;
  if (minutes.length === 1) {
    if (hours.length === 1) return first;
    const interval = intervalOf(hours);
    if (interval === undefined) return 'a DSM task runs once a day or at one fixed distance of hours';
    return { ...first, repeat: { every: 'hours', interval, lastHour } };
  }
  const interval = intervalOf(minutes);
  const wholeHour = interval !== undefined && minutes.length * interval === 60;
  if (!wholeHour || !minuteIntervals.includes(interval) || runsOf(hours).length !== 1) {
    return `a DSM task repeats every ${minuteIntervals.join(', ')} minutes through consecutive hours, and at no other minutes`;
  }
  return { ...first, repeat: { every: 'minutes', interval, lastHour } };
};

const cronList = (values: readonly number[], size: number): string => {
  if (values.length === size) return '*';
  return runsOf(values)
    .map(([first, last]) =>
      last - first >= 2 ? `${first}-${last}` : first === last ? `${first}` : `${first},${last}`,
    )
    .join(',');
};

/** What no task can say, before looking at its parts. */
const refusal = (event: CalendarEvent, seconds: readonly number[]): string | undefined => {
  if (event.utc) return 'a DSM task runs in the zone of the NAS, not in UTC';
  if (seconds.length !== 1 || seconds[0] !== 0) return 'a DSM task starts at full minutes';
  if (event.year.length > 0 || fieldValues('month', event.month).length < 12) {
    return 'a DSM task that is restricted to years or months needs a date to start from';
  }
  const [loss] = lossesOf(event);
  return loss && `it has ${describeLoss(event, loss)}`;
};

/** The event as one DSM task, with the same in cron's five fields for people; or why one task cannot say it. */
export const toDsm = (event: CalendarEvent): DsmEvent => {
  const refuse = (reason: string): DsmEvent => ({
    ok: false,
    reason: `"${canonicalCalendarEvent(event)}": ${reason}`,
  });
  const reason = refusal(event, fieldValues('second', event.second));
  if (reason !== undefined) return refuse(reason);
  const date = datePart(event);
  if (typeof date === 'string') return refuse(date);
  const hours = fieldValues('hour', event.hour);
  const minutes = fieldValues('minute', event.minute);
  const time = timePart(hours, minutes);
  if (typeof time === 'string') return refuse(time);
  const cron = [
    cronList(minutes, fieldBounds.minute[1] + 1),
    cronList(hours, fieldBounds.hour[1] + 1),
    date.dayOfMonth ?? '*',
    '*',
    date.weekdays === undefined ? '*' : cronList(date.weekdays, 7),
  ].join(' ');
  return { ok: true, task: { ...date, ...time }, cron };
};
