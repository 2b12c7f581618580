/** Addresses under the key of the other family. */
import { expect, test } from 'vitest';
import schemaText from '../../schema/topology.schema.json' with { type: 'json' };
import type { Schema } from '../../src/validate/schema.ts';
import { textSlip } from '../../src/validate/text-slip.ts';

const { $defs = {} } = schemaText as unknown as Schema;

test.each([
  ['ip4OnNic', 'address', '2001:db8::1', 'IPv6 stands under "address6";'],
  ['cidr4', 'subnet', 'fd00:30::/64', 'IPv6 stands under "subnet6";'],
  ['ip6', 'gateway6', '10.10.30.1', 'IPv4 stands under "gateway";'],
  ['cidr6', 'subnet6', '10.10.30.0/24', 'IPv4 stands under "subnet";'],
  ['ip4', 'gateway', '10.10.30', 'it looks like an IPv4 address, but it has 3 numbers instead of 4;'],
  ['ip4', 'gateway', 'gateway', undefined],
])('%s %s: %s', (kind, key, text, expected) => {
  const schema = $defs[kind]!;
  expect(textSlip({ path: ['x', key], text, schema, schemas: [schema], words: undefined })).toBe(expected);
});
