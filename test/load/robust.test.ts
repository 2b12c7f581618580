import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeTopology } from '../../src/load/decode.ts';
import { documentFromEvents } from '../../src/load/events.ts';
import { parseTopology } from '../../src/load/parse.ts';
import { deepBlock, hostileTexts } from './hostile-texts.ts';

/** Every input ends in a diagnostic or a document, soon. The bound is far above what they take. */
const LIMIT_MS = 2000;

describe('hostile input', () => {
  test.each(hostileTexts)('%s', (_, text, code) => {
    const start = performance.now();
    const { diagnostics } = parseTopology(text);
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
    expect(diagnostics[0]?.code).toBe(code);
  });

  test.each(hostileTexts)('%s, on the common path', (_, text, code) => {
    const start = performance.now();
    const document = documentFromEvents(text);
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
    expect(document !== undefined).toBe(code === undefined);
  });

  test('100 levels are not too many', () => {
    expect(parseTopology(deepBlock(100)).diagnostics).toEqual([]);
    expect(parseTopology(`a: ${'['.repeat(99)}${']'.repeat(99)}`).diagnostics).toEqual([]);
  });

  test('a wide map of 20,000 keys takes no quadratic time', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `key-${i}: ${i}`).join('\n');
    const start = performance.now();
    expect(Object.keys(parseTopology(text).document!.data)).toHaveLength(20_000);
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  });

  test('ordinary reuse of one anchor by many hosts is no bomb', () => {
    const hosts = Array.from({ length: 5000 }, (_, i) => `  h${i}: {<<: *d, id: ${i}}`).join('\n');
    expect(parseTopology(`d: &d {a: 1, b: {c: [1, 2, 3]}}\nhosts:\n${hosts}\n`).diagnostics).toEqual([]);
  });
});

describe('fuzz', () => {
  const read = (bytes: Uint8Array) => {
    const decoded = decodeTopology(bytes);
    const diagnostics = decoded.ok ? parseTopology(decoded.text).diagnostics : decoded.diagnostics;
    const document = decoded.ok ? parseTopology(decoded.text).document : undefined;
    expect(document !== undefined || diagnostics.length > 0).toBe(true);
  };

  test('arbitrary bytes never throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), read), { seed: 1, numRuns: 2000 });
  });

  test('YAML made of its own special characters never throws', () => {
    const piece = fc.constantFrom(
      'a',
      'b:',
      ': ',
      '- ',
      '? ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '\n',
      '\n  ',
      '\r\n',
      '\t',
      '"',
      "'",
      '|',
      '>',
      '&a ',
      '*a',
      '<<: ',
      '!t ',
      '#',
      '%',
      '---\n',
      '...\n',
      '1',
      '~',
      'é',
      '😀',
      '\\ud800',
      '\ud800',
    );
    const text = fc.array(piece, { maxLength: 40 }).map(parts => parts.join(''));
    fc.assert(
      fc.property(text, input => {
        const { document, diagnostics } = parseTopology(input);
        expect(document !== undefined || diagnostics.length > 0).toBe(true);
      }),
      { seed: 2, numRuns: 4000 },
    );
  });

  test('mutations of a good document never throw', () => {
    const good = 'd: &d {a: 1}\nhosts:\n  x: {<<: *d, k: "v"}\n  y:\n    - 1\n    - |\n      text\n';
    const edit = fc.record({ at: fc.nat(good.length), cut: fc.nat(4), put: fc.string({ maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), edits => {
        const text = edits.reduce(
          (all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut),
          good,
        );
        read(new TextEncoder().encode(text));
      }),
      { seed: 3, numRuns: 3000 },
    );
  });
});
