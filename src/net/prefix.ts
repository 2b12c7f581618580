/** Questions about one or two prefixes. Nothing here allocates or looks at text. */
import type { Address, Cidr } from './address.ts';
import { addressBits } from './address.ts';

/** Whether the network of `outer` holds the address, or the whole network of the prefix. */
export function contains(outer: Cidr, inner: Address | Cidr): boolean {
  if (outer.version !== inner.version) return false;
  return 'first' in inner
    ? outer.first <= inner.first && inner.last <= outer.last
    : outer.first <= inner.value && inner.value <= outer.last;
}

/** Whether two networks share an address. */
export const overlaps = (a: Cidr, b: Cidr): boolean =>
  a.version === b.version && a.first <= b.last && b.first <= a.last;

/** Whether the address part has bits behind the prefix length, as an interface address has and a route must not. */
export const hasHostBits = (cidr: Cidr): boolean => cidr.address.value !== cidr.first;

/**
 * Whether an address cannot be given to a host because it names the network itself. Point-to-point prefixes have no
 * such address (RFC 3021 for /31, RFC 6164 for /127), single addresses neither.
 */
export const isNetworkAddress = (cidr: Cidr, address: Address = cidr.address): boolean =>
  address.version === cidr.version &&
  cidr.length < addressBits(cidr.version) - 1 &&
  address.value === cidr.first;

/** Whether an address is the broadcast address of an IPv4 network; IPv6, /31 and /32 have none. */
export const isBroadcastAddress = (cidr: Cidr, address: Address = cidr.address): boolean =>
  cidr.version === 4 && address.version === 4 && cidr.length < 31 && address.value === cidr.last;

/** Order by version, then first address, then shorter prefix first: every holder comes before what it holds. */
export function comparePrefixes(a: Cidr, b: Cidr): number {
  if (a.version !== b.version) return a.version - b.version;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.length - b.length;
}
