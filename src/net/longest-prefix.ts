import type { Address, Cidr, IpValue, IpVersion } from './address.ts';
import { maskValue } from './address.ts';

export interface PrefixTable<T> {
  /** The value of the longest prefix that holds the address, as a kernel picks a route. */
  lookup(address: Address): T | undefined;
  /** The value stored for exactly this network. */
  exact(prefix: Cidr): T | undefined;
}

/** All networks of one length. */
interface Level<T> {
  readonly length: number;
  readonly networks: Map<IpValue, T>;
}

/**
 * A longest-prefix-match table: one hash per prefix length that occurs, asked from long to short, so that a lookup costs
 * as many probes as there are lengths.
 */
export class PrefixMap<T> implements PrefixTable<T> {
  readonly #ipv4: Level<T>[] = [];
  readonly #ipv6: Level<T>[] = [];

  lookup({ version, value }: Address): T | undefined {
    for (const { length, networks } of this.#levels(version)) {
      const found = networks.get(maskValue(version, value, length));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  exact({ version, length, first }: Cidr): T | undefined {
    return this.#levels(version)
      .find(level => level.length === length)
      ?.networks.get(first);
  }

  set({ version, length, first }: Cidr, value: T): void {
    const levels = this.#levels(version);
    let at = 0;
    while (at < levels.length && (levels[at] as Level<T>).length > length) at++;
    if (levels[at]?.length !== length) levels.splice(at, 0, { length, networks: new Map() });
    (levels[at] as Level<T>).networks.set(first, value);
  }

  #levels(version: IpVersion): Level<T>[] {
    return version === 4 ? this.#ipv4 : this.#ipv6;
  }
}

/** The table of these entries; the first of two entries for one network stays. */
export function prefixTable<T>(entries: Iterable<readonly [Cidr, T]>): PrefixTable<T> {
  const table = new PrefixMap<T>();
  for (const [prefix, value] of entries) if (table.exact(prefix) === undefined) table.set(prefix, value);
  return table;
}
