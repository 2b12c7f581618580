import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Artifact, ArtifactKind, Fact, ReadFact } from '../../src/artifacts/artifact.ts';
import { compareFacts } from '../../src/render/compare.ts';
import { createRenderer } from '../../src/render/engine.ts';
import { lineCauses } from '../../src/render/provenance.ts';
import { verifyArtifact } from '../../src/render/verify.ts';
import { builtIns, sources } from './sources.ts';

const facts = (text: string): readonly Fact[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map(word => ({ at: word[0]!, value: word.slice(1), causes: [['x', word]] }));
const found = (text: string): readonly ReadFact[] =>
  facts(text).map(({ at, value }, i) => ({ at, value, line: i + 1 }));

describe('compareFacts', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['', '', []],
    ['a1 b2', 'a1 b2', []],
    ['a1 b2 c3', 'a1 c3', ['missing b2']],
    ['a1 b2', 'a1', ['missing b2']],
    ['a1', '', ['missing a1']],
    ['a1 c3', 'a1 b2 c3', ['unexpected b2']],
    ['', 'a1', ['unexpected a1']],
    ['a1 b2 c3', 'a1 b9 c3', ['different b2/b9']],
    ['a1 b2 c3', 'a1 x9 c3', ['missing b2', 'unexpected x9']],
    ['a1 b2', 'b2 a1', ['unexpected b2', 'missing b2']],
    ['a1 a2 a3', 'a1 a3', ['different a2/a3', 'missing a3']],
    ['a1', 'a1 a1', ['unexpected a1']],
    ['a1 b2 c3 d4', 'c3 d4', ['missing a1', 'missing b2']],
  ];
  test.each(cases)('%j read as %j', (meant, read, mismatches) => {
    const told = compareFacts(facts(meant), { facts: found(read), errors: [] }).map(m => {
      if (m.kind === 'missing') return `missing ${m.expected.at}${m.expected.value}`;
      if (m.kind === 'unexpected') return `unexpected ${m.found.at}${m.found.value}`;
      return m.kind === 'different'
        ? `different ${m.expected.at}${m.expected.value}/${m.found.at}${m.found.value}`
        : m.kind;
    });
    expect(told).toEqual(mismatches);
  });

  test('an unreadable line is a mismatch even if all facts are there', () => {
    const errors = [{ line: 3, message: 'no header' }];
    expect(compareFacts(facts('a1'), { facts: found('a1'), errors })).toEqual([
      { kind: 'unreadable', ...errors[0] },
    ]);
  });

  test('what is unreadable does not hide what is missing', () => {
    const told = compareFacts(facts('a1'), { facts: [], errors: [{ line: 1, message: 'x' }] });
    expect(told.map(({ kind }) => kind)).toEqual(['unreadable', 'missing']);
  });

  test('no mismatch exactly for equal lists', () => {
    const words = fc.array(fc.constantFrom('a1', 'a2', 'b1', 'c1'), { maxLength: 6 });
    fc.assert(
      fc.property(words, words, (meant, read) => {
        const [a, b] = [meant.join(' '), read.join(' ')];
        const mismatches = compareFacts(facts(a), { facts: found(b), errors: [] });
        expect(mismatches.length === 0).toBe(a === b);
        const count = (kind: string) => mismatches.filter(mismatch => mismatch.kind === kind).length;
        expect(meant.length - count('missing')).toBe(read.length - count('unexpected'));
      }),
    );
  });

  test('a hundred thousand facts in reverse order take linear time', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({ at: String(i), value: '', causes: [] }));
    const read = many.toReversed().map((fact, line) => ({ ...fact, line }));
    expect(compareFacts(many, { facts: read, errors: [] }).length).toBeGreaterThan(100_000);
  });
});

test('lineCauses: each path once per line, by line', () => {
  const meant = [
    { at: 'a', value: '', causes: [['s', 1], ['t']] },
    { at: 'b', value: '', causes: [['t']] },
    { at: 'c', value: '', causes: [['u']] },
  ];
  const read = [2, 2, 1].map((line, i) => ({ at: 'abc'[i]!, value: '', line }));
  expect(lineCauses(meant, read)).toEqual([
    { line: 1, causes: [['u']] },
    { line: 2, causes: [['s', 1], ['t']] },
  ]);
  expect(() => lineCauses(meant, read.slice(1))).toThrow(RangeError);
});

/** Reads `key value` lines; a line without a blank is an error. */
const kind: ArtifactKind = {
  name: 'k',
  read: text => {
    const facts: ReadFact[] = [];
    const errors: { line: number; message: string }[] = [];
    for (const [i, line] of text.split('\n').entries()) {
      const blank = line.indexOf(' ');
      if (blank > 0) facts.push({ at: line.slice(0, blank), value: line.slice(blank + 1), line: i + 1 });
      else if (line !== '') errors.push({ line: i + 1, message: 'no value' });
    }
    return { facts, errors };
  },
};

const artifact: Artifact = {
  kind: 'k',
  target: 'pbs-home',
  folder: 'root',
  path: '/etc/x',
  ownership: 'whole',
  mode: '0640',
  owner: 'root',
  group: 'root',
  secrets: [],
  view: {
    items: [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ],
  },
  facts: [
    { at: 'a', value: '1', causes: [['a']] },
    { at: 'b', value: '2', causes: [['b']] },
  ],
};
const GOOD = '{{#each items}}\n{{key}} {{value}}\n{{/each}}\n';

describe('verifyArtifact', () => {
  const cases: readonly (readonly [string, string, readonly (readonly [string, number, RegExp])[]])[] = [
    ['right', GOOD, []],
    ['right with other layout', '\n\n{{#each items}}\n\n{{key}} {{value}}\n{{/each}}\n', []],
    [
      'added line',
      '{{#each items}}\n{{key}} {{value}}\n{{/each}}\n\nmore 1\n',
      [['my/k/k.hbs', 5, /line 4 says "more" is "1"/]],
    ],
    [
      'other value',
      '{{#each items}}\n\n{{key}} x{{value}}\n{{/each}}\n',
      [
        ['my/k/k.hbs', 3, /line 2: "a" should be "1" and is "x1"/],
        ['my/k/k.hbs', 3, /line 4: "b" should be "2" and is "x2"/],
      ],
    ],
    [
      'dropped',
      '{{!-- c --}}\n{{#each items}}\n{{/each}}\n',
      [
        ['my/k/k.hbs', 1, /"a" should be "1" and is missing/],
        ['my/k/k.hbs', 1, /"b" should be "2" and is missing/],
      ],
    ],
    ['unreadable', 'x\n' + GOOD, [['my/k/k.hbs', 1, /line 1 is not readable: no value/]]],
    ['in a partial', '{{> p}}\n' + GOOD, [['my/_partials/p.hbs', 2, /line 1 says "p" is "1"/]]],
  ];
  test.each(cases)('%s', async (_, text, expected) => {
    const renderer = await createRenderer({
      templateTexts: sources({ 'k/k': text, '_partials/p': '{{!-- p --}}\np 1\n' }),
    });
    const rendered = renderer.render('k', artifact.view) as { text: string };
    const verified = verifyArtifact(renderer, artifact, rendered.text, kind);
    const told = 'diagnostics' in verified ? verified.diagnostics : [];
    expect(told.map(d => d.place)).toEqual(expected.map(([file, line]) => ({ kind: 'file', file, line })));
    for (const [i, [, , message]] of expected.entries()) expect(told[i]!.message).toMatch(message);
    if (expected.length === 0) expect(verified).toMatchObject({ read: { errors: [] } });
  });

  test('what is missing is looked for after the fact before it, or at the first line', async () => {
    const renderer = await createRenderer({ templateTexts: sources({ 'k/k': '\na 1\n\n\nc 3\n' }) });
    const fact = (at: string, value: string) => ({ at, value, causes: [[at]] });
    const lineOf = (facts: readonly Fact[]) => {
      const verified = verifyArtifact(renderer, { ...artifact, facts }, '\na 1\n\n\nc 3\n', kind);
      return 'diagnostics' in verified && verified.diagnostics.map(d => 'line' in d.place && d.place.line);
    };
    expect(lineOf([fact('a', '1'), fact('b', '2'), fact('c', '3')])).toEqual([2]);
    expect(lineOf([fact('b', '2'), fact('a', '1'), fact('c', '3')])).toEqual([2]);
    expect(lineOf([fact('a', '1'), fact('c', '3'), fact('d', '4')])).toEqual([5]);
  });

  test('a built-in template that lies is a bug', async () => {
    const renderer = await createRenderer({ builtIn: await builtIns(sources({ 'k/k': GOOD + 'more 1\n' })) });
    const rendered = renderer.render('k', artifact.view) as { text: string };
    expect(() => verifyArtifact(renderer, artifact, rendered.text, kind)).toThrow(
      expect.objectContaining({ name: 'InternalError', message: expect.stringContaining('pbs-home:/etc/x') }),
    );
  });

  test('a value with a line break is caught', async () => {
    const renderer = await createRenderer({ templateTexts: sources({ 'k/k': GOOD }) });
    const view = { items: [{ key: 'a', value: '1\nevil 1' }] };
    const hostile = { ...artifact, view, facts: [{ at: 'a', value: '1\nevil 1', causes: [['a']] }] };
    const rendered = renderer.render('k', view) as { text: string };
    expect(verifyArtifact(renderer, hostile, rendered.text, kind)).toHaveProperty('diagnostics');
  });
});

describe('trace', () => {
  const of = async (texts: Readonly<Record<string, string>>, view: unknown) => {
    const renderer = await createRenderer({ templateTexts: sources(texts) });
    const { text } = renderer.render('k', view) as { text: string };
    const lines = renderer.trace('k', view);
    expect(lines.length).toBe(text === '' ? 0 : text.replace(/\n$/, '').split('\n').length);
    return lines.map(({ file, line }) => `${file.slice(3, 4)}${line}`).join(' ');
  };
  test.each([
    ['a\nb\nc\n', {}, 'k1 k2 k3'],
    ['a\n\n\nb', {}, 'k1 k2 k3 k4'],
    ['{{!-- c --}}\n\na\n', {}, 'k2 k3'],
    ['{{#each l}}\n{{this}}\n{{/each}}\nz\n', { l: ['1', '2'] }, 'k2 k2 k4'],
    ['{{#each l}}\n\n{{this}}\n{{/each}}\n\nz\n', { l: ['1', '2'] }, 'k2 k3 k2 k3 k5 k6'],
    ['{{#if a}}\nx\n{{else}}\ny\n{{/if}}\n', { a: false }, 'k4'],
    ['{{#each l}}{{this}},{{/each}}\nb\n', { l: ['1', '2'] }, 'k1 k2'],
    ['{{~#each l~}}\n {{this}}{{"\n"}}\n{{~/each~}}', { l: [] }, ''],
    ['a {{v}} b\nc\n', { v: '1\n2' }, 'k1 k1 k2'],
    ['{{v}}\nc\n', { v: '\u00000:2;\u00001:\u0000' }, 'k1 k2'],
  ])('%j', async (text, view, lines) => {
    expect(await of({ 'k/k': text }, view)).toBe(lines);
  });

  test('lines of partials', async () => {
    const texts = { 'k/k': 'a\n{{> p}}\n{{> p}}\nb\n', '_partials/p': '{{!-- p --}}\nx\n' };
    expect(await of(texts, {})).toBe('k1 _2 _2 k4');
  });
});
