/**
 * Measures `dist/offsite.cjs` against yardsticks in one run and prints the ratios beside the goals, as Markdown.
 *
 * `node bench/run.ts [--rows 1,2] [--rounds N] [--large-rounds N] [--quick]`
 */
import { existsSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Quantity } from './measure/quantities.ts';
import { measure, median, type Round } from './measure/rounds.ts';
import { makeWorkDirectory, OFFSITE, type Size, stageOf } from './measure/stage.ts';
import { type Row, rowsFor, type Sizes } from './rows.ts';

interface Plan {
  readonly sizes: Sizes;
  readonly rows: readonly Row[];
  /** Rounds up to the small size, and above. */
  readonly rounds: number;
  readonly largeRounds: number;
}

function planOf(args: readonly string[]): Plan {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string' },
      rounds: { type: 'string' },
      'large-rounds': { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const scale = values.quick ? 10 : 1;
  const sizes = { small: 1000 / scale, large: 10_000 / scale, double: 20_000 / scale };
  const wanted = values.rows?.split(',').map(Number);
  const rows = rowsFor(sizes).filter(({ row }) => wanted?.includes(row) ?? true);
  const rounds = Number(values.rounds ?? (values.quick ? 3 : 9));
  return { sizes, rows, rounds, largeRounds: Number(values['large-rounds'] ?? (values.quick ? 3 : 5)) };
}

/** Quantities by size: every round measures all that the rows of a size need. */
function needsOf(rows: readonly Row[]): Map<Size, Set<Quantity>> {
  const needs = new Map<Size, Set<Quantity>>();
  for (const { size, needs: wanted } of rows)
    needs.set(size, new Set([...(needs.get(size) ?? []), ...wanted]));
  return needs;
}

function measureAll({ sizes, rows, rounds, largeRounds }: Plan, work: string): Map<Size, readonly Round[]> {
  const measured = new Map<Size, readonly Round[]>();
  for (const [size, quantities] of needsOf(rows)) {
    const count = size === 'root' || size <= sizes.small ? rounds : largeRounds;
    process.stderr.write(`${size}: ${[...quantities].join(', ')} `);
    measured.set(
      size,
      measure(stageOf(size, work), [...quantities], count, () => process.stderr.write('.')),
    );
    process.stderr.write('\n');
  }
  return measured;
}

function table(rows: readonly Row[], measured: ReadonlyMap<Size, readonly Round[]>): string {
  const lines = rows.map(row => {
    const values = (measured.get(row.size) ?? []).map(row.value);
    const result = median(values);
    const spread = `${shown(Math.min(...values))}–${shown(Math.max(...values))}`;
    const verdict = row.goal === undefined ? '' : result <= row.goal ? 'pass' : '**fail**';
    return `| ${row.row} | ${row.what} | ${row.goal ?? ''} | ${shown(result)} | ${spread} | ${values.length} | ${verdict} |`;
  });
  return [
    '| # | what | goal | measured | from–to | rounds | |',
    '|---:|---|---:|---:|---|---:|---|',
    ...lines,
  ].join('\n');
}

const shown = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));

function main(): void {
  if (!existsSync(OFFSITE)) throw new Error('there is no dist/: run `npm run build` first');
  const plan = planOf(process.argv.slice(2));
  const work = makeWorkDirectory();
  try {
    const measured = measureAll(plan, work);
    console.log(
      `Node ${process.versions.node}, in ${work.startsWith('/dev/shm') ? 'memory' : 'a directory on disk'}\n`,
    );
    console.log(table(plan.rows, measured));
    const large = measured.get(plan.sizes.large)?.[0];
    if (large !== undefined)
      console.log(`\nOne round of ${plan.sizes.large} hosts, ms and MiB: ${JSON.stringify(large, rounded)}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value) : value;

main();
