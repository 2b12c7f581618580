import { describe, expect, test } from 'vitest';
import type { Diagnostic, Severity } from '../../src/diagnostics/diagnostic.ts';
import { atValue } from '../../src/diagnostics/diagnostic.ts';
import { locate } from '../../src/diagnostics/locate.ts';
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
  return suppress(diagnostics, source, complete, codes).map(({ code, severity }) => `${severity} ${code}`);
}

const codes = () => new Set(['dst-gap', 'other', 'never-verified']);

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

describe('a comment that is not written as a suppression', () => {
  const help = (text: string): string[] => {
    const source = { file: 't.yaml', text, index: parseTopology(text).document?.index };
    return suppress([], source, false, codes).map(one => {
      const { line, column } = locate(one.place, source);
      return `${line}:${column} ${one.severity} ${one.code} ${one.help}`;
    });
  };

  test.each([
    ['without a colon', '# offsite allow dst-gap – x'],
    ['with a misspelt keyword', '# offsite: alow dst-gap – x'],
    ['with both', '# offsite alow dst-gap – x'],
    ['with another keyword', '# offsite: ignore dst-gap – x'],
    ['with a colon too many', '# offsite: allow: dst-gap – x'],
    ['with a misspelt name', '# ofsite: allow dst-gap – x'],
    ['in capitals', '# Offsite: Allow dst-gap – x'],
    ['with a misspelt code as well', '# offsite alow dst_gap – x'],
  ])('%s is said', (_name, text) => {
    expect(help(`a: 1\nb: 2 ${text}\n`)).toEqual([
      '2:6 warning allow-misspelt write `# offsite: allow dst-gap – reason`',
    ]);
  });

  test('without any code is said', () => {
    expect(help('a: 1 # offsite: allow\n')).toEqual([
      '1:6 warning allow-misspelt write `# offsite: allow CODE – reason`',
    ]);
  });

  test.each([
    '# offsite: the copies in the bank',
    '# offsite allowed to fail: retention',
    '# offsite: allowed by the owner',
    '# offsite backups, never verified',
    '# allow dst-gap',
    '# offsite: allow dst-gap – known',
  ])('%s is a comment like any other', text => {
    expect(help(`a: 1 ${text}\n`)).toEqual([]);
  });

  test('a code that there is not is said, with the one that was meant, before everything was looked at', () => {
    expect(help('a: 1 # offsite: allow dst_gap – known\n')).toEqual([
      '1:6 warning allow-unknown-code did you mean `dst-gap`?',
    ]);
    expect(help('a: 1 # offsite: allow DST-GAP\n')).toEqual([
      '1:6 warning allow-unknown-code did you mean `dst-gap`?',
    ]);
  });

  test.each([
    ', never-verified – x',
    ' never-verified – x',
    ', never-verified, other',
    ' and never-verified – x',
    ', never-verified because this is a test',
  ])('a second code%s is said', rest => {
    expect(help(`a: 1 # offsite: allow dst-gap${rest}\n`)).toEqual([
      '1:6 warning allow-two-codes write a comment for each code, on lines above',
    ]);
  });

  test('a reason that begins like a code is one', () => {
    expect(help('a: 1 # offsite: allow dst-gap – other jobs run then\n')).toEqual([]);
  });
});
