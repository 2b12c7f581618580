/**
 * Daily durations: `timeframe` of PBS traffic control and `match-calendar` of notifications
 * (proxmox-time/src/daily_duration.rs). `[weekdays] START-END`, times `H[:MM]`.
 */
import { quoted } from './quote.ts';
import { readWeekdays } from './weekdays.ts';

export interface DailyDuration {
  /** 0 = Monday … 6 = Sunday, ascending; none means every day. */
  readonly weekdays: readonly number[];
  /** Minutes of the local day, half-open: `start` is inside, `end` is not. `start <= end <= 1439`. */
  readonly start: number;
  readonly end: number;
}

export type DailyDurationParse =
  | { readonly ok: true; readonly duration: DailyDuration }
  | { readonly ok: false; readonly error: { readonly message: string; readonly offset?: number } };

const failed = (message: string, offset: number): DailyDurationParse => ({
  ok: false,
  error: { message, offset },
});

const span = /^(\d+)(?::(\d+))?[ \t]*-[ \t]*(\d+)(?::(\d+))?$/;

const minutesOf = (hour: string, minute: string): number | undefined =>
  Number(hour) < 24 && Number(minute) < 60 ? Number(hour) * 60 + Number(minute) : undefined;

/** Reads what PBS accepts, to the letter: no span over midnight, nothing later than 23:59. Never throws. */
export const parseDailyDuration = (text: string): DailyDurationParse => {
  let weekdays: readonly number[] = [];
  let at = 0;
  if (/^[A-Za-z]/.test(text)) {
    const list = readWeekdays(text, 0);
    if (!list.ok) return failed(`${quoted(list.found)} is no weekday (mon … sun)`, list.at);
    weekdays = list.weekdays;
    at = list.end;
    while (text[at] === ' ' || text[at] === '\t') at++;
  }
  const match = span.exec(text.slice(at));
  if (match === null)
    return failed('a span START-END is expected here, such as 8:00-17:30; weekday ranges use ".."', at);
  const start = minutesOf(match[1]!, match[2] ?? '0');
  const end = minutesOf(match[3]!, match[4] ?? '0');
  if (start === undefined || end === undefined) return failed('times are 0:00 to 23:59', at);
  if (start > end)
    return failed('the span must not run over midnight: write two, one to 23:59 and one from 0:00', at);
  return { ok: true, duration: { weekdays, start, end } };
};
