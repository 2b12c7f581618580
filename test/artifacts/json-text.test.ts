import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listText, objectText, quoted } from '../../src/artifacts/json-text.ts';

function written(value: unknown, depth: number): string {
  if (Array.isArray(value)) {
    return listText(
      value.map(item => written(item, depth + 1)),
      depth,
    );
  }
  if (typeof value !== 'object' || value === null) return quoted(String(value));
  return objectText(
    Object.entries(value).map(([key, member]) => `${quoted(key)}: ${written(member, depth + 1)}`),
    depth,
  );
}

test('as JSON.stringify with an indentation of 1', () => {
  const key = fc.string({ unit: 'binary' }).map(text => `k${text}`);
  const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(tree, value => {
      expect(written(value, 0)).toBe(JSON.stringify(value, undefined, 1));
    }),
  );
  const long = Array.from({ length: 300 }, (_, i) => `"${i}" \u0007 \ud800`);
  expect(written([long], 0)).toBe(JSON.stringify([long], undefined, 1));
});
