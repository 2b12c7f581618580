import { describe, expect, it } from 'vitest';
import type { Keep } from '../../src/analyses/retention-keep.ts';
import { periodsLost } from '../../src/analyses/retention-replicas.ts';
import { simulate } from '../../src/analyses/retention-simulate.ts';
import { scheduleRuns } from '../../src/analyses/schedule-runs.ts';

const runsOf = scheduleRuns();
const stream = (text: string, makes: boolean, keep?: Keep) => ({
  runs: runsOf(text)!,
  delay: 0,
  makes,
  keep,
});
const DAILY = stream('01:00', true);
const prune = (keep: Keep) => stream('03:30', false, keep);

describe('simulate', () => {
  it.each([
    ['a day of hours that are days', [DAILY, prune({ keep_hourly: 24, keep_daily: 7 })], 31, 31],
    ['seven days', [DAILY, prune({ keep_daily: 7 })], 7, 7],
    ['days and the weeks before them', [DAILY, prune({ keep_daily: 7, keep_weekly: 4 })], 11, 35],
    ['one backup', [DAILY, prune({ keep_last: 1 })], 1, 1],
    ['weekly archives', [stream('sun 02:00', true, { keep_last: 4 })], 4, 28],
    ['monthly archives', [stream('*-*-01 02:00', true, { keep_last: 6 })], 6, 184],
    [
      'one policy for both',
      [
        stream('sun 02:00', true, { keep_weekly: 4, keep_monthly: 6 }),
        stream('*-*-01 02:00', true, { keep_weekly: 4, keep_monthly: 6 }),
      ],
      10,
      217,
    ],
  ])('%s', (_, streams, count, days) => {
    const kept = simulate(streams);
    expect([kept?.count, Math.round(kept?.days ?? 0)]).toEqual([count, days]);
  });

  it('lets the tighter of two jobs prune the archives of the other', () => {
    const kept = simulate([
      stream('sun 02:00', true, { keep_last: 4 }),
      stream('*-*-01 02:00', true, { keep_last: 6 }),
    ]);
    // No archive of either job outlives four weekly runs; alone, the monthly ones live for 184 days.
    expect(kept?.longest.map(days => Math.round(days ?? 0))).toEqual([28, 28]);
  });

  it.each([
    ['nothing makes backups', [prune({ keep_daily: 7 })]],
    ['nothing prunes', [DAILY]],
    ['the rules are full in a hundred years', [DAILY, prune({ keep_yearly: 5000 })]],
  ])('says nothing when %s', (_, streams) => {
    expect(simulate(streams)).toBeUndefined();
  });
});

describe('periodsLost', () => {
  const source = simulate([DAILY, prune({ keep_last: 3 })])!;

  it.each([
    ['copied each day', '05:00', undefined, 'days', 0],
    ['copied each week, three of seven are left', 'sun 05:00', undefined, 'days', 4 / 7],
    ['of which the target keeps weeks', 'sun 05:00', { keep_weekly: 8 }, 'weeks', 0],
  ])('%s', (_, copies, target, unit, share) => {
    const lost = periodsLost(source, stream(copies, false), target);
    expect(lost.unit).toBe(unit);
    expect(lost.lost / lost.all).toBeCloseTo(share, 1);
  });

  it('takes a day for copied when only its first backup was', () => {
    const twice = simulate([stream('1,12:00', true), prune({ keep_last: 1 })])!;
    expect(periodsLost(twice, stream('05:00', false), undefined).lost).toBe(0);
  });

  it('takes one backup of a day for the day', () => {
    const thinned = simulate([stream('hourly', true), prune({ keep_daily: 7 })])!;
    expect(periodsLost(thinned, stream('05:00', false), undefined).lost).toBe(0);
  });
});
