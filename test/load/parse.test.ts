import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { linesOf, positionAt } from '../../src/diagnostics/lines.ts';
import { parseTopology } from '../../src/load/parse.ts';

/** `code "underlined text"` of each diagnostic. */
const brief = (text: string, diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ code, place }) =>
    place.kind === 'span' ? `${code} ${JSON.stringify(text.slice(place.start, place.end))}` : code,
  );

describe('parseTopology', () => {
  test.each([
    [
      'scalars of YAML 1.2 core',
      'a: yes\nb: 010\nc: 0x10\nd: ~\ne: 1e3\nf: "1"\n',
      { a: 'yes', b: 10, c: 16, d: null, e: 1000, f: '1' },
    ],
    [
      'block and flow collections',
      'a: [1, {b: 2}]\nc:\n  - d\n  - e: f\n',
      { a: [1, { b: 2 }], c: ['d', { e: 'f' }] },
    ],
    ['block scalars', 'a: |\n  x\n  y\nb: >-\n  z\n', { a: 'x\ny\n', b: 'z' }],
    ['numbers as keys', '10: a\ntrue: b\n', { '10': 'a', true: 'b' }],
    ['a document start', '---\na: 1\n', { a: 1 }],
    ['CRLF', 'a: 1\r\nb:\r\n  c: 2\r\n', { a: 1, b: { c: 2 } }],
    ['a core tag', 'a: !!str 4.10\n', { a: '4.10' }],
    ['an alias', 'a: &x {b: 1}\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
    [
      'a merge key; own keys win',
      'a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n',
      { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } },
    ],
    [
      'merges of several; the first wins',
      'a: &x {k: 1}\nb: &y {k: 2, l: 3}\nd: {<<: [*x, *y]}\n',
      { a: { k: 1 }, b: { k: 2, l: 3 }, d: { k: 1, l: 3 } },
    ],
    ['a quoted << as a plain key', 'a: {"<<": 1}\n', { a: { '<<': 1 } }],
  ])('reads %s', (_, text, data) => {
    const { document, diagnostics } = parseTopology(text);
    expect(diagnostics).toEqual([]);
    expect(document?.data).toEqual(data);
  });

  test('keys that objects inherit are keys like any other', () => {
    const { document } = parseTopology('__proto__: {x: 1}\nconstructor: 2\n');
    expect(Object.keys(document!.data)).toEqual(['__proto__', 'constructor']);
    expect('toString' in document!.data).toBe(false);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test.each([
    ['', ['yaml-empty ""']],
    ['# only a comment\n', ['yaml-empty "# only a comment\\n"']],
    ['- 1\n', ['yaml-not-a-map "- 1"']],
    ['text', ['yaml-not-a-map "text"']],
    ['a: 1\n---\nb: 2\n', ['yaml-multiple-documents "---"']],
    ['%YAML 1.1\n---\na: yes\n', ['yaml-directive "%YAML 1.1"']],
    ['a:\n\tb: 1\n', ['yaml-tab "\\t"']],
    ['a: "x\nb: 1\n', ['yaml-syntax "\\""']],
    ['b: 1\na\n', ['yaml-syntax "a"']],
    // Without its colon, a key takes the lines below with it.
    ['a\n  b: 1\n  c: 1\n\n  d: 1\ne: 1\n', ['yaml-syntax "a\\n  b"']],
    ['a\n  b: 1\n# c\n  c: 1\ne: 1\n f: 2\n', ['yaml-syntax "a\\n  b"', 'yaml-syntax "f"']],
    ['a: @x\n', ['yaml-syntax "@"']],
    ['a: !secret x\n', ['yaml-tag "!secret"']],
    ['a: 1\nb: 2\na: 3\n', ['yaml-duplicate-key "a"']],
    ['a: *b\n', ['yaml-unknown-alias "*b"']],
    ['a: &a [*a]\n', ['yaml-alias-cycle "*a"']],
    ['a: {<<: 1}\n', ['yaml-bad-merge "1"']],
    ['a: "\\ud800"\n', ['yaml-bad-character "\\"\\\\ud800\\""']],
    ['a: 1 # \x07\n', ['yaml-bad-character "\\u0007"']],
    ['a: 1 # x\rb: 2\n', ['yaml-bad-character "\\r"']],
    ['? [a]\n: 1\n', ['yaml-syntax "["']],
    ['schedule: *-*-01 02:00\n', ['yaml-unquoted-star "*-*-01 02:00"']],
    ['schedule: *-*-*\n', ['yaml-unquoted-star "*-*-*"']],
    ['f: {schedule: *:0/30, x: 1}\n', ['yaml-unquoted-star "*:0/30"']],
    ['- *-*-* 04:00\n', ['yaml-unquoted-star "*-*-* 04:00"']],
  ])('reports %j', (text, expected) => {
    expect(brief(text, parseTopology(text).diagnostics)).toEqual(expected);
  });

  test('several mistakes are all reported, one for each line', () => {
    const text = 'a: @x\nb: *-*-01 02:00\nc: *nobody\nd: [1, 2\ne: `y`\n';
    const codes = brief(text, parseTopology(text).diagnostics);
    expect(codes).toEqual(expect.arrayContaining(['yaml-syntax "@"', 'yaml-unquoted-star "*-*-01 02:00"']));
    expect(codes.length).toBeGreaterThanOrEqual(4);
  });

  test('a duplicate key names both places and leaves a document with the first', () => {
    const { document, diagnostics } = parseTopology('a: 1\nb: {c: 1, c: 2}\n');
    expect(document?.data).toEqual({ a: 1, b: { c: 1 } });
    expect(diagnostics[0]?.place).toMatchObject({ start: 15 });
    expect(diagnostics[0]?.related?.[0]?.place).toMatchObject({ start: 9 });
  });

  test('what stands behind a key that is indented too deep is given twice once', () => {
    const text = 'a:\n  x: 1\n  y: 2\n  b:\n  x: 3\n  y: 4\nc: {x: 1, x: 2, y: 1, y: 2}\n';
    const helps = parseTopology(text).diagnostics.map(({ place, help }) => [
      place.kind === 'span' && place.start,
      help,
    ]);
    expect(helps).toEqual([
      [24, '"b" before it has no value: is that one indented too deep? Else remove or rename one of the two'],
      [46, 'remove or rename one of the two'],
      [58, 'remove or rename one of the two'],
    ]);
  });

  test('a star is quoted in the help', () => {
    expect(parseTopology('schedule: *-*-01 02:00 # monthly\n').diagnostics[0]?.help).toBe(
      'quote it: "*-*-01 02:00"',
    );
  });

  test('a bad alias poisons its place and not the rest', () => {
    const { document } = parseTopology('a: {b: *x, c: 1}\n');
    expect(document?.poisoned).toEqual([['a', 'b']]);
    expect(document?.data).toEqual({ a: { b: null, c: 1 } });
  });
});

/** `line:column "underlined" message`. */
const said = (text: string): string[] => {
  const lines = linesOf(text);
  return parseTopology(text).diagnostics.map(({ place, message }) => {
    if (place.kind !== 'span') return message;
    const { line, column } = positionAt(lines, place.start);
    return `${line}:${column} ${JSON.stringify(text.slice(place.start, place.end))} ${message}`;
  });
};

describe('indentation', () => {
  const MISFIT = 'this line is not indented like its neighbours';
  const RIGHT = `hosts:
  a:
    site: home
    nics:
      v0: { k: 1 }
      v1: { k: 2 }
    pools: {}
  b:
    site: home
sites:
  a: 1
  b: 1
`;

  test.each([
    ['a blank less', '    nics', '   nics', [`4:4 "n" ${MISFIT}`]],
    ['a blank more', '    nics', '     nics', [`4:6 "n" ${MISFIT}`]],
    [
      'a blank more behind a comment',
      'site: home\n    nics',
      'site: "x" # c\n     nics',
      [`4:6 "n" ${MISFIT}`],
    ],
    ['an object that begins too early', '  b:', ' b:', [`8:2 "b" ${MISFIT}`]],
    ['an object in the first column', '  a:\n    site', 'a:\n  site', [`4:5 "n" ${MISFIT}`]],
    ['comments in front of the line', '  b:', '\n# b\n b:', [`10:2 "b" ${MISFIT}`]],
    ['a section that is indented', '\nsites', '\n sites', [`10:2 "s" ${MISFIT}`]],
    ['a tab', '      v0', '\tv0', ['5:1 "\\t" a tab is used for indentation']],
    ['a list in a map', '      v0', '      - v0', [`6:7 "v" ${MISFIT}`]],
    ['no blank behind a colon', 'site: home', 'site:home', ['3:9 ":" there is no blank after this ":"']],
  ])('%s is one mistake, at its line', (_name, right, wrong, expected) => {
    expect(said(RIGHT.replace(right, wrong))).toEqual(expected);
  });

  test('a second mistake behind the block of the first is said as well', () => {
    const text = RIGHT.replace('    nics', '   nics').replace('  b: 1', '   b: 1');
    expect(said(text)).toEqual([`4:4 "n" ${MISFIT}`, `12:4 "b" ${MISFIT}`]);
  });

  test('what stands behind a bracket that is not closed is not judged', () => {
    const text = RIGHT.replace('site: home', 'site: { a: 1 # c\n    fqdn: x');
    expect(said(text)).toEqual(['3:11 "{" the "{" that opens here is not closed']);
  });

  test('tabs are said together, with what else is wrong', () => {
    const text = RIGHT.replace('      v0', '\tv0')
      .replace('  a: 1', '\ta: 1')
      .replace('pools: {}', 'pools: @x');
    expect(said(text)).toEqual([
      '5:1 "\\t" a tab is used for indentation, here and on 1 more line',
      '7:12 "@" a plain value cannot start with this character',
    ]);
    const [{ related = [] } = {}] = parseTopology(text).diagnostics;
    expect(related.map(({ place }) => place.kind === 'span' && text.slice(place.start))).toEqual([
      '\ta: 1\n  b: 1\n',
    ]);
  });

  test('an address of a web page is no key', () => {
    expect(said('a: 1\nhttps://example.com\nb: 2\n')[0]).toMatch(/must stand on one line$/);
  });
});

describe('brackets and quotes', () => {
  test.each([
    ['a: {b: 1}}\nb: 2\nc: {d: 3}\n', ['1:10 "}" this "}" closes nothing']],
    ['a: [1]]\nb: 2\nc: {d: 3}\n', ['1:7 "]" this "]" closes nothing']],
    ['a: { b: 1 ]}\nb: 2\nc: 3\n', ['1:11 "]" a "{" is closed with "]" here']],
    [
      'a: { b: [1, 2 }\nc: { d: [1 }\n',
      ['1:15 "}" a "[" is closed with "}" here', '2:12 "}" a "[" is closed with "}" here'],
    ],
    [
      'a: { b: [1, 2\nc: 3\nd: [4\n',
      ['1:9 "[" the "[" that opens here is not closed', '3:4 "[" the "[" that opens here is not closed'],
    ],
    [
      'a: { b: "x }\nc: { d: 1 }\ne: { f: "y }\ng: 1\n',
      [
        '1:9 "\\"" the double quote that opens here is not closed',
        '3:9 "\\"" the double quote that opens here is not closed',
      ],
    ],
    ['a: { b: 1 c: 2 }\n', ['1:11 "c" a comma is missing before this']],
    [
      'a: { b: "x" c: 2 }\nd: { e: [1] f: 2 }\n',
      ['1:13 "c" a comma is missing before this', '2:13 "f" a comma is missing before this'],
    ],
    ['a: {\n  b: 1\n  c: 2\n}\n', ['3:3 "c" a comma is missing before this']],
    ['a: {\n  b: { c: 1 }\n  d: 2\n}\n', ['3:3 "d" a comma is missing before this']],
    ['a: [ "b"\n  "c" ]\n', ['2:3 "\\"" a comma is missing before this']],
    ['a: { b: c: d }\n', ['1:9 "c: d " a second ":" stands in one entry']],
    ['a: { b: 1,, c: 2 }\n', ['1:11 "," there is nothing before this comma']],
    ['a: { b: - 1 }\n', ['1:9 "- " a list with "-" cannot stand inside brackets']],
    ['a: [{b: 1} {c: 2}]\n', ['1:12 "{" nothing can follow here, since the value before it has ended']],
    ["a: 'it's'\n", ['1:8 "s\'" nothing can follow here, since the value before it has ended']],
  ])('%j', (text, expected) => expect(said(text)).toEqual(expected));

  test.each([
    ['a closing bracket too many', '{ purpose: x }', '{ purpose: x }}'],
    ['another closing bracket', '{ purpose: x }', '{ purpose: x ]'],
    ['both', '{ purpose: x }', '{ purpose: x ]}'],
    ['no closing bracket', '{ purpose: x }', '{ purpose: x'],
    ['no closing quote', '{ purpose: x }', '{ purpose: "x }'],
    ['no closing quote in single quotes', '{ purpose: x }', "{ purpose: 'x }"],
    ['no comma', '{ purpose: x }', '{ purpose: x vlan: y }'],
  ])('%s is one mistake, however long the file', (_name, right, wrong) => {
    const block = (line: string, from: number) =>
      Array.from(
        { length: 50 },
        (_, i) => `  v${from + i}: ${line}\n  w${from + i}: { a: "1", b: [2] }\n`,
      ).join('');
    const text = `offsite: 1\nhosts:\n${block(right, 0)}  bad: ${wrong}\n${block(right, 100)}`;
    const found = said(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^103:/);
  });
});
