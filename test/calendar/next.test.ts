import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { civilFromSeconds, civilToSeconds, weekdayOf } from '../../src/calendar/civil.ts';
import type { CalendarEvent } from '../../src/calendar/event.ts';
import { fieldContains } from '../../src/calendar/fields.ts';
import { lossesOf } from '../../src/calendar/losses.ts';
import { inSpringGap, neverFires, nextEvents } from '../../src/calendar/next.ts';
import { parseCalendarEvent } from '../../src/calendar/parse.ts';
import { eventText } from './arbitrary.ts';
import { epoch, eventOf } from './harness.ts';
import vectors from './vectors.json' with { type: 'json' };

const next = (text: string, zone: string, after: number, count: number) =>
  nextEvents(eventOf(text), { zone, after, count });

describe('nextEvents', () => {
  test.each([...vectors.calendarValid, ...vectors.calendarDst])(
    '$in from $from in $tz',
    ({ in: text, from, tz, next: runs }) => {
      expect(next(text, tz, from, runs.length)).toEqual(runs.filter(run => run !== null));
    },
  );

  test.each(vectors.againstSystemd)('$text agrees with Proxmox', ({ text, proxmox }) => {
    if (proxmox === 'error') {
      expect(parseCalendarEvent(text).ok).toBe(false);
      return;
    }
    const runs = next(text, 'UTC', epoch('2026-01-01T00:00:00Z'), 3);
    expect(runs.map(run => new Date(run * 1000).toISOString().slice(0, 19).replace('T', ' '))).toEqual(
      proxmox,
    );
  });

  test.each(vectors.berlin)('$text from $base in Berlin', ({ base, text, proxmox }) => {
    const offset = (zoned: string) => (zoned.endsWith('CEST') ? '+02:00' : '+01:00');
    const after = epoch(`${base.replace(' ', 'T')}:00${base.startsWith('2026-03') ? '+01:00' : '+02:00'}`);
    expect(next(text, 'Europe/Berlin', after, 2)).toEqual(
      proxmox.map(zoned => epoch(`${zoned.slice(0, 19).replace(' ', 'T')}${offset(zoned)}`)),
    );
  });

  test('loses the first value after a step that wraps', () => {
    const hours = next('0/5:00', 'UTC', epoch('2026-01-01T00:00:00Z'), 6).map(run =>
      new Date(run * 1000).getUTCHours(),
    );
    expect(hours).toEqual([5, 10, 15, 20, 5, 10]);
  });

  test('overflows a short month when it looks for a day the month lacks', () => {
    expect(next('*-*-1,31 02:00', 'UTC', epoch('2026-01-31T02:00:00Z'), 2)).toEqual(
      ['2026-02-01T02:00:00Z', '2026-03-31T02:00:00Z'].map(epoch),
    );
  });

  test('does not come back to the first pass from inside the second', () => {
    // 02:15 CET, the second pass; 02:30 CEST is over.
    expect(next('02:30', 'Europe/Berlin', epoch('2026-10-25T02:15:00+01:00'), 1)).toEqual([
      epoch('2026-10-26T02:30:00+01:00'),
    ]);
  });

  test('skips a day a zone never had', () => {
    expect(next('12:00', 'Pacific/Apia', epoch('2011-12-29T13:00:00-10:00'), 1)).toEqual([
      epoch('2011-12-31T12:00:00+14:00'),
    ]);
  });

  test('asks the engine for a year of a zone once', () => {
    const format = vi.spyOn(Intl.DateTimeFormat.prototype as { readonly format: unknown }, 'format', 'get');
    const year = () => next('02:00', 'America/Denver', epoch('2026-01-01T12:00:00Z'), 365);
    const first = year();
    const asked = format.mock.calls.length;
    expect(asked).toBeLessThan(500);
    expect(year()).toEqual(first);
    expect(format.mock.calls.length).toBe(asked);
    format.mockRestore();
  });
});

/** Wall time by the engine's own formatter, minute by minute: slow, and nothing like the search under test. */
const byMinutes = (event: CalendarEvent, zone: string, after: number, minutes: number): number[] => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: event.utc ? 'UTC' : zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const runs: number[] = [];
  let latest = '';
  for (let t = Math.floor(after / 60) * 60; t <= after + minutes * 60; t += 60) {
    const wall = format.format(t * 1000);
    const firstPass = wall > latest;
    if (firstPass) latest = wall;
    const [year, month, day, hour, minute] = wall.split(/[- :]/).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const weekday = weekdayOf({ year, month, day, hour, minute, second: 0 });
    const dated =
      fieldContains(event.year, year) && fieldContains(event.month, month) && fieldContains(event.day, day);
    const timed = fieldContains(event.hour, hour) && fieldContains(event.minute, minute);
    const listed = event.weekdays.length === 0 || event.weekdays.includes(weekday);
    if (dated && timed && listed && firstPass && t > after) runs.push(t);
  }
  return runs;
};

describe('against every minute', () => {
  const zones = [
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Africa/Cairo',
    'UTC',
  ];
  const starts = [
    '2026-03-26T12:00:00Z',
    '2026-10-23T12:00:00Z',
    '2026-04-22T12:00:00Z',
    '2026-02-12T12:00:00Z',
    '2026-10-02T12:00:00Z',
  ];

  test('finds what membership finds, around changes of the clock', () => {
    fc.assert(
      fc.property(eventText, fc.constantFrom(...zones), fc.constantFrom(...starts), (text, zone, start) => {
        const event = { ...eventOf(text), second: [{ kind: 'single', value: 0 } as const] };
        fc.pre(lossesOf(event).length === 0);
        const expected = byMinutes(event, zone, epoch(start), 5 * 1440);
        const runs = nextEvents(event, { zone, after: epoch(start), count: expected.length + 1 });
        expect(runs.slice(0, expected.length)).toEqual(expected);
        expect(runs[expected.length] ?? Infinity).toBeGreaterThan(epoch(start) + 5 * 86_400);
      }),
      { numRuns: 120 },
    );
  });

  test('the values a step loses are those that lossesOf names', () => {
    const names = ['month', 'day', 'hour', 'minute'] as const;
    fc.assert(
      fc.property(eventText, text => {
        const event = { ...eventOf(text), second: [{ kind: 'single', value: 0 } as const] };
        const after = epoch('2026-02-03T04:05:06Z');
        const expected = byMinutes({ ...event, utc: true }, 'UTC', after, 4 * 1440);
        const runs = new Set(
          nextEvents({ ...event, utc: true }, { zone: 'UTC', after, count: expected.length }),
        );
        const lost = new Map(lossesOf(event).map(({ field, values }) => [field, values] as const));
        for (const missing of expected.filter(run => !runs.has(run) && run < Math.max(...runs))) {
          const wall = civilFromSeconds(missing);
          expect(names.some(name => lost.get(name)?.includes(wall[name]))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('lossesOf', () => {
  test.each([
    ['0/5:00', [['hour', [0]]]],
    ['*:0/45', [['minute', [0]]]],
    ['mon 0/5:00', []],
    ['sun,mon 0/5:00', [['hour', [0]]]],
    ['*-*-1,31', [['day', [1]]]],
    ['*-*-1,29', []],
    ['*-*-15,31', []],
    ['*-01,03-1,31', []],
    [
      '*-*-1,31 0/5:00',
      [
        ['day', [1]],
        ['hour', [0]],
      ],
    ],
    ['*-01,12-1,31 0/5:00', [['hour', [0]]]],
    ['*-*-1,15 0/5:00', []],
    ['2:0/7', []],
    ['0,23:0/7', [['minute', [0]]]],
    ['mon 0,23:0/7', []],
    ['*-*-1/7', [['day', [1]]]],
    ['*-04-*/2', []],
    ['*-03,04-*/2', [['day', [1]]]],
    ['*-01,12-*/2', [['day', [1]]]],
    ['*-1/5-1', [['month', [1]]]],
    ['2026-1/5-1', []],
    ['2026..2027-1/5-1', [['month', [1]]]],
    ['0/5,0:00', [['hour', [0]]]],
    ['0/6:00', []],
    ['0..23/5:00', []],
  ])('of %j are %j', (text, losses) => {
    expect(lossesOf(eventOf(text)).map(({ field, values }) => [field, values])).toEqual(losses);
  });
});

describe('civil time', () => {
  test('agrees with Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60_000_000_000, max: 60_000_000_000 }), seconds => {
        const civil = civilFromSeconds(seconds);
        const date = new Date(seconds * 1000);
        expect([civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
        ]);
        expect(weekdayOf(civil)).toBe((date.getUTCDay() + 6) % 7);
        expect(civilToSeconds(civil)).toBe(seconds);
      }),
    );
  });
});

describe('neverFires', () => {
  test.each(['*-02-30', '30-01-01', '1999-12-31', '4,6-31', '1990..1999-*-*', '0-1'])('%j never', text => {
    expect(neverFires(eventOf(text))).toBe(true);
  });
  test.each([
    '02-29',
    'mon 02-29',
    '*-*-31',
    '2000-01-01',
    '2199-12-31 23:59',
    '*-12/12-1',
    'daily',
    '*/2-1-1',
  ])('%j does', text => {
    expect(neverFires(eventOf(text))).toBe(false);
  });
});

describe('inSpringGap', () => {
  test.each([
    ['02:30', 'Europe/Berlin', 2026, true],
    ['02:00', 'Europe/Berlin', 2026, true],
    ['sun 02:00', 'Europe/Berlin', 2026, true],
    ['mon 02:00', 'Europe/Berlin', 2026, false],
    ['03:00', 'Europe/Berlin', 2026, false],
    ['01:59', 'Europe/Berlin', 2026, false],
    ['02:30 UTC', 'Europe/Berlin', 2026, false],
    ['*-*-29 02:30', 'Europe/Berlin', 2026, true],
    ['*-*-29 02:30', 'Europe/Berlin', 2027, false],
    ['00:30', 'Africa/Cairo', 2026, true],
    ['02:10', 'Australia/Lord_Howe', 2026, true],
    ['02:30', 'Australia/Lord_Howe', 2026, false],
    ['02:30', 'Asia/Tokyo', 2026, false],
  ])('%s in %s, %i: %s', (text, zone, year, expected) => {
    expect(inSpringGap(eventOf(text), zone, year)).toBe(expected);
  });
});
