import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeFrame } from '../../src/diagnostics/frame.ts';
import { linesOf, offsetAt, positionAt } from '../../src/diagnostics/lines.ts';
import { locate } from '../../src/diagnostics/locate.ts';

/** The marked line and its underline, for the stretch between the two `|` marks of `text`. */
function underlined(marked: string): string[] {
  const [before, inside, after] = marked.split('¦');
  const text = before! + inside! + after!;
  const place = { kind: 'span', start: before!.length, end: before!.length + inside!.length } as const;
  const location = locate(place, { file: 'f', text });
  return codeFrame(linesOf(text), location)
    .filter(({ kind }) => kind !== 'context')
    .map(line => line.text);
}

describe('underline', () => {
  test.each([
    ['ASCII', 'a: ¦bad¦ x', ['a: bad x', '   ^^^']],
    ['nothing: one caret', 'a: ¦¦x', ['a: x', '   ^']],
    ['tabs', '\ta: ¦\tb¦', ['    a:     b', '       ^^^^^']],
    ['wide characters before', '日本: ¦x¦', ['日本: x', '      ^']],
    ['wide characters inside', 'a: ¦日本¦', ['a: 日本', '   ^^^^']],
    ['half-width kana', 'ｱｲ: ¦x¦', ['ｱｲ: x', '    ^']],
    ['combining characters', 'e\u0301: ¦u\u0308x¦', ['e\u0301: u\u0308x', '   ^^']],
    ['emoji', '😀: ¦x¦', ['😀: x', '    ^']],
    [
      'control characters, shown as escapes',
      'a\u0007: ¦\u001bx¦',
      ['a\\u0007: \\u001bx', '         ^^^^^^^'],
    ],
    ['several lines: to the end of the first', 'a: ¦b\nc¦ d', ['a: b', '   ^']],
    ['CRLF', 'a: 1\r\nb: ¦2¦\r\nc: 3', ['b: 2', '   ^']],
    ['the end of a line with CRLF', 'b: ¦2\r\n¦c: 3', ['b: 2', '   ^']],
  ])('%s', (_, marked, expected) => {
    expect(underlined(marked)).toEqual(expected);
  });

  test('a very long line is cut around the place', () => {
    const [source, line] = underlined(`${'x'.repeat(100_000)}¦bad¦${'y'.repeat(100_000)}`);
    expect(source!.length).toBeLessThan(200);
    expect(source!.slice(line!.indexOf('^'), line!.lastIndexOf('^') + 1)).toBe('bad');
  });
});

describe('positions', () => {
  test('columns count characters, not UTF-16 units', () => {
    expect(positionAt(linesOf('😀😀x'), 4)).toEqual({ line: 1, column: 3 });
  });

  test('an offset and its position lead to each other', () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '日', '😀', '\n', '\r\n', '\t'), { maxLength: 30 })
      .map(all => all.join(''));
    fc.assert(
      fc.property(text, fc.nat(40), (input, at) => {
        const lines = linesOf(input);
        const offset = Math.min(at, input.length);
        const position = positionAt(lines, offset);
        const back = offsetAt(lines, position);
        expect(positionAt(lines, back)).toEqual(position);
        expect(back).toBeLessThanOrEqual(offset);
        expect(input.slice(0, back).split('\n')).toHaveLength(position.line);
      }),
      { seed: 5 },
    );
  });
});
