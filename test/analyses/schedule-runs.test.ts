import { describe, expect, it } from 'vitest';
import { DAY, scheduleRuns, weekMinute, yearOf } from '../../src/analyses/schedule-runs.ts';
import { momentText } from '../../src/analyses/schedule-text.ts';

const runsOf = scheduleRuns();

describe('scheduleRuns', () => {
  it.each([
    ['02:00', 'weekly', 7, 365, 'thu 2026-01-01 02:00'],
    ['sun 02:00', 'weekly', 1, 52, 'sun 2026-01-04 02:00'],
    ['mon..fri 8..17:30', 'weekly', 50, 2610, 'thu 2026-01-01 08:30'],
    ['*-*-01 02:00', 'dated', 12, 12, 'thu 2026-01-01 02:00'],
    ['monthly', 'dated', 12, 12, 'thu 2026-01-01 00:00'],
    ['sun *-*-01 02:00', 'dated', 3, 3, 'sun 2026-02-01 02:00'],
  ])('%s', (text, kind, count, inYear, first) => {
    const runs = runsOf(text)!;
    const year = yearOf(runs);
    expect([runs.kind, runs.minutes.length, year.length, momentText(year[0]!)]).toEqual([
      kind,
      count,
      inYear,
      first,
    ]);
  });

  it('leaves out what Proxmox does', () => {
    // A step that does not divide the day loses midnight.
    const minutes = runsOf('0/5:00')!.minutes.map(minute => (minute % DAY) / 60);
    expect([...new Set(minutes)].sort((a, b) => a - b)).toEqual(
      [...Array(24).keys()].filter(hour => minutes.includes(hour)),
    );
    expect(minutes).not.toContain(0);
  });

  it.each([
    "24:00 o'clock",
    '24:00',
    'mon 30:15',
    '*-02-30',
    '2027-01-01',
    '*-02-29 02:00',
    'minutely',
    '*:*:*',
    '*:0/3',
    '*:0/4',
    '8..22:0/2',
  ])('knows nothing of %s', text => {
    expect(runsOf(text)).toBeUndefined();
  });

  it('reads a text once', () => {
    expect(runsOf('02:00')).toBe(runsOf('02:00'));
  });

  it('has weeks that begin on Monday', () => {
    expect([weekMinute(0), weekMinute(4 * DAY), weekMinute(-3 * DAY)]).toEqual([3 * DAY, 0, 0]);
  });
});
