import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { parseTopology } from '../../src/load/parse.ts';
import type { Schema } from '../../src/validate/schema.ts';
import { topologyValidators, validate } from '../../src/validate/validate.ts';
import { lines } from './harness.ts';

const schema = JSON.parse(readFileSync('schema/topology.schema.json', 'utf8')) as Schema;
const check = (text: string) =>
  validate(
    parseTopology(text).document!,
    topologyValidators(() => schema),
  );

test('the root topology satisfies the generated validators', async () => {
  const { data, diagnostics } = await check(readFileSync('topology.yaml', 'utf8'));
  expect(diagnostics).toEqual([]);
  expect(data).toBeDefined();
});

test('the generated validators find all mistakes', async () => {
  const text = [
    'offsite: 1',
    'sites: { home: { timezone: Europe/Berlin, vlans: { mgmt: { id: 10, subnet: 10.0.0.0/24 } } } }',
    'hosts: { a: { site: home, roles: { pbs: 4.10 } }, b: { site: home, roles: { pbs: "4.1" } } }',
    'flows: { f: { kind: snyc, from: x } }',
  ].join('\n');
  const { data, diagnostics, poisoned } = await check(text);
  expect(lines(text, diagnostics).map(line => line.split(' |')[0])).toEqual([
    '3:41 wrong-type "pbs" must be text, not the number 4.10',
    '4:21 invalid-value "snyc" is not allowed for "kind"',
  ]);
  expect(poisoned.map(path => path.join('.')).toSorted()).toEqual(['flows.f', 'hosts.a']);
  expect(Object.keys(data?.['hosts'] as object)).toEqual(['b']);
});

test('the list of mistakes is not copied for each object that has one', async () => {
  const hosts = Array.from({ length: 3000 }, (_, i) => `  h${i}: { site: home, rolez: 1 }`);
  const text = `offsite: 1\nsites: { home: { timezone: UTC } }\nhosts:\n${hosts.join('\n')}\n`;
  const { document } = parseTopology(text);
  const validators = topologyValidators(() => schema);
  const copies = vi.spyOn(Array.prototype, 'concat');
  try {
    const { diagnostics } = await validate(document!, validators);
    expect(diagnostics).toHaveLength(3000);
    expect(copies.mock.calls.length).toBeLessThan(100);
  } finally {
    copies.mockRestore();
  }
});

test('what is advised does not lead to the next mistake', async () => {
  const text = [
    'offsite: 1',
    'sites: { home: { timezone: Europe/Berlin } }',
    'hosts: { a: { site: home, roles: { pbs: 9, nas: 7 } } }',
    'datastores: { m: { host: a, path: /m, name: 9, gc: { schedule: 2 }, capacity: 1.5 tb } }',
  ].join('\n');
  const { diagnostics } = await check(text);
  expect(lines(text, diagnostics).map(line => line.replace(/^.*? \| /, ''))).toEqual([
    'allowed: a version in quotes: `"4.1.8"`, or `"4.1"` for the first package of that release',
    'quote it: "7"',
    'allowed: 3 to 32 letters, digits, `.`, `_` or `-`, not starting with `.` or `-`',
    'allowed: a calendar event in quotes: `"02:30"`, `"sun 04:00"`',
    'did you mean "1.5 TB"? allowed: a number with a unit: `200 GiB`, `1.5 TB`',
  ]);
});
