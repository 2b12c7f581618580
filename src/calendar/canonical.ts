/** The one spelling of an event that is written into Proxmox files. */
import type { CalendarEvent, Field, FieldItem } from './event.ts';
import { weekdayNames, writeList } from './weekdays.ts';

/** Two digits, as in `02:00` and `*-*-01`; years keep theirs, so that the year 30 stays the year 30. */
export const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

const writeItem = (item: FieldItem, write: (value: number) => string): string => {
  switch (item.kind) {
    case 'single':
      return write(item.value);
    case 'range':
      return `${write(item.from)}..${write(item.to)}`;
    case 'step':
      return `${write(item.from)}${item.to === undefined ? '' : `..${write(item.to)}`}/${item.step}`;
  }
};

const writeField = (field: Field, write: (value: number) => string = twoDigits): string =>
  field.length === 0 ? '*' : field.map(item => writeItem(item, write)).join(',');

const isZero = (field: Field): boolean =>
  field.length === 1 && field[0]!.kind === 'single' && field[0]!.value === 0;

/**
 * The canonical text: `[weekdays] [year-month-day] hour:minute[:second] [UTC]`, or the keyword it was written with.
 *
 * PBS and PVE store a schedule verbatim and only its meaning counts, so the text is written anew from the meaning:
 * weekdays lower-case, short and in week order, numbers of two digits, the date in full (`*-*-01`) and left out when
 * it is every day, the time always with hour and minute (a lone `22` becomes `*:22`, which is what it means), seconds
 * only when they are not 0. Steps stay steps, since Proxmox does not read them as the list of their values.
 * Parsing the result gives the same event.
 */
export const canonicalCalendarEvent = (event: CalendarEvent): string => {
  const utc = event.utc ? ' UTC' : '';
  if (event.keyword !== undefined) return event.keyword + utc;
  const parts: string[] = [];
  if (event.weekdays.length > 0) parts.push(writeList(event.weekdays, day => weekdayNames[day]!));
  if (event.year.length + event.month.length + event.day.length > 0) {
    parts.push([writeField(event.year, String), writeField(event.month), writeField(event.day)].join('-'));
  }
  const time = `${writeField(event.hour)}:${writeField(event.minute)}`;
  parts.push(isZero(event.second) ? time : `${time}:${writeField(event.second)}`);
  return parts.join(' ') + utc;
};
