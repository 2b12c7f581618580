import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlapsThatMeet, plannedNetworks, reachedFrom } from '../../src/analyses/address-plan.ts';
import { contains } from '../../src/net/prefix.ts';
import { topologyOf } from '../support/topology.ts';

const prefix = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(8, 9, 10))
  .map(
    ([value, length]) => `10.${(value << 6) & (length === 8 ? 0 : length === 9 ? 128 : 192)}.0.0/${length}`,
  );

/** Sites `s0` …, each with two VLANs, and tunnels that carry the first VLAN of each of their ends. */
const topology = fc
  .record({
    sites: fc.array(fc.tuple(prefix, prefix), { minLength: 2, maxLength: 5 }),
    tunnels: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 4 }),
  })
  .map(({ sites, tunnels }) => {
    const names = sites.map((_, index) => `s${index}`);
    const links = tunnels
      .map(([a, b]) => [a % sites.length, b % sites.length] as const)
      .filter(([a, b]) => a !== b);
    return [
      'offsite: 1',
      'sites:',
      ...sites.map(
        ([a, b], i) => `  s${i}: { timezone: UTC, vlans: { a: { subnet: ${a} }, b: { subnet: ${b} } } }`,
      ),
      'hosts:',
      ...names.map(name => `  ${name}: { site: ${name}, roles: { gateway: true } }`),
      'tunnels:',
      '  none: { interface: wg0, subnet: 192.0.2.0/30, state: retired, ends: { s0: {}, s1: {} } }',
      ...links.map(
        ([a, b], i) =>
          `  t${i}: { interface: wg${i}, subnet: 198.51.100.${4 * i}/30, carries: [s${a}/a, s${b}/a], ends: { s${a}: { public_key: pending }, s${b}: { public_key: pending } } }`,
      ),
    ].join('\n');
  });

test('a network is reported exactly when another one that meets it overlaps', () => {
  fc.assert(
    fc.property(topology, text => {
      const resolved = topologyOf(text);
      const networks = plannedNetworks(resolved);
      const reach = reachedFrom(resolved);
      const clash = (a: (typeof networks)[number], b: (typeof networks)[number]): boolean =>
        (contains(a.prefix, b.prefix) || contains(b.prefix, a.prefix)) &&
        [...reach(a.network)].some(site => reach(b.network).has(site));
      const expected = networks.filter(one =>
        networks.some(other => other.path !== one.path && clash(one, other)),
      );
      const found = overlapsThatMeet(resolved);
      const names = (list: Iterable<{ name: string }>) =>
        [...new Set([...list].map(({ name }) => name))].sort();
      expect(names(found.flatMap(({ first, second }) => [first, second]))).toEqual(names(expected));
      for (const { first, second, site } of found) {
        expect(clash(first, second)).toBe(true);
        expect(reach(first.network).has(site) && reach(second.network).has(site)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
