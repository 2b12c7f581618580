import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue, merge } from '../../src/diagnostics/catalogue.ts';
import { parseTopology } from '../../src/load/parse.ts';

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile() && file.name.endsWith('.ts') && !file.parentPath.includes('generated'))
    .map(file => join(file.parentPath, file.name));

/** Areas whose tables are in the catalogue. */
const AREAS = ['src/load', 'src/validate', 'src/diagnostics'];

describe('catalogue', () => {
  const used = new Set(
    AREAS.flatMap(sources)
      .filter(file => !file.endsWith('codes.ts'))
      .flatMap(file =>
        [...readFileSync(file, 'utf8').matchAll(/\bcode(?::| \?\?) '([a-z-]+)'/g)].map(hit => hit[1]!),
      ),
  );

  test('has every code that the sources use, and no other', () => {
    expect(catalogue.map(({ code }) => code)).toEqual([...used].toSorted());
  });

  test('codes are kebab-case, texts are sentences', () => {
    for (const { code, summary, why, fix } of catalogue) {
      expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)+$/);
      for (const text of [summary, why, fix]) expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('one code cannot mean two things', () => {
    const table = { 'a-b': catalogue[0]! };
    expect(() => merge([table, table])).toThrow(/same code/);
  });

  test.each(catalogue.filter(({ code, example }) => code.startsWith('yaml-') && example))(
    'the example of $code fires, and the good one does not',
    ({ code, example }) => {
      expect(parseTopology(example!.bad).diagnostics.map(one => one.code)).toContain(code);
      if (example!.good !== undefined) expect(parseTopology(example!.good).diagnostics).toEqual([]);
    },
  );
});
