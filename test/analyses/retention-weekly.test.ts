import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsOf } from '../../src/analyses/retention-bounds.ts';
import { clockOf, earliest, type Stream } from '../../src/analyses/retention-clock.ts';
import { KEEP_RULES, type Keep, keepTotal, pointAt, pruneMarks } from '../../src/analyses/retention-keep.ts';
import type { History } from '../../src/analyses/retention-observed.ts';
import { simulate } from '../../src/analyses/retention-simulate.ts';
import { scheduleRuns } from '../../src/analyses/schedule-runs.ts';

const YEAR = 365 * 1440;
const runsOf = scheduleRuns();

/** Every run of every year, one by one: nothing stands for anything else. */
function oneByOne(streams: readonly Stream[]): (History & { from: number }) | undefined {
  const enough = Math.min(...streams.flatMap(({ keep }) => (keep ? keepTotal(keep) : [])));
  const clocks = streams.map(stream => clockOf(stream));
  const history = { lives: [] as { stream: number; made: number; removed: number }[], made: [] as number[] };
  const pruned = new Map<number, number>();
  let backups: { made: number; stream: number }[] = [];
  let from: number | undefined;
  let full = 0;
  for (let count = 0; count < 20_000; count++) {
    const stream = earliest(clocks);
    const clock = clocks[stream]!;
    const at = clock.at!;
    if (from !== undefined && at > from + YEAR) return { ...history, from };
    clock.advance();
    const { makes, keep } = streams[stream]!;
    if (makes) backups = [{ made: at, stream }, ...backups];
    if (makes && from !== undefined) history.made.push(at);
    if (keep === undefined || (!makes && at - (pruned.get(stream) ?? 0) < 23 * 60)) continue;
    pruned.set(stream, at);
    const points = backups.map(({ made }) => pointAt(made * 60));
    const marks = pruneMarks(points, keep);
    const left = backups.filter((_, index) => marks[index] === 'keep');
    if (from !== undefined) {
      const gone = backups.filter((_, index) => marks[index] !== 'keep');
      history.lives.push(...gone.map(backup => ({ ...backup, removed: at })));
    }
    if (left.length >= enough && left.length < backups.length) full++;
    if (full > 2 * enough) from ??= at;
    backups = left;
  }
  return undefined;
}

const rules = KEEP_RULES.slice(0, 4);
const keeps = fc
  .record(Object.fromEntries(rules.map(rule => [rule, fc.integer({ min: 1, max: 9 })])), { requiredKeys: [] })
  .filter(keep => Object.keys(keep).length > 0)
  .map(keep => keep as Keep);
const runs = fc
  .constantFrom('01:00', '03:30', 'sun 02:00', 'mon..fri 20:00', 'mon,thu 05:00', '0,12:00', 'sat 23:59')
  .map(text => runsOf(text)!);
const delay = fc.constantFrom(0, 0, 90, 20_000);
const maker = fc.record({
  runs,
  delay,
  makes: fc.constant(true),
  keep: fc.option(keeps, { nil: undefined, freq: 2 }),
});
const pruner = fc.record({ runs, delay, makes: fc.constant(false), keep: keeps });
const groups = fc
  .tuple(fc.array(maker, { minLength: 1, maxLength: 2 }), fc.array(pruner, { maxLength: 2 }))
  .map(([makers, pruners]): readonly Stream[] => [...makers, ...pruners])
  .filter(streams => streams.some(({ keep }) => keep !== undefined));

test('a week that stands for a year gives what the year would have', () => {
  fc.assert(
    fc.property(groups, streams => {
      const kept = simulate(streams);
      const expected = oneByOne(streams);
      if (expected === undefined) return;
      expect({ from: kept?.from, ...kept?.history() }).toEqual(expected);
      const lived = expected.lives.map(({ made, removed }) => removed - made);
      expect(kept?.shortest).toBe(Math.min(...lived));
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

test('bounds without a simulation hold in each', () => {
  fc.assert(
    fc.property(groups, streams => {
      const kept = simulate(streams);
      if (kept === undefined) return;
      const bounds = boundsOf(streams);
      expect(bounds.life).toBeLessThanOrEqual(kept.shortest);
      expect(bounds.days).toBeLessThanOrEqual(kept.days);
    }),
    { numRuns: 200 },
  );
});
