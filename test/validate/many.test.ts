import { expect, test } from 'vitest';
import type { Schema } from '../../src/validate/schema.ts';
import { check } from './harness.ts';

const SCHEMA: Schema = { type: 'object', properties: { list: { type: 'array', items: { type: 'string' } } } };

test.each([
  ['as many as are told', 50_000, 'wrong-type'],
  ['more', 50_001, 'too-many-mistakes'],
])('%s: %d mistakes', { timeout: 60_000 }, async (_, count, last) => {
  const { data, diagnostics, poisoned } = await check(SCHEMA, `list:\n${'- 1\n'.repeat(count)}`);
  expect(diagnostics.at(-1)?.code).toBe(last);
  // What is judged no further is not compiled either.
  if (count > 50_000) expect([data, poisoned, diagnostics.length]).toEqual([undefined, [], 50_001]);
});
