/**
 * Which values Proxmox skips for good. A step without an end goes on past its field: after 20:00 `0/5:00` looks for
 * hour 25, lands at 01:00 of the next day and goes on from there, so midnight never comes. The first values of a
 * period are lost whenever the step lands behind them *and* the next period (day, hour …) is one of the event's own;
 * otherwise Proxmox jumps to the start of the next period and meets them all. Days need no step for it: looking for a
 * 31st in February, `*-*-1,31` lands on 3 March and misses the 1st.
 */
import { daysInMonth } from './civil.ts';
import type { CalendarEvent, Field, FieldItem, FieldName } from './event.ts';
import { fieldBounds } from './event.ts';
import { fieldContains, fieldNext, fieldValues } from './fields.ts';

export interface Loss {
  readonly field: FieldName;
  /** Matching values that do not come (for days: not in every month), ascending. */
  readonly values: readonly number[];
}

/** The values lost when a period whose last value is `max` is followed by the next: `[]` when the step fits. */
const lostAfter = (name: FieldName, field: Field, max: number): number[] => {
  const [min] = fieldBounds[name];
  const last = fieldValues(name, field, max).at(-1);
  const next = last === undefined ? undefined : fieldNext(field, last);
  if (next === undefined) return [];
  const landing = next - (max + 1 - min);
  return fieldValues(name, field, max).filter(value => value < landing);
};

/** Are there two periods in a row, `first` and `last` being neighbours when the period above repeats too? */
const hasNeighbours = (name: 'month' | 'hour' | 'minute', field: Field, above: boolean): boolean => {
  const [min, max] = fieldBounds[name];
  const values = fieldValues(name, field);
  return values.some(value =>
    value < max ? fieldContains(field, value + 1) : above && fieldContains(field, min),
  );
};

const hasNeighbourDays = ({ weekdays, day }: CalendarEvent): boolean => {
  const byWeekday = weekdays.length === 0 || weekdays.some(d => weekdays.includes((d + 1) % 7));
  const days = fieldValues('day', day);
  const byDay = days.some(d => days.includes(d + 1)) || (days[0] === 1 && days.at(-1)! >= 28);
  return byWeekday && byDay;
};

/** Days are lost at the end of a month of the event whose following month is one of the event's too. */
const lostDays = ({ month, day }: CalendarEvent): number[] => {
  const lost = new Set<number>();
  for (const m of fieldValues('month', month)) {
    if (!fieldContains(month, (m % 12) + 1)) continue;
    const lengths = m === 2 ? [28, 29] : [daysInMonth(2001, m)];
    for (const value of lengths.flatMap(length => lostAfter('day', day, length))) lost.add(value);
  }
  return [...lost].sort((a, b) => a - b);
};

const fieldNames = ['month', 'day', 'hour', 'minute', 'second'] as const;

const isOpenStep = (item: FieldItem): boolean => item.kind === 'step' && item.to === undefined;

/** Whether a step of the field goes on past it: without one, nothing is lost. */
export const hasOpenStep = (field: Field): boolean => field.some(isOpenStep);

/** What the steps of an event lose, largest field first; empty for an event that means what it says. */
export const lossesOf = (event: CalendarEvent): Loss[] => {
  if (event.day.length === 0 && !fieldNames.some(name => hasOpenStep(event[name]))) return [];
  const yearsRepeat =
    event.year.length === 0 ||
    fieldValues('year', event.year).some(year => fieldContains(event.year, year + 1));
  const daysRepeat = hasNeighbourDays(event);
  const hoursRepeat = hasNeighbours('hour', event.hour, daysRepeat);
  const minutesRepeat = hasNeighbours('minute', event.minute, hoursRepeat);
  const losses: Loss[] = [
    { field: 'month', values: yearsRepeat ? lostAfter('month', event.month, 12) : [] },
    { field: 'day', values: lostDays(event) },
    { field: 'hour', values: daysRepeat ? lostAfter('hour', event.hour, 23) : [] },
    { field: 'minute', values: hoursRepeat ? lostAfter('minute', event.minute, 59) : [] },
    { field: 'second', values: minutesRepeat ? lostAfter('second', event.second, 59) : [] },
  ];
  return losses.filter(({ values }) => values.length > 0);
};

/** Is the loss a matter of a step, and not of a day that short months lack? */
export const isStepLoss = (event: CalendarEvent, { field }: Loss): boolean => hasOpenStep(event[field]);

/** Why Proxmox skips what, as a clause. */
export const describeLoss = (event: CalendarEvent, loss: Loss): string => {
  const skips = `Proxmox skips ${loss.field} ${loss.values.join(', ')}`;
  if (isStepLoss(event, loss)) return `a step that does not divide its field, after which ${skips}`;
  return `a day that short months lack, after which ${skips}`;
};
