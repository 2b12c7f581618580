/**
 * The next matching wall-clock time, without any zone: the search of Proxmox's `compute_next_event`, step by step,
 * because its order of steps decides which values a step that does not divide its field loses.
 */
import type { Civil } from './civil.ts';
import { civilFromSeconds, civilToSeconds, weekdayOf } from './civil.ts';
import type { CalendarEvent } from './event.ts';
import { fieldBounds } from './event.ts';
import { fieldContains, fieldNext } from './fields.ts';

/** Upstream gives up here too; with a few steps a year this is some two hundred years. */
const maxSteps = 1000;

/** Months and everything below may overflow; `civilToSeconds` carries days and below, this carries months. */
const carry = (t: Civil): Civil => {
  // Most steps stay within their field.
  if (t.month <= 12 && t.day <= 28 && t.hour < 24 && t.minute < 60 && t.second < 60) return t;
  const month = t.month - 1;
  const years = Math.floor(month / 12);
  return civilFromSeconds(civilToSeconds({ ...t, year: t.year + years, month: month - years * 12 + 1 }));
};

const startOf = (year: number, month: number, day: number): Civil => ({
  year,
  month,
  day,
  hour: 0,
  minute: 0,
  second: 0,
});

const stepDate = (event: CalendarEvent, t: Civil): Civil | 'matches' | undefined => {
  // systemd's last year, and the last one that can be written: a step of years would go on.
  if (t.year > fieldBounds.year[1]) return undefined;
  if (!fieldContains(event.year, t.year)) {
    const year = fieldNext(event.year, t.year);
    return year === undefined ? undefined : startOf(year, 1, 1);
  }
  if (!fieldContains(event.month, t.month)) {
    const month = fieldNext(event.month, t.month);
    if (month === undefined) return startOf(t.year + 1, 1, 1);
    return carry(startOf(t.year, month, 1));
  }
  if (!fieldContains(event.day, t.day)) {
    const day = fieldNext(event.day, t.day);
    return carry(day === undefined ? startOf(t.year, t.month + 1, 1) : startOf(t.year, t.month, day));
  }
  if (event.weekdays.length > 0) {
    const weekday = weekdayOf(t);
    if (!event.weekdays.includes(weekday)) {
      const next = event.weekdays.find(day => day > weekday) ?? 7;
      return carry(startOf(t.year, t.month, t.day + next - weekday));
    }
  }
  return 'matches';
};

const stepTime = (event: CalendarEvent, t: Civil): Civil | 'matches' => {
  if (!fieldContains(event.hour, t.hour)) {
    const hour = fieldNext(event.hour, t.hour);
    return carry(
      hour === undefined ? startOf(t.year, t.month, t.day + 1) : { ...t, hour, minute: 0, second: 0 },
    );
  }
  if (!fieldContains(event.minute, t.minute)) {
    const minute = fieldNext(event.minute, t.minute);
    return carry(
      minute === undefined ? { ...t, hour: t.hour + 1, minute: 0, second: 0 } : { ...t, minute, second: 0 },
    );
  }
  if (!fieldContains(event.second, t.second)) {
    const second = fieldNext(event.second, t.second);
    return carry(second === undefined ? { ...t, minute: t.minute + 1, second: 0 } : { ...t, second });
  }
  return 'matches';
};

/** The first match strictly after `after`, both in wall-clock seconds (`civilToSeconds`); undefined for never, or not before 2200. */
export const nextWall = (event: CalendarEvent, after: number): number | undefined => {
  let t = civilFromSeconds(after + 1);
  for (let step = 0; step < maxSteps; step++) {
    const dated = stepDate(event, t);
    if (dated === undefined) return undefined;
    const stepped = dated === 'matches' ? stepTime(event, t) : dated;
    if (stepped === 'matches') return civilToSeconds(t);
    t = stepped;
  }
  return undefined;
};
