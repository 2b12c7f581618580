import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generate } from '../../scripts/build-zones.ts';
import { FIRST_YEAR, LAST_YEAR, TZ, ZONES } from '../../src/calendar/generated/zones.ts';
import { REFERENCE_YEAR } from '../../src/calendar/reference-year.ts';
import { isTimeZone, nearTimeZone, offsetAt, transitionsIn } from '../../src/calendar/zone.ts';
import { engineKnows, engineYear } from '../../src/calendar/zone-engine.ts';
import { tableYear } from '../../src/calendar/zone-table.ts';
import { epoch } from './harness.ts';

test.each([
  ['europe/berlin', 'Europe/Berlin'],
  ['Europe/Berln', 'Europe/Berlin'],
  ['Berlin', 'Europe/Berlin'],
  ['new york', 'America/New_York'],
  ['Utc', 'UTC'],
  ['Middle-earth/Shire', undefined],
])('%s is nearest to %s', (name, zone) => expect(nearTimeZone(name)).toBe(zone));

describe('isTimeZone', () => {
  test.each([
    'UTC',
    'Europe/Berlin',
    'Europe/Vienna',
    'Etc/UTC',
    'Etc/GMT+5',
    'America/Argentina/Buenos_Aires',
    'Europe/Kyiv',
    'America/Port-au-Prince',
  ])('%j is one', name => expect(isTimeZone(name)).toBe(true));
  test.each([
    '',
    'utc',
    'europe/berlin',
    'Europe/berlin',
    'Europe/BERLIN',
    'Europe/Nowhere',
    'Europe',
    'CET',
    'PST',
    '+01:00',
    'US/Eastern',
    'Europe/Berlin\n',
    '../UTC',
  ])('%j is none', name => expect(isTimeZone(name)).toBe(false));
});

describe('transitions', () => {
  test.each([
    ['Europe/Berlin', 2026, ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z']],
    ['Australia/Lord_Howe', 2026, ['2026-04-04T15:00:00Z', '2026-10-03T15:30:00Z']],
    ['Africa/Casablanca', 2025, ['2025-02-23T02:00:00Z', '2025-04-06T02:00:00Z']],
    ['Asia/Tokyo', 2026, []],
  ])('of %s in %i', (zone, year, moments) => {
    expect(transitionsIn(zone, year).map(({ at }) => at)).toEqual(moments.map(epoch));
  });

  test('change the offset at their second', () => {
    const at = epoch('2026-03-29T01:00:00Z');
    expect([offsetAt('Europe/Berlin', at - 1), offsetAt('Europe/Berlin', at)]).toEqual([3600, 7200]);
  });
});

// Other zone data may rightly say something else.
describe.runIf(process.versions.tz === TZ)('the table of zones', () => {
  const names = ZONES.split('\n').flatMap(line => line.split(' ').slice(1));

  test('is made from the zone data as it stands', () => {
    const path = new URL('../../src/calendar/generated/zones.ts', import.meta.url);
    expect(readFileSync(path, 'utf8')).toBe(generate());
  });

  test('says what the engine says', () => {
    expect(names.length).toBeGreaterThan(400);
    for (const name of names) {
      expect(engineKnows(name)).toBe(true);
      for (let year = FIRST_YEAR; year <= LAST_YEAR; year++)
        expect(tableYear(name, year), `${name} ${year}`).toEqual(engineYear(name, year));
    }
  });

  test('has the year that schedules are judged for, and no year around its own', () => {
    expect([FIRST_YEAR, LAST_YEAR]).toEqual([REFERENCE_YEAR - 1, REFERENCE_YEAR + 1]);
    expect(tableYear('Europe/Berlin', FIRST_YEAR - 1)).toBeUndefined();
    expect(tableYear('Europe/Berlin', LAST_YEAR + 1)).toBeUndefined();
    expect(tableYear('Europe/Nowhere', FIRST_YEAR)).toBeUndefined();
  });
});
