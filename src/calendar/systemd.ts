/** Calendar events as systemd's `OnCalendar=` (systemd.time(7), systemd 252). */
import { canonicalCalendarEvent, twoDigits } from './canonical.ts';
import type { CalendarEvent, Field, FieldName } from './event.ts';
import { fieldBounds } from './event.ts';
import { fieldValues } from './fields.ts';
import { describeLoss, lossesOf } from './losses.ts';
import { neverFires } from './next.ts';
import { weekdayNames, writeList } from './weekdays.ts';

export type SystemdEvent =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** The step of a full progression from below one step to the end of the field, if it divides the field. */
const fullStep = (name: FieldName, values: readonly number[]): number | undefined => {
  const size = fieldBounds[name][1] + 1;
  const step = values.length < 4 ? 1 : values[1]! - values[0]!;
  if (step === 1 || size % step !== 0 || values.length !== size / step) return undefined;
  return values.every((value, index) => value === values[0]! + index * step) ? step : undefined;
};

/**
 * Values are written out: systemd has other spellings for steps, and gives up on some of them (“Infinite loop in
 * calendar calculation”). Only hours, minutes and seconds in steps that divide their field stay steps (`00/15`).
 */
const writeValues = (name: FieldName, field: Field): string => {
  const [min, max] = fieldBounds[name];
  const [only] = field;
  if (only === undefined) return '*';
  if (field.length === 1 && only.kind === 'single' && only.value >= min && only.value <= max)
    return twoDigits(only.value);
  const values = fieldValues(name, field);
  if (values.length === max - min + 1) return '*';
  const step = min === 0 ? fullStep(name, values) : undefined;
  return step === undefined ? writeList(values, twoDigits) : `${twoDigits(values[0]!)}/${step}`;
};

/** systemd refuses years before 1970 and reads two-digit years as 1970 to 2069; Proxmox never comes to either. */
const writeYears = (field: Field): string =>
  field.length === 0
    ? '*'
    : writeList(
        fieldValues('year', field).filter(year => year >= 1970),
        String,
      );

/**
 * The `OnCalendar` text `[Dow ]Y-M-D H:M:S[ UTC]` that fires at the same instants as the event does under Proxmox.
 * Refused: what never fires, and what Proxmox loses values of (systemd would fire at all of them).
 */
export const toSystemd = (event: CalendarEvent): SystemdEvent => {
  const text = canonicalCalendarEvent(event);
  if (neverFires(event)) return { ok: false, reason: `"${text}" never fires` };
  const [loss] = lossesOf(event);
  if (loss !== undefined) {
    return { ok: false, reason: `"${text}" has ${describeLoss(event, loss)}, systemd does not` };
  }
  const weekdays =
    event.weekdays.length % 7 === 0
      ? ''
      : `${writeList(event.weekdays, day => capital(weekdayNames[day]!))} `;
  const date = `${writeYears(event.year)}-${writeValues('month', event.month)}-${writeValues('day', event.day)}`;
  const time = (['hour', 'minute', 'second'] as const).map(name => writeValues(name, event[name])).join(':');
  return { ok: true, text: `${weekdays}${date} ${time}${event.utc ? ' UTC' : ''}` };
};
