import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { atKey, atValue, type TopologyPath } from '../../src/diagnostics/diagnostic.ts';
import { linesOf } from '../../src/diagnostics/lines.ts';
import { offsetsOf, valueText } from '../../src/diagnostics/locate.ts';
import { pathAtLine } from '../../src/diagnostics/path-at-line.ts';
import { parseTopology } from '../../src/load/parse.ts';

const load = (text: string) => {
  const { document, diagnostics } = parseTopology(text);
  expect(diagnostics).toEqual([]);
  return document!;
};
const textAt = (text: string, place: { path: TopologyPath; on: 'key' | 'value' }) =>
  text.slice(...offsetsOf(place, load(text).index));

const SAMPLE = `# comment
base: &base { vlan: mgmt, deep: { x: 1 } }
hosts:
  a:
    <<: *base
    vlan: "storage"
    list:
      - one
      - two: 2
  b: *base
  c: { <<: [ { y: 7 }, *base ] }
  empty:
  123: numeric
`;

describe('offsets of a path', () => {
  test.each([
    [atKey(['hosts']), 'hosts'],
    [atValue(['base']), '{ vlan: mgmt, deep: { x: 1 } }'],
    [atValue(['hosts', 'a', 'vlan']), '"storage"'],
    [atKey(['hosts', 'a', 'vlan']), 'vlan'],
    [atValue(['hosts', 'a', 'list', 0]), 'one'],
    [atValue(['hosts', 'a', 'list', 1, 'two']), '2'],
    // Through a merge key and an alias: where the text really is.
    [atValue(['hosts', 'a', 'deep', 'x']), '1'],
    [atValue(['hosts', 'b', 'vlan']), 'mgmt'],
    [atValue(['hosts', 'b']), '*base'],
    [atValue(['hosts', 'c', 'y']), '7'],
    [atValue(['hosts', 'c', 'vlan']), 'mgmt'],
    [atValue(['hosts', '123']), 'numeric'],
    // No value: its key. No such place: the key of the deepest ancestor.
    [atValue(['hosts', 'empty']), 'empty'],
    [atValue(['hosts', 'a', 'nothing', 'at', 'all']), 'a'],
    [atKey(['hosts', 'a', 'list', 9]), 'list'],
    [atKey(['nothing']), SAMPLE.slice(SAMPLE.indexOf('base'), -1)],
  ])('%j', (place, expected) => {
    expect(textAt(SAMPLE, place)).toBe(expected);
  });

  test('of several merged maps the first that has the key', () => {
    const text = 'x: &x { k: first }\ny: &y { k: second, l: only }\nd: { <<: [*x, *y] }\n';
    expect(textAt(text, atValue(['d', 'k']))).toBe('first');
    expect(textAt(text, atValue(['d', 'l']))).toBe('only');
  });

  test('the text of a value is what stands there, not what YAML makes of it', () => {
    const text = 'pbs: 4.10\n';
    expect(valueText(text, load(text).index, ['pbs'])).toBe('4.10');
    expect(valueText(text, load(text).index, ['pve'])).toBeUndefined();
  });

  test('wide maps and lists', () => {
    const names = Array.from({ length: 3000 }, (_, i) => `k${i}`);
    const text = `m:\n${names.map(name => `  ${name}: v-${name}\n`).join('')}l: [${names.join(', ')}]\n`;
    const { index } = load(text);
    for (const i of [0, 1, 1234, 2999]) {
      expect(text.slice(...offsetsOf(atValue(['m', `k${i}`]), index))).toBe(`v-k${i}`);
      expect(text.slice(...offsetsOf(atValue(['l', i]), index))).toBe(`k${i}`);
    }
  });
});

describe('the path of a line', () => {
  test.each([
    [1, undefined],
    [2, ['base']],
    [4, ['hosts', 'a']],
    [5, ['hosts', 'a', '<<']],
    [6, ['hosts', 'a', 'vlan']],
    [8, ['hosts', 'a', 'list', 0]],
    [9, ['hosts', 'a', 'list', 1]],
    [10, ['hosts', 'b']],
    [13, ['hosts', '123']],
    [99, undefined],
  ])('line %i', (line, path) => {
    expect(pathAtLine(load(SAMPLE).index, linesOf(SAMPLE), line)).toEqual(path);
  });

  test('a comment belongs to the map around it, a long string to its key', () => {
    const text = 'a:\n  b: 1\n  # note\n  c: |\n    x\n    y\nd: 1\n';
    const at = (line: number) => pathAtLine(load(text).index, linesOf(text), line);
    expect([at(3), at(5), at(6), at(7)]).toEqual([['a'], ['a', 'c'], ['a', 'c'], ['d']]);
  });
});

describe('properties', () => {
  const key = fc.string({ minLength: 1, maxLength: 6 }).filter(name => name !== '<<');
  const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>(tie => ({
    leaf: fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom('日本', 'a: b', '# x', '- 1', '😀', ' '),
    ),
    tree: fc.oneof(
      { maxDepth: 4 },
      tie('leaf'),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  const style = fc.constantFrom(
    {},
    { collectionStyle: 'flow' },
    { lineWidth: 20 },
    { defaultStringType: 'QUOTE_DOUBLE' },
  );

  function* scalars(data: unknown, path: TopologyPath = []): Generator<[TopologyPath, unknown]> {
    if (typeof data !== 'object' || data === null) yield [path, data];
    else if (Array.isArray(data)) for (const [i, item] of data.entries()) yield* scalars(item, [...path, i]);
    else for (const [name, value] of Object.entries(data)) yield* scalars(value, [...path, name]);
  }

  test('the text found for a path reads as the scalar of that path', () => {
    fc.assert(
      fc.property(fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 }), style, (data, options) => {
        const text = stringify(data, { ...options, aliasDuplicateObjects: false } as object);
        const { document, diagnostics } = parseTopology(text);
        // Strings may hold characters that no file may; those are refused elsewhere.
        fc.pre(diagnostics.length === 0);
        expect(document!.data).toEqual(data);
        for (const [path, value] of scalars(data)) {
          const found = valueText(text, document!.index, path)!;
          const indent = /^[|>]/.test(found) ? undefined : found;
          if (indent !== undefined)
            expect(parseTopology(`x: ${indent}\n`).document!.data['x']).toEqual(value);
        }
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
