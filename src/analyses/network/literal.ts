import type { Address, Cidr } from '../../net/address.ts';
import { addressBits, cidrOf, parseAddress, parseCidr } from '../../net/address.ts';

const LITERAL = /^(?=.*[.:])[0-9a-fA-F.:]+$/;

/** As `parseAddress`, and quick to see that a name, a prefix or nothing is no address: that costs it an exception. */
export const literal = (text: string | undefined): Address | undefined =>
  text !== undefined && LITERAL.test(text) ? parseAddress(text) : undefined;

/** A prefix; an address without a length is the prefix of that address alone. */
export function prefixOf(text: string): Cidr | undefined {
  if (text.includes('/')) return parseCidr(text);
  const address = literal(text);
  return address && cidrOf(address, addressBits(address.version));
}
