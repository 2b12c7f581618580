/**
 * Reproducible numbers: a linear congruential generator of 32 bits (constants of Numerical Recipes). Every site and
 * section has a stream of its own, so that the text can be written section by section without keeping anything.
 */
export interface Random {
  /** 0 to `bound` - 1. */
  below(bound: number): number;
  /** `count` octets. */
  octets(count: number): Uint8Array;
  /** `count` octets in lower-case hexadecimal, with `separator` between them. */
  hex(count: number, separator?: string): string;
}

const SEED = 0x0ff517e;

export function randomOf(site: number, section: number): Random {
  let state = (Math.imul(site + 1, 0x9e3779b1) ^ Math.imul(section + 1, 0x85ebca6b) ^ SEED) >>> 0;
  const below = (bound: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // The high bits: the low ones have short periods.
    return Math.floor((state / 0x100000000) * bound);
  };
  const octets = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => below(256));
  const hex = (count: number, separator = ''): string =>
    Array.from(octets(count), octet => octet.toString(16).padStart(2, '0')).join(separator);
  return { below, octets, hex };
}

/** A random UUID in the form of version 4. */
export function uuid({ hex, below }: Random): string {
  return `${hex(4)}-${hex(2)}-4${hex(2).slice(1)}-${'89ab'[below(4)]}${hex(2).slice(1)}-${hex(6)}`;
}

/** A public key as WireGuard writes it. */
export const wireguardKey = ({ octets }: Random): string => Buffer.from(octets(32)).toString('base64');

/** A public key as OpenSSH writes it (RFC 4253 §6.6: lengths and fields). */
export function sshKey({ octets }: Random): string {
  const head = Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1');
  return `ssh-ed25519 ${Buffer.concat([head, octets(32)]).toString('base64')}`;
}

/** A quoted time of day between `hour` and `hour + hours`, at a random minute. */
export function timeOfDay({ below }: Random, hour: number, hours = 1): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(hour + below(hours))}:${two(below(60))}`;
}
