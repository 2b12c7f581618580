import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  KEEP_RULES,
  type Keep,
  keepOf,
  keepTotal,
  pointAt,
  pruneMarks,
} from '../../src/analyses/retention-keep.ts';
import vectors from '../proxmox/pbs-vectors.json' with { type: 'json' };

/** Seconds, and `p` for protected or `u` for unfinished, as Proxmox's own code was asked. */
const pointOf = (text: string) => {
  const [seconds, flag] = text.split(' ');
  const at = Number(seconds);
  return { at, ...pointAt(at), isProtected: flag === 'p', isUnfinished: flag === 'u' };
};
const isoText = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '');

test.each(vectors.prune.map(vector => [vector.case, vector] as const))('as PBS: %s', (_, vector) => {
  const points = vector.in.map(pointOf).sort((a, b) => b.at - a.at);
  const keep = Object.fromEntries(
    Object.entries(vector.keep).map(([rule, count]) => [`keep_${rule}`, count]),
  );
  const marks = pruneMarks(points, keep);
  expect(Object.fromEntries(points.map(({ at }, index) => [isoText(at), marks[index]]))).toEqual(
    vector.result,
  );
});

describe('keepOf', () => {
  it.each([
    [undefined, undefined],
    [{ keep_all: true }, undefined],
    [{}, undefined],
    [{ keep_daily: 7, schedule: '03:30' }, { keep_daily: 7 }],
  ])('%j', (retention, expected) => {
    expect(keepOf(retention)).toEqual(expected);
  });
});

const anyKeep = fc
  .record(Object.fromEntries(KEEP_RULES.map(rule => [rule, fc.integer({ min: 1, max: 5 })])), {
    requiredKeys: [],
  })
  .map(keep => keep as Keep);
const anyTimes = fc
  .uniqueArray(fc.integer({ min: 1_700_000_000, max: 1_760_000_000 }), { maxLength: 40 })
  .map(times => times.sort((a, b) => b - a));

/** The rules as the manual states them, with sets of periods: slow, and nothing shared with the code. */
function kept(times: readonly number[], keep: Keep): number[] {
  const texts: Record<string, (iso: string, at: number) => string> = {
    keep_last: (_, at) => String(at),
    keep_hourly: iso => iso.slice(0, 13),
    keep_daily: iso => iso.slice(0, 10),
    // Monday of its week.
    keep_weekly: (_, at) => isoText(at - ((Math.floor(at / 86_400) + 3) % 7) * 86_400).slice(0, 10),
    keep_monthly: iso => iso.slice(0, 7),
    keep_yearly: iso => iso.slice(0, 4),
  };
  const chosen = new Set<number>();
  const dropped = new Set<number>();
  for (const rule of KEEP_RULES) {
    const text = (at: number) => texts[rule]!(isoText(at), at);
    const before = new Set([...chosen].map(text));
    const own = new Set<string>();
    for (const at of times) {
      if (chosen.has(at) || dropped.has(at) || before.has(text(at))) continue;
      if (own.has(text(at))) dropped.add(at);
      else if (own.size < (keep[rule] ?? 0)) {
        own.add(text(at));
        chosen.add(at);
      } else break;
    }
  }
  return times.filter(at => chosen.has(at));
}

test('keeps what the rules say of any backups', () => {
  fc.assert(
    fc.property(anyTimes, anyKeep, (times, keep) => {
      const marks = pruneMarks(
        times.map(at => pointAt(at)),
        keep,
      );
      const expected = keepTotal(keep) === 0 ? times : kept(times, keep);
      expect(times.filter((_, index) => marks[index] === 'keep')).toEqual(expected);
    }),
    // A failure has so many smaller ones that looking for the smallest would take minutes.
    { endOnFailure: true },
  );
});
