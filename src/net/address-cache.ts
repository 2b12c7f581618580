import type { Address, Cidr } from './address.ts';
import { parseAddress, parseCidr } from './address.ts';

export interface AddressCache {
  /** As `parseAddress`, parsed once per text. */
  address(text: string): Address | undefined;
  /** As `parseCidr`, parsed once per text. */
  cidr(text: string): Cidr | undefined;
}

/** A cache for one run: a topology names the same networks thousands of times. Results are immutable and shared. */
export function addressCache(): AddressCache {
  return { address: remember(parseAddress), cidr: remember(parseCidr) };
}

function remember<T>(parse: (text: string) => T | undefined): (text: string) => T | undefined {
  const known = new Map<string, T | undefined>();
  return text => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found;
    const parsed = parse(text);
    known.set(text, parsed);
    return parsed;
  };
}
