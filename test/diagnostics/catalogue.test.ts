import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue, merge } from '../../src/diagnostics/catalogue.ts';
import { parseTopology } from '../../src/load/parse.ts';

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile() && file.name.endsWith('.ts') && !file.parentPath.includes('generated'))
    .map(file => join(file.parentPath, file.name));

describe('catalogue', () => {
  const files = sources('src').filter(file => !/codes\.ts$/.test(file));
  const texts = files.map(file => readFileSync(file, 'utf8'));
  const used = new Set(
    texts.flatMap(text => [...text.matchAll(/\bcode(?::| \?\?) '([a-z-]+)'/g)].map(hit => hit[1]!)),
  );
  const codes = new Set(catalogue().map(({ code }) => code));

  test('has every code that the sources use', () => {
    expect([...used].filter(code => !codes.has(code))).toEqual([]);
  });

  test('has no code that no source mentions', () => {
    const mentioned = new Set(
      texts.flatMap(text => [...text.matchAll(/'([a-z0-9-]+)'/g)].map(hit => hit[1]!)),
    );
    expect([...codes].filter(code => !mentioned.has(code))).toEqual([]);
  });

  test('codes are kebab-case, texts are sentences', () => {
    for (const { code, summary, why, fix } of catalogue()) {
      expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
      expect(summary).toMatch(/^[A-Z`].*[^ ]$/);
      // A sentence may begin with the name of a program.
      for (const text of [why, fix]) expect(text).toMatch(/^[A-Za-z`].*\.\)?$/);
    }
  });

  test('one code cannot mean two things', () => {
    const table = { 'a-b': catalogue()[0]! };
    expect(() => merge([table, table])).toThrow(/same code/);
  });

  test.each(catalogue().filter(({ code, example }) => code.startsWith('yaml-') && example))(
    'the example of $code fires, and the good one does not',
    ({ code, example }) => {
      expect(parseTopology(example!.bad).diagnostics.map(one => one.code)).toContain(code);
      if (example!.good !== undefined) expect(parseTopology(example!.good).diagnostics).toEqual([]);
    },
  );
});
