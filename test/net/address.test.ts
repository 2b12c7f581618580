import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, cidrOf, parseAddress, parseCidr } from '../../src/net/address.ts';
import { addressCache } from '../../src/net/address-cache.ts';

describe('parseAddress', () => {
  it.each([
    ['10.20.50.20', '10.20.50.20'],
    ['255.255.255.255', '255.255.255.255'],
    ['0.0.0.0', '0.0.0.0'],
    // RFC 5952 §4 and §5
    ['2001:0db8::0001', '2001:db8::1'],
    ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:DB8::ABCD', '2001:db8::abcd'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['::FFFF:C000:201', '::ffff:192.0.2.1'],
    ['::', '::'],
    ['::1', '::1'],
  ])('%s is %s', (text, canonical) => {
    expect(parseAddress(text)?.text).toBe(canonical);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '0x0a.0.0.1',
    '10.0.0.1 ',
    ' 10.0.0.1',
    '167772161',
    '1.2.3.4.5',
    '::1%eth0',
    '1::2::3',
    '00001::',
    ':::',
    'fe80',
    '::1.2.3',
    '::01.2.3.4',
    '12345::',
    '[::1]',
    '::1/64',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    'gateway',
    '::1\n',
    '\u0661.0.0.1',
  ])('refuses %j', text => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it('accepts exactly what the standard library accepts, leading zeros and zones aside', () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: fc.constantFrom('0', '1', 'f', ':', '.', '::'), maxLength: 16 }),
    );
    fc.assert(
      fc.property(text, s => {
        if (/(?:^|[:.])0\d+(?:\.|$)/.test(s)) return;
        expect(parseAddress(s) !== undefined).toBe(isIPv4(s) || isIPv6(s));
      }),
      { numRuns: 1000 },
    );
  });

  it('prints a text that reads back as itself', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), value => {
        const printed = addressOf(6, value);
        expect(parseAddress(printed.text)).toEqual(printed);
      }),
    );
    fc.assert(
      fc.property(fc.nat({ max: 0xffffffff }), value => {
        const printed = addressOf(4, value);
        expect(parseAddress(printed.text)).toEqual({ version: 4, value, text: printed.text });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), s => void [parseAddress(s), parseCidr(s)]));
  });
});

describe('parseCidr', () => {
  it('keeps host bits and knows the network', () => {
    expect(parseCidr('10.20.50.20/24')).toEqual({
      version: 4,
      address: { version: 4, value: 0x0a143214, text: '10.20.50.20' },
      length: 24,
      first: 0x0a143200,
      last: 0x0a1432ff,
      text: '10.20.50.20/24',
      network: '10.20.50.0/24',
    });
    expect(parseCidr('2001:db8::5/64')?.network).toBe('2001:db8::/64');
  });

  it.each([
    ['0.0.0.0/0', 0, 0xffffffff],
    ['128.0.0.0/1', 0x80000000, 0xffffffff],
    ['255.255.255.255/32', 0xffffffff, 0xffffffff],
    ['::/0', 0n, (1n << 128n) - 1n],
    ['::1/128', 1n, 1n],
  ])('%s spans %s to %s', (text, first, last) => {
    expect(parseCidr(text)).toMatchObject({ first, last });
  });

  it.each([
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/+8',
    '::/129',
    '/8',
    '10.0.0.0/8/8',
    '10.0.0.0/ 8',
  ])('refuses %j', text => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it('gives the same object for the same text, misses included', () => {
    const cache = addressCache();
    expect(cache.cidr('10.0.0.0/8')).toBe(cache.cidr('10.0.0.0/8'));
    expect(cache.cidr('nonsense')).toBeUndefined();
    expect(cache.cidr('nonsense')).toBeUndefined();
    expect(cache.address('::1')).toBe(cache.address('::1'));
  });

  it('agrees with bit arithmetic', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffffffff }), fc.nat({ max: 32 }), (value, length) => {
        const mask = (0xffffffffn << BigInt(32 - length)) & 0xffffffffn;
        const cidr = cidrOf(addressOf(4, value), length);
        expect(BigInt(cidr.first)).toBe(BigInt(value) & mask);
        expect(BigInt(cidr.last)).toBe((BigInt(value) & mask) | (0xffffffffn ^ mask));
      }),
    );
  });
});
