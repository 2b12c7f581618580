import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syntheticTopology } from '../../bench/generate.ts';
import { documentFromEvents } from '../../src/load/events.ts';
import { parseTopology } from '../../src/load/parse.ts';
import { completeTopologies } from '../topologies/load.ts';

/** Keys in their order, which `toEqual` ignores, and numbers as they are, which JSON would not carry. */
const shape = (_: string, value: unknown): unknown => {
  if (typeof value === 'number') return `number ${Object.is(value, -0) ? '-0' : value}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).map(([key, inner]) => [key, inner]);
};

/**
 * Whether the common path takes a text; if it does, everything must be as the complete reader has it, which must have
 * nothing to say.
 */
function isTakenAlike(text: string): boolean {
  const quick = documentFromEvents(text);
  if (quick === undefined) return false;
  const { document, diagnostics } = parseTopology(text);
  expect(diagnostics).toEqual([]);
  expect(JSON.stringify(quick.data, shape)).toBe(JSON.stringify(document!.data, shape));
  expect(quick.index).toEqual(document!.index);
  expect(quick.poisoned).toEqual([]);
  return true;
}

describe('the common path of load', () => {
  test.each(completeTopologies.map(({ name, file }) => [name, file]))(
    'takes topology %s unless it has anchors',
    (_, file) => {
      const text = readFileSync(file, 'utf8');
      expect(isTakenAlike(text)).toBe(!/(?:: |- )[&*]/.test(text));
    },
  );

  test('takes a large topology', () => {
    expect(isTakenAlike([...syntheticTopology({ hosts: 200 })].join(''))).toBe(true);
  });

  test.each([
    'a: 1\n',
    'a: {}\nb: []\nc: { }\n',
    "a: 'it''s'\nb: \"x\\ty\"\n",
    'a: [1, [2, { b: 3 }], ] # ]\n',
    'a: [ # comment ]\n  x, # another\n  ]\n',
    'a:\n- b\n- c: d\n  e: f\n-   - g\n',
    'a: two\n  lines\nb: 1\n',
    'a: {b: "}", c: \']\'}\n',
    '"quoted key": 1\n10: a\ntrue: b\n',
    'a: .inf\nb: -.INF\nc: .nan\nd: -0\ne: 1e40\nf: 0o17\ng: 0xFF\nh: +12\ni: 1_0\nj: 0b1\nk: ~\nl: null\nm: 012\nn: 1.\n',
    '__proto__: {x: 1}\nconstructor: 2\n',
    '# only a comment before\n\n\na: 1 # and behind\n# the end',
    'a: "\\U0001F4BE"\nb: 💾\n',
  ])('takes %j', text => {
    expect(isTakenAlike(text)).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['a list', '- 1\n'],
    ['a text', 'text'],
    ['an empty value', 'a:\nb: 1\n'],
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: &x 1\nb: *x\n'],
    ['a merge key', 'a: { <<: { b: 1 } }\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a duplicate key', 'a: 1\na: 2\n'],
    ['a block scalar', 'a: |\n  x\n'],
    ['a pair in a list', 'a: [b: c]\n'],
    ['a collection as a key', '[a]: 1\n'],
    ['a document start', '---\na: 1\n'],
    ['a second document', 'a: 1\n--- \nb: 1\n'],
    ['a directive', '%YAML 1.2\n---\na: 1\n'],
    ['a tab', 'a:\t1\n'],
    ['a carriage return', 'a: 1\r\n'],
    ['a number beyond all numbers', 'a: 1e400\n'],
    ['half a character', 'a: "\\ud800"\n'],
    ['a control character', 'a: "\x7f"\n'],
    ['what is too deep', `a: ${'['.repeat(99)}${']'.repeat(99)}\n`],
    ['a syntax error', 'a: [1\n'],
  ])('leaves %s to the complete reader', (_, text) => {
    expect(documentFromEvents(text)).toBeUndefined();
  });
});

const PIECES = [
  ...[
    ' ',
    '  ',
    '\n',
    '\n  ',
    '\n    ',
    '- ',
    ': ',
    ':',
    '? ',
    ', ',
    ',',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    ' #',
  ],
  ...[
    '\\',
    '|',
    '>',
    '>-\n',
    '&a ',
    '*a',
    '<<: ',
    '!t ',
    '%',
    '@',
    '`',
    '~',
    '=',
    'a',
    'b: ',
    '1',
    '0x',
    '.',
    '-',
  ],
  ...['\u0085', '\u2028', '\u00a0', '\ufeff', 'é', '\t', '\r\n', '---\n', '...\n', 'null', 'true', '1e3'],
];

/** One to three edits of a text: a piece put in, a part taken out, a part repeated elsewhere. */
const edits = fc.array(
  fc.record({
    kind: fc.constantFrom('insert', 'delete', 'copy'),
    at: fc.nat(),
    length: fc.integer({ min: 1, max: 12 }),
    to: fc.nat(),
    piece: fc.constantFrom(...PIECES),
  }),
  { minLength: 1, maxLength: 3 },
);

type Edit = typeof edits extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

function edited(text: string, { kind, at, length, to, piece }: Edit): string {
  const from = at % (text.length + 1);
  const into = to % (text.length + 1);
  if (kind === 'insert') return text.slice(0, from) + piece + text.slice(from);
  if (kind === 'delete') return text.slice(0, from) + text.slice(from + length);
  return text.slice(0, into) + text.slice(from, from + length) + text.slice(into);
}

const SAMPLE = `# comment
sites:
  home: { zone: "Europe/Berlin", vlans: [ 1, 2 ] } # behind
  'dc':
    list:
      - one
      - two: 2
        three: [a, {b: c}]
    text: several words
      on two lines
    quoted: "a \\"b\\"
      c"
flows: {a: ~, b: .5}
`;

describe('what the common path takes of an edited text is as the complete reader has it', () => {
  const runs = Number(process.env['OFFSITE_FUZZ'] ?? 4000);
  const property = (sample: string) => {
    let taken = 0;
    fc.assert(
      fc.property(edits, list => {
        if (isTakenAlike(list.reduce(edited, sample))) taken++;
      }),
      { seed: Number(process.env['OFFSITE_SEED'] ?? 1), numRuns: runs },
    );
    // Else the property says nothing.
    expect(taken).toBeGreaterThan(runs / 10);
  };

  test('a text of every construct', { timeout: 600_000 }, () => property(SAMPLE));

  test('pieces at random', { timeout: 600_000 }, () => {
    const text = fc
      .array(fc.constantFrom(...PIECES), { maxLength: 12 })
      .map(pieces => `a: ${pieces.join('')}`);
    fc.assert(
      fc.property(text, one => void isTakenAlike(one)),
      { seed: 1, numRuns: runs },
    );
  });
});
