import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { meetingsOf } from '../../src/analyses/contention.ts';
import type { FlowJob, Job } from '../../src/analyses/schedule-jobs.ts';
import { lagsOf, offsetsBetween, runsAhead } from '../../src/analyses/schedule-order.ts';
import { scheduleRuns, yearOf } from '../../src/analyses/schedule-runs.ts';
import { momentText } from '../../src/analyses/schedule-text.ts';
import type { Flow } from '../../src/model/topology.ts';

const runsOf = scheduleRuns();
const job = (name: string, text: string, takes?: number, zone = 'Europe/Berlin'): Job => {
  const rest: Omit<FlowJob, 'flow'> = {
    kind: 'backup',
    name,
    text,
    zone,
    takes,
    delay: 0,
    runs: runsOf(text)!,
    path: [],
  };
  return { ...rest, flow: { key: name } as Flow };
};
const all = () => true;
const found = (...jobs: Job[]) =>
  meetingsOf(jobs, all).map(
    ({ leader, follower, at }) => `${leader.name} ${follower.name} ${momentText(at)}`,
  );

describe('meetingsOf', () => {
  it.each<[string, Job[], string[]]>([
    ['a daily pair', [job('a', '01:00', 60), job('b', '01:30', 10)], ['a b thu 2026-01-01 01:30']],
    ['one after the other', [job('a', '01:00', 60), job('b', '02:00', 10)], []],
    ['together', [job('a', '01:00'), job('b', '01:00')], ['a b thu 2026-01-01 01:00']],
    ['over midnight', [job('a', '23:00', 180), job('b', 'mon 01:00', 10)], ['a b mon 2026-01-05 01:00']],
    [
      'over the end of the week',
      [job('a', 'sun 23:00', 180), job('b', 'mon 01:00', 10)],
      ['a b mon 2026-01-05 01:00'],
    ],
    ['other weekdays', [job('a', 'sat 01:00', 60), job('b', 'sun 01:30', 10)], []],
    [
      'weekly and monthly',
      [job('w', 'sun 02:00', 75), job('m', '*-*-01 02:00', 75)],
      ['w m sun 2026-02-01 02:00'],
    ],
    [
      'monthly first',
      [job('w', 'sun 02:00', 75), job('m', '*-*-01 01:00', 75)],
      ['m w sun 2026-02-01 02:00'],
    ],
    [
      'over the week, dated',
      [job('w', 'sun 23:00', 180), job('m', '*-*-05 00:30', 5)],
      ['w m mon 2026-01-05 00:30'],
    ],
    [
      'two dated ones',
      [job('m', '*-*-01 01:00', 75), job('y', '*-03-01 02:00', 5)],
      ['m y sun 2026-03-01 02:00'],
    ],
    [
      'a zone ahead',
      [job('a', '01:00', 60), job('b', '00:30', 5, 'Europe/London')],
      ['a b thu 2026-01-01 00:30'],
    ],
    // Three weeks in March are five hours apart and not six.
    [
      'some weeks',
      [job('a', '23:40', 10), job('b', '18:30', 15, 'America/New_York')],
      ['b a sun 2026-03-08 23:40'],
    ],
    [
      'the same hour in UTC',
      [job('a', '01:00', 60), job('b', '00:30', 5, 'UTC')],
      ['a b thu 2026-01-01 00:30'],
    ],
  ])('%s', (_, jobs, expected) => {
    expect(found(...jobs)).toEqual(expected);
  });

  it('names the dates of what is not weekly', () => {
    const [meeting] = meetingsOf([job('w', 'sun 02:00', 75), job('m', '*-*-01 02:00', 75)], all);
    expect(meeting?.dates.map(momentText)).toEqual([
      'sun 2026-02-01 02:00',
      'sun 2026-03-01 02:00',
      'sun 2026-11-01 02:00',
    ]);
  });

  it('passes over pairs that do not matter', () => {
    const jobs = [job('long', '01:00', 180), job('short', '01:10', 60), job('late', '01:30', 5)];
    const pairs = meetingsOf(jobs, (leader, follower) => leader.name !== 'long' && follower.name !== 'long');
    expect(pairs.map(({ leader, follower }) => `${leader.name} ${follower.name}`)).toEqual(['short late']);
  });
});

const anyJob = fc
  .record({
    day: fc.constantFrom('', 'mon ', 'sat,sun ', '*-*-01 ', '*-*-1/14 '),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.constantFrom('00', '20', '40'),
    takes: fc.constantFrom(undefined, 10, 100, 1500),
  })
  .map(({ day, hour, minute, takes }) => ({ text: `${day}${hour}:${minute}`, takes }));

/** Names of the jobs that meet another one, by comparing every run of the year with every other. */
function meeting(jobs: readonly Job[]): Set<string> {
  const windows = jobs.flatMap(({ name, runs, takes = 0 }) =>
    yearOf(runs).map(start => ({ name, start, end: start + takes })),
  );
  const met = windows.flatMap(a =>
    windows.filter(
      b =>
        a.name !== b.name && (a.start === b.start || (a.start < b.start ? a.end > b.start : b.end > a.start)),
    ),
  );
  return new Set(met.map(({ name }) => name));
}

test('finds everyone who meets somebody, and nobody else', () => {
  fc.assert(
    fc.property(fc.array(anyJob, { minLength: 2, maxLength: 4 }), specs => {
      const jobs = specs.map(({ text, takes }, index) => job(`j${index}`, text, takes));
      const names = new Set(
        meetingsOf(jobs, all).flatMap(({ leader, follower }) => [leader.name, follower.name]),
      );
      expect([...names].sort()).toEqual([...meeting(jobs)].sort());
    }),
    { numRuns: 40 },
  );
});

describe('order', () => {
  it('measures from the last run to the next', () => {
    expect(lagsOf(job('a', 'sun 01:00'), job('b', 'mon 02:00'))[0]).toMatchObject({
      since: 25 * 60,
      until: 143 * 60,
    });
  });

  it('knows what a change of the clocks does to a distance', () => {
    const since = lagsOf(job('a', '01:00'), job('b', '20:00', 0, 'America/New_York')).map(lag => lag.since);
    // For three weeks in March and one in autumn they start together.
    expect(new Set(since)).toEqual(new Set([60, 0]));
  });

  it.each<[string, Job, Job, boolean]>([
    ['an hour before it', job('a', '02:00'), job('b', '01:00'), true],
    ['an hour after it', job('a', '02:00'), job('b', '03:00'), false],
    ['the next morning', job('a', '20:00'), job('b', '09:00'), false],
    ['before one that comes every two hours', job('a', '0/2:10'), job('b', '03:45'), false],
    ['before a weekly one, each day', job('a', 'sun 05:00'), job('b', '04:00'), false],
    ['a day before a weekly one', job('a', 'mon 05:00'), job('b', 'sun 05:00'), true],
  ])('%s', (_, earlier, later, expected) => {
    expect(runsAhead(earlier, later) !== undefined).toBe(expected);
  });

  it.each([
    ['Europe/Berlin', 'Europe/Paris', [0, 0]],
    ['Europe/Berlin', 'Europe/Kyiv', [-60, -60]],
    ['America/New_York', 'America/Chicago', [60, 60]],
    ['Europe/Berlin', 'America/New_York', [300, 360]],
    ['Europe/Berlin', 'UTC', [60, 120]],
  ] as const)('%s and %s', (a, b, expected) => {
    expect(offsetsBetween(a, b)).toEqual(expected);
  });
});
