import type { Address, Cidr } from '../../net/address.ts';
import { addressBits, cidrOf, parseAddress, parseCidr } from '../../net/address.ts';
import type { AddressCache } from '../../net/address-cache.ts';

/** As `parseAddress`; nothing is no address. */
export const literal = (text: string | undefined, { address } = PLAIN): Address | undefined =>
  text === undefined ? undefined : address(text);

/** A prefix; an address without a length is the prefix of that address alone. */
export function prefixOf(text: string, { address, cidr } = PLAIN): Cidr | undefined {
  if (text.includes('/')) return cidr(text);
  const parsed = address(text);
  return parsed && cidrOf(parsed, addressBits(parsed.version));
}

const PLAIN: AddressCache = { address: parseAddress, cidr: parseCidr };
