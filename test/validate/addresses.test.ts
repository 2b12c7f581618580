/** What is no address does not pass for a host name, and what is wrong with it is said. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import schemaText from '../../schema/topology.schema.json' with { type: 'json' };
import { parseAddress } from '../../src/net/address.ts';
import { addressSlip } from '../../src/net/address-slip.ts';
import type { Schema } from '../../src/validate/schema.ts';
import { check } from './harness.ts';

const defs = schemaText.$defs;
const pattern = (schema: { pattern: string }): RegExp => new RegExp(schema.pattern, 'u');

const ipv6Like = fc
  .array(fc.constantFrom('0', 'a', 'FFFF', '1234', '12345', ':', ':', ':', '::'), { maxLength: 20 })
  .map(parts => parts.join(''));
const ipv6 = fc.oneof(
  fc.ipV6().filter(text => !text.includes('.')),
  ipv6Like,
);

test('IPv6 addresses are those that offsite can read', () => {
  fc.assert(
    fc.property(ipv6, text => {
      const isAddress = parseAddress(text)?.version === 6;
      expect(pattern(defs.ip6).test(text)).toBe(isAddress);
      if (text.includes(':')) expect(pattern(defs.hostName).test(text)).toBe(isAddress);
    }),
    { numRuns: 2000 },
  );
});

test('of what looks like an address and is none, something is said; of an address nothing', () => {
  const ipv4Like = fc
    .array(fc.constantFrom('0', '1', '25', '255', '256', '010', '00'), { minLength: 2, maxLength: 5 })
    .map(parts => parts.join('.'));
  fc.assert(
    fc.property(
      fc.oneof(
        ipv4Like,
        ipv6.filter(text => /:.*:/.test(text)),
      ),
      text => {
        expect(addressSlip(text) === undefined).toBe(parseAddress(text) !== undefined);
      },
    ),
    { numRuns: 2000 },
  );
});

/** Every pattern of the schema, with where it stands. */
function* patterns(node: unknown, at: string): Generator<readonly [at: string, regexp: RegExp]> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'pattern' && typeof value === 'string') yield [at, new RegExp(value, 'u')];
    else yield* patterns(value, `${at}/${key}`);
  }
}

describe('whatever takes a host name', () => {
  const wraps = [(h: string) => h, (h: string) => `https://${h}/x`, (h: string) => `${h}:8007`];
  const cases = [...patterns(schemaText, '')].flatMap(([at, regexp]) => {
    const wrap = wraps.find(
      one => regexp.test(one('a.example.com')) && !regexp.test(one('a_b')) && !regexp.test(one('-a-')),
    );
    // `resolve` judges it together with its port, so that the tunnel need not be left out.
    return wrap === undefined || at === '/$defs/endpoint' ? [] : [[at, regexp, wrap] as const];
  });

  test('is found', () => {
    expect(cases.map(([at]) => at.split('/').at(-1)).toSorted()).toEqual([
      'endpoint',
      'hostName',
      'http_proxy',
      'url',
    ]);
  });

  test.each(cases)('%s refuses names that end in digits alone', (_, regexp, wrap) => {
    for (const name of ['10.20.50.256', '300.1.1.1', '1.2.3', 'a.1', '7', '010.0.0.1'])
      expect(`${name} ${regexp.test(wrap(name))}`).toBe(`${name} false`);
    for (const name of ['10.20.50.25', 'a.b1', '1.a', '3com.example', 'x-1.2a'])
      expect(`${name} ${regexp.test(wrap(name))}`).toBe(`${name} true`);
  });
});

test('what is wrong with an address is said where one would do, and nowhere else', async () => {
  const schema = {
    type: 'object',
    properties: { at: defs.hostName, version: defs.version },
  } as unknown as Schema;
  const helps = async (text: string) => (await check(schema, text)).diagnostics.map(({ help }) => help);
  expect(await helps('at: 10.20.50.256')).toEqual([
    'it looks like an IPv4 address, but 256 is more than 255; allowed: a DNS name or an IP address, IPv6 without brackets, for example "mail.example.com"',
  ]);
  expect((await helps('at: "fd00::1::2"'))[0]).toMatch(/^it looks like an IPv6 address, but "::" may stand/);
  for (const [text, meant] of [
    ['smtp.example.com:587', 'smtp.example.com'],
    ['https://pbs.example.com:8007/', 'pbs.example.com'],
    ['"[fd00::1]"', 'fd00::1'],
    ['"[fd00::1]:8007"', 'fd00::1'],
  ])
    expect((await helps(`at: ${text}`))[0]).toContain(`did you mean "${meant}"?`);
  expect((await helps('at: box.fritz.1'))[0]).toMatch(/^no name ends in a number alone, as this one in 1;/);
  expect(addressSlip('1.2.example')).toBeUndefined();
  // The scheme of a URL is no group of an address.
  expect(addressSlip('https://a.example:8443/x?y')).toBeUndefined();
  expect(addressSlip('https://[fd00::1::2]:8443')).toContain('"::" may stand');
  expect((await helps('version: 1.2.3.4.5'))[0]).toMatch(/^allowed: a version/);
});
