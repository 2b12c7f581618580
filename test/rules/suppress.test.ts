import { describe, expect, test } from 'vitest';
import type { Diagnostic, Severity } from '../../src/diagnostics/diagnostic.ts';
import { atValue } from '../../src/diagnostics/diagnostic.ts';
import { parseTopology } from '../../src/load/parse.ts';
import { suppress } from '../../src/rules/suppress.ts';

const finding = (path: string[], code = 'dst-gap', severity: Severity = 'warning'): Diagnostic => ({
  code,
  severity,
  message: 'found',
  place: atValue(path),
});

function left(text: string, diagnostics: readonly Diagnostic[], complete = true): string[] {
  const source = { file: 't.yaml', text, index: parseTopology(text).document?.index };
  return suppress(diagnostics, source, complete).map(({ code, severity }) => `${severity} ${code}`);
}

const one = [finding(['a'])];

describe.each([
  ['on the line', 'a: 1 # offsite: allow dst-gap – known\n'],
  ['on the line above', '# offsite: allow dst-gap – known\na: 1\n'],
  ['above a blank line and another comment', '# offsite: allow dst-gap – known\n\n# more\na: 1\n'],
  ['with a hyphen', 'a: 1 # offsite: allow dst-gap - known\n'],
  ['without a dash', 'a: 1 # offsite: allow dst-gap known\n'],
  ['with CRLF', '# offsite: allow dst-gap – known\r\na: 1\r\n'],
])('%s', (_name, text) => {
  test('hides the finding and is used', () => expect(left(text, one)).toEqual([]));
});

test.each([
  ['another code', 'a: 1 # offsite: allow other – known\n', ['warning dst-gap', 'warning allow-unused']],
  [
    'another line',
    'a: 1\nb: 2 # offsite: allow dst-gap – known\n',
    ['warning dst-gap', 'warning allow-unused'],
  ],
  ['no reason', 'a: 1 # offsite: allow dst-gap\n', ['warning dst-gap', 'warning allow-without-reason']],
  ['in a quoted text', 'a: "x # offsite: allow dst-gap – known"\n', ['warning dst-gap']],
  ['not a comment', 'a: 1# offsite: allow dst-gap – known\n', ['warning dst-gap']],
])('%s does not hide it', (_name, text, expected) => {
  expect(left(text, one)).toEqual(expected);
});

test('an error cannot be allowed', () => {
  expect(left('a: 1 # offsite: allow dst-gap – known\n', [finding(['a'], 'dst-gap', 'error')])).toEqual([
    'error dst-gap',
    'warning allow-unused',
  ]);
});

test('while not everything was looked at, nothing is called unused', () => {
  expect(left('a: 1 # offsite: allow dst-gap – known\n', [], false)).toEqual([]);
});

test('one suppression covers every finding of its code on the line', () => {
  expect(
    left('a: { b: 1, c: 2 } # offsite: allow dst-gap – known\n', [finding(['a', 'b']), finding(['a', 'c'])]),
  ).toEqual([]);
});
