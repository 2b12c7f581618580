import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cidr } from '../../src/net/address.ts';
import { addressOf, cidrOf, parseAddress, parseCidr } from '../../src/net/address.ts';
import { prefixTable } from '../../src/net/longest-prefix.ts';
import { findOverlaps } from '../../src/net/overlap.ts';
import {
  contains,
  hasHostBits,
  isBroadcastAddress,
  isNetworkAddress,
  overlaps,
} from '../../src/net/prefix.ts';

const cidr = (text: string): Cidr => parseCidr(text)!;
const address = (text: string) => parseAddress(text)!;

/** Few bits, so that random prefixes meet. */
const crowdedPrefix = fc
  .tuple(fc.constantFrom(4, 6), fc.nat({ max: 255 }), fc.nat({ max: 8 }))
  .map(([version, high, length]) =>
    version === 4
      ? cidrOf(addressOf(4, high * 2 ** 24), length)
      : cidrOf(addressOf(6, BigInt(high) << 120n), length),
  );

describe('one prefix', () => {
  it.each([
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '::', false],
    ['::/0', '10.0.0.1', false],
    ['10.1.2.3/16', '10.1.255.255', true],
  ])('%s contains %s: %s', (outer, inner, expected) => {
    expect(contains(cidr(outer), address(inner))).toBe(expected);
  });

  it('contains a prefix only as a whole', () => {
    expect(contains(cidr('10.0.0.0/8'), cidr('10.1.0.0/16'))).toBe(true);
    expect(contains(cidr('10.1.0.0/16'), cidr('10.0.0.0/8'))).toBe(false);
    expect(overlaps(cidr('10.1.0.0/16'), cidr('10.0.0.0/8'))).toBe(true);
  });

  it.each([
    ['10.0.0.0/24', true, false],
    ['10.0.0.255/24', false, true],
    ['10.0.0.0/31', false, false],
    ['10.0.0.1/31', false, false],
    ['10.0.0.1/32', false, false],
    ['2001:db8::/64', true, false],
    ['2001:db8::ffff:ffff:ffff:ffff/64', false, false],
    ['2001:db8::/127', false, false],
  ])('%s: network address %s, broadcast %s', (text, network, broadcast) => {
    expect(isNetworkAddress(cidr(text))).toBe(network);
    expect(isBroadcastAddress(cidr(text))).toBe(broadcast);
  });

  it('sees host bits', () => {
    expect(hasHostBits(cidr('10.0.0.1/24'))).toBe(true);
    expect(hasHostBits(cidr('10.0.0.0/24'))).toBe(false);
  });
});

describe('findOverlaps', () => {
  const pairs = (texts: readonly string[]) =>
    findOverlaps(texts, cidr).map(({ holder, held }) => `${holder} > ${held}`);

  it('names the narrowest holder', () => {
    expect(pairs(['10.1.2.0/24', '10.0.0.0/8', '10.1.0.0/16', '192.0.2.0/24', '10.2.0.0/16'])).toEqual([
      '10.0.0.0/8 > 10.1.0.0/16',
      '10.1.0.0/16 > 10.1.2.0/24',
      '10.0.0.0/8 > 10.2.0.0/16',
    ]);
  });

  it('names the first of equals and keeps versions apart', () => {
    const items = ['a', 'b', 'c'].map(name => ({ name, prefix: cidr('10.0.0.0/8') }));
    expect(findOverlaps(items, item => item.prefix).map(o => o.holder.name + o.held.name)).toEqual([
      'ab',
      'ac',
    ]);
    expect(pairs(['0.0.0.0/0', '::/0'])).toEqual([]);
  });

  it('reports exactly the prefixes that an all-pairs search finds held', () => {
    fc.assert(
      fc.property(fc.array(crowdedPrefix, { maxLength: 12 }), prefixes => {
        const items = prefixes.map((prefix, index) => ({ prefix, index }));
        const found = findOverlaps(items, item => item.prefix);
        const expected = items.filter(a =>
          items.some(
            b =>
              b !== a &&
              overlaps(a.prefix, b.prefix) &&
              (b.prefix.length < a.prefix.length ||
                (b.prefix.length === a.prefix.length && b.index < a.index)),
          ),
        );
        expect(new Set(found.map(o => o.held))).toEqual(new Set(expected));
        expect(found).toHaveLength(expected.length);
        for (const o of found) expect(contains(o.holder.prefix, o.held.prefix)).toBe(true);
      }),
    );
  });

  it('stays linear in output for many equal prefixes', () => {
    const many = Array.from({ length: 20_000 }, () => cidr('10.0.0.0/8'));
    expect(findOverlaps(many, p => p)).toHaveLength(19_999);
  });
});

describe('prefixTable', () => {
  it('prefers the longest prefix and the first of equals', () => {
    const table = prefixTable([
      [cidr('0.0.0.0/0'), 'default'],
      [cidr('10.0.0.0/8'), 'ten'],
      [cidr('10.20.0.0/16'), 'site'],
      [cidr('10.20.0.0/16'), 'later'],
    ]);
    expect(table.lookup(address('10.20.1.1'))).toBe('site');
    expect(table.lookup(address('10.21.1.1'))).toBe('ten');
    expect(table.lookup(address('203.0.113.1'))).toBe('default');
    expect(table.lookup(address('::1'))).toBeUndefined();
    expect(table.exact(cidr('10.0.0.0/8'))).toBe('ten');
    expect(table.exact(cidr('10.0.0.0/9'))).toBeUndefined();
  });

  it('agrees with a linear search', () => {
    fc.assert(
      fc.property(fc.array(crowdedPrefix, { maxLength: 10 }), crowdedPrefix, (prefixes, probe) => {
        const table = prefixTable(prefixes.map(p => [p, p.network] as const));
        const held = prefixes.filter(p => contains(p, probe.address)).sort((a, b) => b.length - a.length);
        expect(table.lookup(probe.address)).toBe(held[0]?.network);
      }),
    );
  });
});
