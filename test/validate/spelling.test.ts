/** What the schema takes in one way only, and people write in others. */
import { expect, test } from 'vitest';
import schemaText from '../../schema/topology.schema.json' with { type: 'json' };
import type { Schema } from '../../src/validate/schema.ts';
import { spelling } from '../../src/validate/spelling.ts';

const { $defs = {} } = schemaText as unknown as Schema;

const fitsIn = (kind: string): ((text: string) => boolean) => {
  const { pattern } = $defs[kind] as { pattern: string };
  return text => new RegExp(pattern, 'u').test(text);
};

test.each([
  ['key', 'Home', 'home'],
  ['key', 'pve_1', 'pve-1'],
  ['key', 'pve-1 pve-2', undefined],
  ['via', 'Backup', 'backup'],
  ['absPath', '/mnt/datastore/main/', '/mnt/datastore/main'],
  ['absPath', 'mnt/datastore/main', '/mnt/datastore/main'],
  ['absPath', 'main', undefined],
  ['version', 'v9.1.4', '9.1.4'],
  ['uuid', '9B147377-6FF3-4D01-817D-CAFB0CFE1101', '9b147377-6ff3-4d01-817d-cafb0cfe1101'],
  ['uuid', 'UUID=9b147377-6ff3-4d01-817d-cafb0cfe1101', '9b147377-6ff3-4d01-817d-cafb0cfe1101'],
  ['ip6OnNic', '[2001:db8::1]', '2001:db8::1'],
  ['fingerprint', 'ab'.repeat(32), Array(32).fill('ab').join(':')],
])('%s: %s', (kind, text, expected) => {
  expect(spelling(text, fitsIn(kind))).toBe(expected);
});
