import type { Address, Cidr, IpValue, IpVersion } from './address.ts';
import { maskValue } from './address.ts';

export interface PrefixTable<T> {
  /** The value of the longest prefix that holds the address, as a kernel picks a route. */
  lookup(address: Address): T | undefined;
  /** The value stored for exactly this network. */
  exact(prefix: Cidr): T | undefined;
}

/**
 * Builds a longest-prefix-match table: one hash per prefix length that occurs, asked from long to short, so that a
 * lookup costs as many probes as there are lengths. The first of two entries for one network stays.
 */
export function prefixTable<T>(entries: Iterable<readonly [Cidr, T]>): PrefixTable<T> {
  const byLength = { 4: new Map<number, Map<IpValue, T>>(), 6: new Map<number, Map<IpValue, T>>() };
  for (const [prefix, value] of entries) {
    const lengths = byLength[prefix.version];
    const networks = lengths.get(prefix.length) ?? new Map<IpValue, T>();
    lengths.set(prefix.length, networks);
    if (!networks.has(prefix.first)) networks.set(prefix.first, value);
  }
  const order = { 4: longestFirst(byLength[4]), 6: longestFirst(byLength[6]) };
  return {
    lookup: address => search(order[address.version], address.version, address.value),
    exact: prefix => byLength[prefix.version].get(prefix.length)?.get(prefix.first),
  };
}

type Lengths<T> = readonly (readonly [number, ReadonlyMap<IpValue, T>])[];

const longestFirst = <T>(lengths: ReadonlyMap<number, ReadonlyMap<IpValue, T>>): Lengths<T> =>
  [...lengths].sort(([a], [b]) => b - a);

function search<T>(lengths: Lengths<T>, version: IpVersion, value: IpValue): T | undefined {
  for (const [length, networks] of lengths) {
    const key = maskValue(version, value, length);
    const found = networks.get(key);
    if (found !== undefined || networks.has(key)) return found;
  }
  return undefined;
}
