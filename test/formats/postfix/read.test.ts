import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMainCf, readTable } from '../../../src/formats/postfix/read.ts';

const entries = (text: string, read = readMainCf) => read(text).entries.map(({ key, value }) => [key, value]);
const errors = (text: string, read = readMainCf) =>
  read(text).errors.map(({ line, message }) => `${line}: ${message}`);

describe('main.cf', () => {
  it.each([
    ['plain', 'relayhost = [10.0.0.1]:587\n', [['relayhost', '[10.0.0.1]:587']]],
    ['without blanks', 'a=b\n', [['a', 'b']]],
    ['empty value', 'relayhost =\n', [['relayhost', '']]],
    ['equals sign inside', 'a = b=c\n', [['a', 'b=c']]],
    ['continued', 'a = b,\n  c\n\td\n', [['a', 'b, c d']]],
    ['continued behind comment and empty line', 'a = b\n# x\n\n  c\n', [['a', 'b c']]],
    ['comment sign behind the value belongs to it', 'a = b # c\n', [['a', 'b # c']]],
    ['indented comment', '  # c\na = b\n', [['a', 'b']]],
  ])('%s', (_, text, expected) => {
    expect(entries(text)).toEqual(expected);
    expect(errors(text)).toEqual([]);
  });

  it.each([
    ['no equals sign', 'relayhost [a]\n', '1: expected "parameter = value"'],
    ['a name with a blank', 'relay host = a\n', '1: expected "parameter = value"'],
    ['twice', 'a = b\na = c\n', '2: "a" stands in line 1 already'],
    ['continuation of nothing', '  a = b\n', '1: a continuation of no line'],
    ['carriage return', 'a = b\r\n', '1: a control character'],
  ])('refuses %s', (_, text, expected) => {
    expect(errors(text)).toEqual([expected]);
  });

  it('says where an entry begins', () => {
    expect(readMainCf('# x\na = b\n  c\nd = e\n').entries.map(({ line }) => line)).toEqual([2, 4]);
  });
});

describe('tables', () => {
  it.each([
    ['entry', '@host a@example.com\n', [['@host', 'a@example.com']]],
    ['tabs', '[::1]:25\tuser:pass word\n', [['[::1]:25', 'user:pass word']]],
    ['continued', 'root a@example.com,\n  b@example.com\n', [['root', 'a@example.com, b@example.com']]],
  ])('%s', (_, text, expected) => {
    expect(entries(text, readTable)).toEqual(expected);
  });

  it.each([
    ['a key alone', 'root\n', '1: expected a key, white space and a value'],
    ['twice', 'a b\na c\n', '2: "a" stands in line 1 already'],
  ])('refuses %s', (_, text, expected) => {
    expect(errors(text, readTable)).toEqual([expected]);
  });
});

it.each([readMainCf, readTable])('never throws, and every line is read or reported: %s', read => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '=', ' ', '\t', '\n', '#', '"', '\r', '\0') }),
      text => {
        const { entries: found, errors: problems } = read(text);
        const said = new Set([...found.map(({ line }) => line), ...problems.map(({ line }) => line)]);
        const starts = text.split('\n').flatMap((line, index) => (/^[^\s#]/.test(line) ? [index + 1] : []));
        expect(starts.filter(line => !said.has(line))).toEqual([]);
      },
    ),
  );
});
