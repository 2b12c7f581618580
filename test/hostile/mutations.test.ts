/** Whatever the topology is, compiling it ends in a result or in diagnostics with places, never in an exception. */
import fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../../src/compile.ts';
import { completeTopologies } from '../topologies/load.ts';
import type { Json } from './fields.ts';

const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 40);
const texts = completeTopologies.map(({ name, file }) => ({ name, text: fs.readFileSync(file, 'utf8') }));
const documents = texts.map(({ name, text }) => ({ name, data: parse(text, { merge: true }) as Json }));

async function compiles(bytes: Uint8Array): Promise<void> {
  const { diagnostics, files } = await compile({ bytes, file: 'topology.yaml' });
  const errors = diagnostics.filter(one => one.severity === 'error');
  expect(files === undefined).toBe(errors.length > 0);
  for (const { code, message } of diagnostics) {
    expect(code).toMatch(/^[a-z0-9-]+$/);
    expect(message).not.toMatch(/undefined|\[object|NaN/);
  }
}

test('bytes of a topology overwritten, removed and doubled', async () => {
  const cut = fc.tuple(fc.nat(), fc.nat(40), fc.uint8Array({ maxLength: 8 }));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...texts),
      fc.array(cut, { minLength: 1, maxLength: 4 }),
      async ({ text }, cuts) => {
        let bytes = Buffer.from(text);
        for (const [at, length, put] of cuts) {
          const start = at % (bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + length)]);
        }
        await compiles(bytes);
      },
    ),
    { numRuns: RUNS },
  );
}, 300_000);

/** Every place of a document. */
function paths(data: Json, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(data)
    ? data.map((item, index) => [index, item] as const)
    : typeof data === 'object' && data !== null
      ? Object.entries(data)
      : [];
  return [at, ...entries.flatMap(([step, value]) => paths(value, [...at, step]))];
}

type Change = { readonly kind: 'remove' } | { readonly kind: 'set'; readonly value: Json };

function changed(data: Json, [step, ...rest]: readonly (string | number)[], change: Change): Json {
  if (step === undefined) return change.kind === 'set' ? change.value : null;
  const removes = rest.length === 0 && change.kind === 'remove';
  if (Array.isArray(data)) {
    return data.flatMap((item, index) =>
      index !== step ? [item] : removes ? [] : [changed(item, rest, change)],
    );
  }
  const entries = Object.entries(data as Record<string, Json>);
  return Object.fromEntries(
    entries.flatMap(([key, item]) =>
      key !== step ? [[key, item]] : removes ? [] : [[key, changed(item, rest, change)]],
    ),
  );
}

describe.each(documents)('$name', ({ data }) => {
  const places = paths(data).slice(1);
  const texts = places.flatMap(path => {
    let value: Json = data;
    for (const step of path) value = (value as Record<string | number, Json>)[step] as Json;
    return typeof value === 'string' ? [value] : [];
  });

  test('keys removed, and values replaced by others of the same topology', async () => {
    const value: fc.Arbitrary<Json> = fc.oneof(
      fc.constantFrom(...texts),
      fc.constantFrom<Json>(0, -1, 1e21, true, false, null, '', [], {}),
    );
    const change = fc.oneof(
      fc.constant({ kind: 'remove' } as const),
      value.map(one => ({ kind: 'set', value: one }) as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), change, async (path, how) => {
        await compiles(Buffer.from(JSON.stringify(changed(data, path, how))));
      }),
      { numRuns: RUNS },
    );
  }, 300_000);
});
