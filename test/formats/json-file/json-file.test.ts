import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonString } from '../../../src/formats/json-file/quote.ts';
import { jsonFacts, readJson } from '../../../src/formats/json-file/read.ts';
import { holdsForAnyText, hostileString, hostileText, messages, pairs } from '../hostile.ts';

describe('readJson', () => {
  it('reads scalars and empty containers with pointer and line', () => {
    const doc = readJson(
      '{\n  "a/b": [1, true,\n null],\n "": {"~": "x\\u0041"},\n  "e": [], "f": {\n}\n}\n',
    );
    expect(doc.errors).toEqual([]);
    expect(jsonFacts(doc).map(f => `${f.line} ${f.at}=${f.value}`)).toEqual([
      '2 /a~1b/0=1',
      '2 /a~1b/1=true',
      '3 /a~1b/2=null',
      '4 //~0="xA"',
      '5 /e=[]',
      '5 /f={}',
    ]);
    expect(pairs(jsonFacts(readJson(' -1.5e+3 ')))).toEqual(['=-1.5e+3']);
  });

  it.each([
    ['', '1: the text ends too early'],
    ['{"a":1,}', '1: unexpected }'],
    ['[1,]', '1: unexpected ]'],
    ['[1 2]', '1: unexpected 2'],
    ['{"a" 1}', '1: unexpected 1'],
    ['{"a":1\n"b":2}', '2: unexpected "b"'],
    ['{"a":1,"a":2}', '1: "a" stands twice in one object'],
    ['{} {}', '1: unexpected {'],
    ['[01]', '1: unexpected "01]"'],
    ["{'a':1}", `1: unexpected "'a':1}"`],
    ['["a\tb"]', '1: unexpected "\\"a\\tb\\"]"'],
    ['[1}', '1: unexpected }'],
  ])('%j: %s', (text, message) => {
    expect(messages(readJson(text).errors)).toContain(message);
  });

  it('accepts exactly what JSON.parse accepts', () => {
    const text = fc.oneof(
      fc.json(),
      hostileText('{', '}', '[', ']', '"a"', ':', ',', '1', '-', 'null', '1e5', '01'),
    );
    fc.assert(
      fc.property(text, s => {
        let valid = true;
        try {
          JSON.parse(s);
        } catch {
          valid = false;
        }
        const errors = readJson(s).errors.filter(error => !error.message.includes('twice'));
        expect(errors.length === 0).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });

  it('loses nothing: the leaves rebuild the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const { leaves } = readJson(JSON.stringify(value, null, 2));
        // The replacer of JSON.stringify is not needed: every leaf is found again by its path.
        for (const { path, json } of leaves) {
          let at: unknown = JSON.parse(JSON.stringify(value));
          for (const step of path)
            at = Object.entries(at as object).find(([key]) => key === String(step))?.[1];
          expect(JSON.parse(json)).toEqual(at);
        }
        expect(leaves).toHaveLength(countLeaves(value));
      }),
    );
  });

  it('takes any text, however deep', () => {
    holdsForAnyText(readJson, jsonFacts, d => d.text, '{', '}', '[', '"a":', '1', ',');
    expect(readJson('['.repeat(100_000)).errors).toHaveLength(1);
  });
});

function countLeaves(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  const members = Object.values(value);
  return members.length === 0 ? 1 : members.reduce((sum: number, member) => sum + countLeaves(member), 0);
}

it('reads back the identical string, on one line for every editor', () => {
  fc.assert(
    fc.property(hostileString, value => {
      const json = jsonString(value);
      expect(json).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
      const doc = readJson(`{\n${json}: ${json}\n}`);
      expect(doc.errors).toEqual([]);
      expect(doc.leaves.map(leaf => [leaf.path, JSON.parse(leaf.json), leaf.line])).toEqual([
        [[value], value, 2],
      ]);
    }),
    { numRuns: 500 },
  );
});
