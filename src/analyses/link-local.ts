import type { Address } from '../net/address.ts';

/** fe80::/10 (RFC 4291 §2.5.6): valid on one link only, so the same address may be used on each. */
export const isLinkLocal = ({ version, value }: Address): boolean =>
  version === 6 && BigInt(value) >> 118n === 0x3fan;

/** The same of an address in canonical text. */
export const isLinkLocalText = (address: string): boolean => /^fe[89ab]/.test(address);
