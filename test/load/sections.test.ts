import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { valueText } from '../../src/diagnostics/locate.ts';
import { parseTopology } from '../../src/load/parse.ts';

/** Sections this long are composed in parts; the result must not show it. */
const entry = (i: number) =>
  [
    [`  h${i}: { a: ${i} } # one\n`],
    [`  h${i}:\n    a: ${i}\n    # note\n`],
    [`\n  # before\n  h${i}:\n\n    a: &x${i} ${i}\n    b: *x${i}\n`],
    [`  h${i}:\n    a: |\n      text ${i}\n\n    c:\n    - 1\n    -\n`],
    [`  h${i}:\n  h${i}b: "q ${i}"\n`],
    [`  ? h${i}\n  : v\n`],
  ][i % 6]!.join('');
const section = (name: string, from: number, to: number) =>
  `${name}:\n${Array.from({ length: to - from }, (_, i) => entry(from + i)).join('')}`;

const TEXT = `offsite: 1\n${section('hosts', 0, 1500)}# between\n${section('flows', 1500, 3100)}last: 1\n`;

test.each([
  ['LF', TEXT],
  ['CRLF', TEXT.replaceAll('\n', '\r\n')],
])('a long section reads as the whole document would (%s)', (_, text) => {
  const { document, diagnostics } = parseTopology(text);
  expect(diagnostics).toEqual([]);
  const expected = parse(text) as Record<string, Record<string, unknown>>;
  expect(document!.data).toEqual(expected);
  expect(Object.keys(document!.data['hosts'] as object)).toEqual(Object.keys(expected['hosts']!));
  for (const i of [0, 1, 2, 3, 255, 256, 258, 1494]) {
    const name = `h${i - (i % 6)}`;
    expect(valueText(text, document!.index, ['hosts', name, 'a'])).toBe(name.slice(1));
  }
});

test.each([3, 255, 256, 257, 258, 259, 900, 1499])('a syntax error in entry %i is on its line', at => {
  const entries = Array.from({ length: 1500 }, (_, i) => `  h${i}: ${i === at ? '@x' : 'x'}\n`);
  const text = `hosts:\n${entries.join('')}`;
  const { diagnostics } = parseTopology(text);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.place).toMatchObject({ start: text.indexOf('@') });
});

test('a duplicate far from the first is found', () => {
  const text = `hosts:\n${Array.from({ length: 1500 }, (_, i) => `  h${i}: x\n`).join('')}  h0: y\n`;
  expect(parseTopology(text).diagnostics).toMatchObject([
    {
      code: 'yaml-duplicate-key',
      place: { start: text.lastIndexOf('h0') },
      related: [{ place: { start: 9 } }],
    },
  ]);
});
