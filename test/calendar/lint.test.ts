import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarCodes } from '../../src/calendar/codes.ts';
import { lintCalendarEvent } from '../../src/calendar/lint.ts';
import { nextEvents } from '../../src/calendar/next.ts';
import { parseCalendarEvent } from '../../src/calendar/parse.ts';
import { eventText, nearText } from './arbitrary.ts';
import vectors from './vectors.json' with { type: 'json' };

const codes = (text: string) => lintCalendarEvent(text).map(({ code }) => code.replace('calendar-', ''));

describe('lintCalendarEvent', () => {
  // The plain ones are let through unread; with the zone they are read in full.
  test.each(['', 'mon ', 'sun ', '*-*-01 ', '*-*-28 '])('says nothing about %s02:00, read or not', day => {
    for (const time of ['00:00', '02:00', '19:05', '23:59']) {
      expect(lintCalendarEvent(`${day}${time}`)).toEqual([]);
      expect(lintCalendarEvent(`${day}${time} UTC`)).toEqual([]);
    }
  });

  test.each([
    ...[
      'daily',
      'monthly UTC',
      '02:00',
      '2:00',
      '2025,2026-01-01 01:00',
      'Mon 02:30',
      'mon..fri 02:00',
      'fri..mon 03:00',
      'mon,wed 04:00',
      'sun',
    ],
    ...[
      '*-*-01 02:00',
      '*-1,15 03:00',
      'sat *-*-1..7 15:00',
      '*:0/15',
      '0/6:30',
      '*/2:00',
      '*:*',
      'Sun *-*-* 02:00:00',
    ],
    ...[
      '1,15:30',
      '0..23/5:00',
      '2:0/7',
      'mon 0/5:00',
      '1:00,30',
      '2027-06-01 03:00',
      '2028-02-29',
      '*-*-28 02:00',
      '*-*-15,31 02:00',
      '*-01,03,12-31 02:00',
      '*-04-30',
      'sun *-*-29..31 02:00',
      '01:00UTC',
    ],
  ])('%j is silent', text => {
    expect(lintCalendarEvent(text)).toEqual([]);
  });

  test.each([
    // cron
    ['0 3 * * *', ['cron'], 'write "03:00"'],
    ['0 3 * * 0', ['cron'], 'write "sun 03:00"'],
    ['30 2 1 * *', ['cron'], 'write "*-*-01 02:30"'],
    ['0 4 * * 1-5', ['cron'], 'write "mon..fri 04:00"'],
    ['0 4 * * 0,6', ['cron'], 'write "sat,sun 04:00"'],
    ['*/15 * * * *', ['cron'], 'write "*:00/15"'],
    ['0 3 1 * 1', ['cron'], '`0 3 * * 0` is `sun 03:00`'],
    ['@daily', ['cron'], 'write "daily"'],
    // lone numbers
    ['22', ['lone-number'], 'write "22:00" for the hour, "*:22" for the minute'],
    ['mon..fri 22', ['lone-number'], 'write "mon..fri 22:00" for the hour, "mon..fri *:22" for the minute'],
    ['*-*-01 8..17', ['lone-number'], 'write "*-*-01 *:08..17" for the minute'],
    ['2 UTC', ['lone-number'], 'write "02:00 UTC" for the hour, "*:02 UTC" for the minute'],
    ['*/5', ['bare-minutes'], 'write "*:00/5"'],
    ['*', ['bare-minutes'], 'write "*:*"'],
    // order and quotes
    ['02:00 sun', ['syntax'], 'write "sun 02:00"'],
    ['02:00 Mon..Fri', ['syntax'], 'write "Mon..Fri 02:00"'],
    ['“01:00”', ['syntax'], 'write "01:00"'],
    // hours
    ['24:00', ['hour-24'], 'midnight is `00:00`'],
    ['mon 30:15', ['hour-24'], 'midnight'],
    ['1,24:00', ['hour-24'], 'midnight'],
    ['60:00', ['hour-24'], 'midnight'],
    ['mon 25:61', ['hour-24'], 'midnight'],
    ['01:00,02:00', ['time-list'], 'write "01,02:00"'],
    ['sun 01:00,02:30', ['time-list'], 'make two schedules'],
    ['8:00, 9:00, 10:00', ['time-list'], 'write "8,9,10:00"'],
    // dates
    ['*-02-30 02:00', ['never-fires'], 'day that exists'],
    ['30-01-01', ['past-year'], '2030'],
    ['1999-12-31 02:00', ['past-year'], 'leave the year out'],
    ['2020-01-01 01:00', ['past-year'], 'leave the year out'],
    ['2019..2025-01-01 01:00', ['past-year'], 'leave the year out'],
    // steps
    ['0/5:00', ['uneven-step'], 'write "00,05,10,15,20:00"'],
    ['*:0/7', ['uneven-step'], '00,07,14,21,28,35,42,49,56'],
    ['*-*-1/10 03:00', ['uneven-step'], 'write "*-*-01,11,21 03:00"'],
    ['*-*-1,31 03:00', ['short-month'], 'two schedules'],
    ['*-*-31 03:00', ['skips-months'], 'write "*-*-28 03:00"'],
    ['*-*-30,31 03:00', ['skips-months'], 'write "*-*-28 03:00"'],
    ['*-01,04,07,10-31 03:00', ['skips-months'], 'write "*-01,04,07,10-28 03:00"'],
    ['*-02-29', ['skips-months'], 'write "*-02-28 00:00"'],
    ['*-*-*/2 03:00', ['uneven-step'], '*-*-01,03,05'],
    ['*-1/5-1 03:00', ['uneven-step'], 'write "*-01,06,11-01 03:00"'],
    // spelling
    ['Daily', ['keyword-case'], 'write "daily"'],
    ['WEEKLY utc', ['zone'], 'UTC'],
    ['daily 02:00', ['keyword-alone'], 'write "02:00"'],
    ['weekly 02:00', ['keyword-alone'], 'write "mon 02:00"'],
    ['monthly 02:00', ['keyword-alone'], 'write "*-*-01 02:00"'],
    ['hourly:15', ['keyword-alone'], 'write "*:15"'],
    ['weekly sun 02:00', ['keyword-alone'], ''],
    ['mon-fri', ['dash-range'], 'write "mon..fri"'],
    ['Mon-Fri 02:00', ['dash-range'], 'write "Mon..Fri 02:00"'],
    ['8-17:00', ['dash-range'], 'write "8..17:00"'],
    ['mon, wed 3:00', ['list-blank'], 'write "mon,wed 3:00"'],
    ['*-*~1 01:00', ['last-day'], 'day 28'],
    ['2am', ['12-hour'], 'write "02:00"'],
    ['sun 12:30 AM', ['12-hour'], 'write "sun 00:30"'],
    ['mon 11 p.m.', ['12-hour'], 'write "mon 23:00"'],
    ['01:00 Europe/Berlin', ['zone'], 'write "01:00"'],
    ['daily Europe/Berlin', ['zone'], 'write "daily"'],
    ['01:00 utc', ['zone'], 'write "01:00 UTC"'],
    ['02:00 CET', ['zone'], 'write "02:00"'],
    ['02:00+01:00', ['zone'], 'write "02:00"'],
    [' 02:00', ['blanks'], 'Remove'],
    ['0 3 * * * ', ['blanks', 'cron'], 'Remove'],
    ['02:00:30', ['seconds'], 'write "02:00"'],
    // the rest
    ['', ['syntax'], 'mon..fri 02:30'],
    ['nightly', ['syntax'], 'mon..fri 02:30'],
    ['23:60', ['syntax'], 'mon..fri 02:30'],
    ['2026-01-01T12:00', ['syntax'], ''],
    ['@1700000000', ['syntax'], ''],
    [`${'mon,'.repeat(40)}mon`, ['too-long'], 'ranges'],
    [Array.from({ length: 40 }, (_, i) => i).join(',') + ':00', ['hour-24'], ''],
    [`*:${Array.from({ length: 59 }, (_, i) => (i % 10) + 1).join(',')}`, ['too-long'], 'ranges'],
  ])('%j: %j', (text, expected, help) => {
    expect(codes(text)).toEqual(expected);
    expect(lintCalendarEvent(text)[0]!.help).toContain(help);
  });

  test('says what Proxmox would have done', () => {
    expect(lintCalendarEvent('24:00')[0]!.message).toBe(
      'the hour in "24:00" is above 23, so Proxmox reads minute and second of every hour: "*:24"',
    );
    expect(lintCalendarEvent('0/5:00')[0]!.message).toBe(
      '"0/5:00" has a step that does not divide its field, after which Proxmox skips hour 0',
    );
    expect(lintCalendarEvent('*-*-31 02:00')[0]!.message).toBe(
      '"*-*-31 02:00" does not run in February, April, June, September, November: there is no day 31',
    );
    expect(lintCalendarEvent('*-*-29 02:00')[0]!.message).toBe(
      '"*-*-29 02:00" does not run in February of most years: there is no day 29',
    );
  });

  test('months are skipped as the engine of events skips them', () => {
    const ofYear = (text: string) => {
      const parsed = parseCalendarEvent(text);
      if (!parsed.ok) throw new Error(text);
      const after = Date.UTC(2026, 11, 31, 23, 59, 59) / 1000;
      const runs = nextEvents(parsed.event, { zone: 'UTC', after, count: 40 });
      return runs.map(run => new Date(run * 1000)).filter(run => run.getUTCFullYear() === 2027);
    };
    expect(ofYear('*-*-31 02:00').map(run => run.getUTCMonth() + 1)).toEqual([1, 3, 5, 7, 8, 10, 12]);
    expect(ofYear('*-*-29 02:00')).toHaveLength(11);
  });

  const hasError = (text: string) => lintCalendarEvent(text).some(({ severity }) => severity === 'error');

  test.each(vectors.calendarInvalid)('%j has an error', text => {
    expect(hasError(text)).toBe(true);
  });

  test('reports an error for whatever does not parse, on one line, with the codes of the table', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), nearText, fc.string({ minLength: 100, maxLength: 5000 })),
        text => {
          expect(parseCalendarEvent(text).ok || hasError(text)).toBe(true);
          for (const { code, message, help } of lintCalendarEvent(text)) {
            expect(calendarCodes).toHaveProperty(code);
            expect(message + help).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('suggestions are free of errors', () => {
    fc.assert(
      fc.property(fc.oneof(eventText, nearText), text => {
        for (const { code, help } of lintCalendarEvent(text)) {
          const suggestion = /^write "([^"]+)"/.exec(help)?.[1];
          if (suggestion === undefined) continue;
          expect(parseCalendarEvent(suggestion).ok).toBe(true);
          if (code === 'calendar-uneven-step') expect(codes(suggestion)).not.toContain('uneven-step');
        }
      }),
      { numRuns: 1000 },
    );
  });
});
