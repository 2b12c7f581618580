import { describe, expect, test } from 'vitest';
import { isTimeZone, offsetAt, transitionsIn } from '../../src/calendar/zone.ts';
import { epoch } from './harness.ts';

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
