/**
 * IP addresses and prefixes as plain numbers. Takes text, gives values that compare with `<`; never resolves names.
 * IPv4 is a number and IPv6 a bigint: the hot path of a large topology is IPv4, and both order with `<` and `===`
 * inside one version.
 */
import ipaddr from 'ipaddr.js';

export type IpVersion = 4 | 6;
/** IPv4 first, as all that chooses does. */
export const FAMILIES = [4, 6] as const satisfies readonly IpVersion[];
export type IpValue = number | bigint;

export interface Address {
  readonly version: IpVersion;
  readonly value: IpValue;
  /** Canonical text: dotted decimal, or RFC 5952. */
  readonly text: string;
}

/** An address with a prefix length: a network when no host bits are set, else an address inside one. */
export interface Cidr {
  readonly version: IpVersion;
  readonly address: Address;
  readonly length: number;
  /** Lowest and highest address of the network. */
  readonly first: IpValue;
  readonly last: IpValue;
  /** Canonical text of the address with its length, host bits kept: `10.20.50.20/24`. */
  readonly text: string;
  /** Canonical text of the network: `10.20.50.0/24`. */
  readonly network: string;
}

/** Number of address bits of a version. */
export const addressBits = (version: IpVersion): 32 | 128 => (version === 4 ? 32 : 128);

/** RFC 5952 §4 allows one to four hex digits a group; longer ones and zones are refused although libraries take them. */
const IPV6_TEXT = /^[0-9a-fA-F:.]{2,45}$/;
const LONG_GROUP = /[0-9a-fA-F]{5}/;
const IPV4_MAPPED = 0xffffn << 32n;

/**
 * Reads an address. IPv4 must be four decimal numbers without leading zeros, because `010.0.0.1` is octal to some
 * programs; IPv6 has no zone. Gives undefined for anything else, names included.
 */
export function parseAddress(text: string): Address | undefined {
  if (text.length > 45) return undefined;
  const value4 = readIpv4(text, 0);
  if (value4 !== undefined) return { version: 4, value: value4, text };
  // Nearly all else is a name.
  if (!text.includes(':')) return undefined;
  if (!IPV6_TEXT.test(text) || LONG_GROUP.test(text) || !hasPlainTail(text) || !ipaddr.IPv6.isValid(text)) {
    return undefined;
  }
  let value = 0n;
  for (const part of ipaddr.IPv6.parse(text).parts) value = (value << 16n) | BigInt(part);
  return ipv6(value);
}

/** Reads `ADDRESS/LENGTH`; the length is required and has no leading zero. Host bits are allowed and kept. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const digits = text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(digits)) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const length = Number(digits);
  if (address === undefined || length > addressBits(address.version)) return undefined;
  return cidrOf(address, length);
}

/** The prefix of a given length around an address; `length` within 0 and the address bits. */
export function cidrOf(address: Address, length: number): Cidr {
  const { version, value } = address;
  const first = maskValue(version, value, length);
  const last =
    version === 4
      ? Number(first) + 2 ** (32 - length) - 1
      : BigInt(first) + (1n << BigInt(128 - length)) - 1n;
  const network = `${first === value ? address.text : addressOf(version, first).text}/${length}`;
  return { version, address, length, first, last, text: `${address.text}/${length}`, network };
}

/** The value with all bits behind the first `length` cleared. */
export function maskValue(version: IpVersion, value: IpValue, length: number): IpValue {
  if (version === 4) {
    const size = 2 ** (32 - length);
    return Number(value) - (Number(value) % size);
  }
  const shift = BigInt(128 - length);
  return (BigInt(value) >> shift) << shift;
}

/** The address of a value inside the range of its version. */
export const addressOf = (version: IpVersion, value: IpValue): Address =>
  version === 4 ? ipv4(Number(value)) : ipv6(BigInt(value));

/**
 * The value of four decimal numbers without leading zeros, from `start` on. By hand, since a large topology has millions
 * of them and the way through the library's regular expressions takes twenty times as long.
 */
function readIpv4(text: string, start: number): number | undefined {
  let value = 0;
  let part = -1;
  let parts = 1;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE && part !== 0) {
      part = (part < 0 ? 0 : part * 10) + code - ZERO;
      if (part > 255) return undefined;
    } else if (code === DOT && part >= 0 && parts < 4) {
      value = value * 256 + part;
      part = -1;
      parts++;
    } else return undefined;
  }
  return part >= 0 && parts === 4 ? value * 256 + part : undefined;
}

const DOT = 46;
const ZERO = 48;
const NINE = 57;

function ipv4(value: number): Address {
  const text = `${Math.floor(value / 0x1000000)}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
  return { version: 4, value, text };
}

function ipv6(value: bigint): Address {
  const parts: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(Number((value >> shift) & 0xffffn));
  // RFC 5952 §5: mixed notation for the well-known mapped prefix.
  const mapped = value >> 32n === IPV4_MAPPED >> 32n;
  const text = mapped
    ? `::ffff:${ipv4(Number(value & 0xffffffffn)).text}`
    : new ipaddr.IPv6(parts).toRFC5952String();
  return { version: 6, value, text };
}

/** An embedded IPv4 tail must be plain decimal too. */
function hasPlainTail(text: string): boolean {
  return !text.includes('.') || readIpv4(text, text.lastIndexOf(':') + 1) !== undefined;
}
