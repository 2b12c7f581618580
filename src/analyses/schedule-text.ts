/** Times and durations for messages. */
import { twoDigits } from '../calendar/canonical.ts';
import { civilFromSeconds, weekdayOf } from '../calendar/civil.ts';
import { weekdayNames } from '../calendar/weekdays.ts';
import type { Job } from './schedule-jobs.ts';

/** `2026-03-29` */
export function dateText(wall: number): string {
  const { year, month, day } = civilFromSeconds(wall * 60);
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** `02:05` */
export function clockText(wall: number): string {
  const { hour, minute } = civilFromSeconds(wall * 60);
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** `sun 2026-03-29 02:05` */
export function momentText(wall: number): string {
  const weekday = weekdayNames[weekdayOf(civilFromSeconds(wall * 60))];
  return `${weekday} ${dateText(wall)} ${clockText(wall)}`;
}

/** `50m`, `2h`, `1h30m`, `2d`, `2d3h`: the largest two units that count. */
export function spanText(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = Math.round(minutes % 60);
  if (days > 0) return `${days}d${hours === 0 ? '' : `${hours}h`}`;
  if (hours > 0) return `${hours}h${rest === 0 ? '' : `${rest}m`}`;
  return `${rest}m`;
}

/** `a`, `b` and 3 more */
export function listText(names: readonly string[], most = 4): string {
  if (names.length > most) return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Schedule and duration: "`sun 02:00`, 1h15m"; with the zone where it is not that of `other`. */
export function timesText({ text, zone, delay, takes }: Job, other?: Job): string {
  const clock = other === undefined || other.zone === zone || text.endsWith('UTC') ? '' : ` ${zone}`;
  const after = delay === 0 ? '' : ` and ${spanText(delay)}`;
  return `\`${text}\`${clock}${after}${takes === undefined ? '' : `, ${spanText(takes)}`}`;
}
