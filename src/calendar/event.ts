/**
 * A calendar event as Proxmox understands it, as plain data. One Rust implementation reads the schedules of
 * PBS and the `jobs.cfg` of PVE (proxmox-rs: proxmox-time/src/calendar_event.rs); systemd.time(7) is its model.
 */

/** One item of a field: `n`, `a..b`, `a/step` (without end, see `losses.ts`) or `a..b/step`. */
export type FieldItem =
  | { readonly kind: 'single'; readonly value: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'step'; readonly from: number; readonly step: number; readonly to?: number };

/** The items of one field; none means every value. */
export type Field = readonly FieldItem[];

export type FieldName = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

export interface CalendarEvent extends Readonly<Record<FieldName, Field>> {
  /** The word the event was written with (`daily`), if it was one; the fields say the same. */
  readonly keyword?: string;
  /** Computed in UTC, and not in the zone of the host that runs the job. */
  readonly utc: boolean;
  /** 0 = Monday … 6 = Sunday, ascending; none means every day. */
  readonly weekdays: readonly number[];
}

/** Smallest and largest value the parser accepts. The upper year is systemd's, which Proxmox keeps to. */
export const fieldBounds: Readonly<Record<FieldName, readonly [min: number, max: number]>> = {
  year: [0, 2199],
  month: [1, 12],
  day: [1, 31],
  hour: [0, 23],
  minute: [0, 59],
  second: [0, 59],
};

const zero: Field = [{ kind: 'single', value: 0 }];
const one: Field = [{ kind: 'single', value: 1 }];
const months = (...values: number[]): Field => values.map(value => ({ kind: 'single', value }));

const everySecond = {
  utc: false,
  weekdays: [],
  year: [],
  month: [],
  day: [],
  hour: [],
  minute: [],
  second: [],
};
const atMidnight = { ...everySecond, hour: zero, minute: zero, second: zero };

/** The event at 00:00 every day: what is not written has its time. */
export const midnightEvent: CalendarEvent = atMidnight;

/** What each keyword stands for. Lower case only, and alone. */
export const keywordEvents: ReadonlyMap<string, CalendarEvent> = new Map(
  Object.entries<CalendarEvent>({
    minutely: { ...everySecond, second: zero },
    hourly: { ...everySecond, minute: zero, second: zero },
    daily: atMidnight,
    weekly: { ...atMidnight, weekdays: [0] },
    monthly: { ...atMidnight, day: one },
    quarterly: { ...atMidnight, day: one, month: months(1, 4, 7, 10) },
    semiannually: { ...atMidnight, day: one, month: months(1, 7) },
    'semi-annually': { ...atMidnight, day: one, month: months(1, 7) },
    yearly: { ...atMidnight, day: one, month: one },
    annually: { ...atMidnight, day: one, month: one },
  }).map(([keyword, event]) => [keyword, { keyword, ...event }]),
);
