/** One version that is no good is one mistake: nothing that it has not got is said again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';

const root = readFileSync(join(import.meta.dirname, '../../topology.yaml'), 'utf8');

const errorsWith = async (role: string, version: string): Promise<string[]> => {
  const text = root.replaceAll(new RegExp(`${role}: "[0-9.]+"`, 'g'), `${role}: "${version}"`);
  const { diagnostics } = await compile({ file: 't.yaml', bytes: Buffer.from(text) });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
};

test.each([
  ['pbs', '2.4.1', 2],
  ['pbs', '3.1.2', 2],
  ['pbs', '4', 2],
  ['pve', '9', 3],
])('%s %s: one error for each host', async (role, version, hosts) => {
  expect(await errorsWith(role, version)).toEqual(Array(hosts).fill('unsupported-version'));
});
