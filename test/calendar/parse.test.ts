import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalCalendarEvent } from '../../src/calendar/canonical.ts';
import { parseDailyDuration } from '../../src/calendar/duration.ts';
import { parseCalendarEvent } from '../../src/calendar/parse.ts';
import { eventText, nearText } from './arbitrary.ts';
import { eventOf } from './harness.ts';
import vectors from './vectors.json' with { type: 'json' };

const single = (value: number) => [{ kind: 'single', value }];

describe('parseCalendarEvent', () => {
  test.each(vectors.calendarInvalid)('refuses %j', text => {
    expect(parseCalendarEvent(text).ok).toBe(false);
  });

  test.each(vectors.calendarValid.map(({ in: text }) => text))('accepts %j', text => {
    expect(parseCalendarEvent(text).ok).toBe(true);
  });

  test.each([
    'UTC',
    'UTC UTC',
    'mon,',
    'mon..',
    ',mon',
    '*/0:00',
    '1/24',
    '0-0-32',
    '*-*-*T1:00',
    '1:2:3:4',
    'daily\n',
    '1..2..3:0',
    '99999999999:0',
    '2/60',
  ])('refuses %j', text => {
    expect(parseCalendarEvent(text).ok).toBe(text === '1/24');
  });

  test.each([
    ['22', { hour: [], minute: single(22), second: single(0) }],
    ['24:00', { hour: [], minute: single(24), second: single(0) }],
    ['8..25:00', { hour: [], minute: [{ kind: 'range', from: 8, to: 25 }], second: single(0) }],
    ['0/0:00', { hour: single(0) }],
    ['*/6:00', { hour: [{ kind: 'step', from: 0, step: 6 }] }],
    ['*-*-*/2', { day: [{ kind: 'step', from: 1, step: 2 }], hour: single(0) }],
    ['1..10/2:0', { hour: [{ kind: 'step', from: 1, step: 2, to: 10 }] }],
    ['sat,fri..Mon', { weekdays: [0, 4, 5, 6], minute: single(0) }],
    ['1-2', { year: [], month: single(1), day: single(2) }],
    ['*-*-*10:00', { day: [], hour: single(10) }],
    ['mon\t2:00UTC', { weekdays: [0], utc: true, hour: single(2) }],
    ['weekly', { keyword: 'weekly', weekdays: [0], hour: single(0) }],
  ])('reads %j', (text, part) => {
    expect(eventOf(text)).toMatchObject(part);
  });

  test.each([
    ['2200-01-01', '2200 is no year (0..2199)', 0],
    ['mon 23:60', '60 is no minute (0..59)', 7],
    ['13-01', '13 is no month (1..12)', 0],
    ['8..5:00', 'the range 8..5 runs backwards: numbers must ascend', 0],
    ['mo 3:00', '"mo" is no weekday (mon … sun)', 0],
    ['02:00 utc', '" utc" fits no part', 5],
  ])('says what is wrong in %j', (text, message, offset) => {
    const parsed = parseCalendarEvent(text);
    expect(parsed).toMatchObject({ ok: false, error: { offset } });
    expect(!parsed.ok && parsed.error.message).toContain(message);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearText), text => {
        parseCalendarEvent(text);
        parseDailyDuration(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('canonicalCalendarEvent', () => {
  test.each([
    ['Mon 2:00', 'mon 02:00'],
    ['SUNDAY', 'sun 00:00'],
    ['fri..mon 1:0', 'mon,fri..sun 01:00'],
    ['*-1 2:00', '*-*-01 02:00'],
    ['Sun *-*-* 02:00:00', 'sun 02:00'],
    ['22', '*:22'],
    ['24:30', '*:24:30'],
    ['*/6:0/15', '00/6:00/15'],
    ['30-1-1', '30-01-01 00:00'],
    ['5-1-1', '5-01-01 00:00'],
    ['dailyUTC', 'daily UTC'],
    ['1:00UTC', '01:00 UTC'],
  ])('writes %j as %j', (text, canonical) => {
    expect(canonicalCalendarEvent(eventOf(text))).toBe(canonical);
  });

  test('means the same and stays as it is', () => {
    fc.assert(
      fc.property(eventText, text => {
        const event = eventOf(text);
        const canonical = canonicalCalendarEvent(event);
        expect(eventOf(canonical)).toEqual(event);
        expect(canonicalCalendarEvent(eventOf(canonical))).toBe(canonical);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parseDailyDuration', () => {
  test.each([
    ['8-12', [], 480, 720],
    ['8:00-17:00', [], 480, 1020],
    ['mon..fri 8:00-17:00', [0, 1, 2, 3, 4], 480, 1020],
    ['sat,sun 10-14', [5, 6], 600, 840],
    ['08:00 - 12:05', [], 480, 725],
    ['8-8', [], 480, 480],
    ['0:00-23:59', [], 0, 1439],
  ])('reads %j', (text, weekdays, start, end) => {
    expect(parseDailyDuration(text)).toEqual({ ok: true, duration: { weekdays, start, end } });
  });

  test.each([...vectors.dailyDurationInvalid, 'mon', 'mon, tue 8-9', '8-9 ', '8:00:00-9', '8-25'])(
    'refuses %j',
    text => {
      expect(parseDailyDuration(text).ok).toBe(false);
    },
  );
});
