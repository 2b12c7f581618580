import { describe, expect, test } from 'vitest';
import { decodeTopology } from '../../src/load/decode.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const ascii = (text: string) => new TextEncoder().encode(text);
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap(part => [...part]));

describe('decodeTopology', () => {
  test.each([
    ['empty', bytes(), ''],
    ['ASCII', ascii('a: 1\n'), 'a: 1\n'],
    ['UTF-8', ascii('a: ü€😀\n'), 'a: ü€😀\n'],
    ['UTF-8 with a mark, which is dropped', join(bytes(0xef, 0xbb, 0xbf), ascii('a: 1')), 'a: 1'],
    ['CRLF, which is kept', ascii('a: 1\r\nb: 2\r\n'), 'a: 1\r\nb: 2\r\n'],
  ])('accepts %s', (_, input, text) => {
    expect(decodeTopology(input)).toEqual({ ok: true, text });
  });

  test.each([
    ['UTF-16LE with a mark', bytes(0xff, 0xfe, 0x61, 0), 'UTF-16LE'],
    ['UTF-16BE with a mark', bytes(0xfe, 0xff, 0, 0x61), 'UTF-16BE'],
    ['UTF-32LE with a mark', bytes(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), 'UTF-32LE'],
    ['UTF-32BE with a mark', bytes(0, 0, 0xfe, 0xff, 0, 0, 0, 0x61), 'UTF-32BE'],
    ['UTF-16LE without a mark', bytes(0x61, 0, 0x3a, 0), 'UTF-16LE'],
    ['UTF-16BE without a mark', bytes(0, 0x61, 0, 0x3a), 'UTF-16BE'],
    ['UTF-32LE without a mark', bytes(0x61, 0, 0, 0), 'UTF-32LE'],
    ['UTF-32BE without a mark', bytes(0, 0, 0, 0x61), 'UTF-32BE'],
  ])('refuses %s and names it', (_, input, encoding) => {
    const decoded = decodeTopology(input);
    expect(decoded).toMatchObject({ ok: false, unreadable: true, diagnostics: [{ code: 'input-encoding' }] });
    expect(decoded.ok ? '' : decoded.diagnostics[0]?.message).toContain(encoding);
  });

  test.each([
    ['a stray continuation byte', [0x80], 0],
    ['an overlong form', [0xc0, 0xaf], 0],
    ['an overlong form of three bytes', [0xe0, 0x80, 0xaf], 0],
    ['a surrogate (CESU-8)', [0xed, 0xa0, 0x80], 0],
    ['a code point above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 0],
    ['a character cut off at the end', [0xe2, 0x82], 0],
    ['a Latin-1 umlaut after real ones', [0xc3, 0xbc, 0xf0, 0x9f, 0x98, 0x80, 0xfc, 0x62], 6],
  ])('refuses %s and says where', (_, tail, offset) => {
    const decoded = decodeTopology(join(ascii('a: '), Uint8Array.from(tail)));
    expect(decoded).toMatchObject({ ok: false, unreadable: true, diagnostics: [{ code: 'input-encoding' }] });
    if (decoded.ok) return;
    expect(decoded.diagnostics[0]?.message).toContain(`at offset ${3 + offset} `);
    const { place } = decoded.diagnostics[0]!;
    expect(place.kind === 'span' && decoded.text[place.start]).toBe('\ufffd');
  });

  test('refuses NUL and says where', () => {
    expect(decodeTopology(ascii('a: 1\nb\0'))).toMatchObject({
      ok: false,
      unreadable: true,
      diagnostics: [{ code: 'input-binary', place: { start: 6, end: 7 } }],
    });
  });

  test('refuses more than the limit and accepts exactly the limit', () => {
    expect(decodeTopology(ascii('abcd'), { maxBytes: 4 }).ok).toBe(true);
    expect(decodeTopology(ascii('abcde'), { maxBytes: 4 })).toMatchObject({
      ok: false,
      unreadable: true,
      diagnostics: [{ code: 'input-too-large' }],
    });
    expect(decodeTopology(new Uint8Array(32 * 1024 * 1024 + 1)).ok).toBe(false);
  });
});
