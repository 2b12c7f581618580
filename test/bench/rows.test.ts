import { expect, test } from 'vitest';
import { median, type Round } from '../../bench/measure/rounds.ts';
import { rowsFor } from '../../bench/rows.ts';

test.each([
  [[3, 1, 2], 2],
  [[10, 9], 9.5],
  [[7], 7],
])('the median of %o is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

const rows = rowsFor({ small: 100, large: 1000, double: 2000 });
const round = (values: Partial<Round>): Round => values as Round;

test('ratios are taken in each round', () => {
  const row = rows.find(one => one.row === 3 && one.size === 100);
  const rounds = [
    round({ check: 10, yaml: 5 }),
    round({ check: 100, yaml: 25 }),
    round({ check: 9, yaml: 3 }),
  ];
  expect(row && rounds.map(row.value)).toEqual([2, 4, 3]);
});

test.each([
  ['linear', 1000, 1],
  ['quadratic', 10_000, 2],
])('%s growth without the bare start has its exponent', (_, larger, expected) => {
  const row = rows.find(one => one.row === 8 && one.size === 1000);
  const both = round({ check: larger + 50, 'check at a tenth': 150, bare: 50 });
  expect(row?.value(both)).toBeCloseTo(expected);
});
