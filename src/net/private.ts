/** Addresses that no router of the internet leads to. */
import { once } from '../once.ts';
import { type Address, type Cidr, parseCidr } from './address.ts';
import { contains } from './prefix.ts';

/**
 * RFC 1918, RFC 6598 (behind the NAT of a provider), RFC 4193, and what is valid on one host or one link only (RFC 1122,
 * RFC 3927, RFC 4291).
 */
const PRIVATE = {
  4: once(() =>
    prefixed([
      ['10.0.0.0/8', 'private (RFC 1918)'],
      ['172.16.0.0/12', 'private (RFC 1918)'],
      ['192.168.0.0/16', 'private (RFC 1918)'],
      ['100.64.0.0/10', 'behind the NAT of a provider (RFC 6598)'],
      ['127.0.0.0/8', 'of the host itself'],
      ['169.254.0.0/16', 'of one link only'],
    ]),
  ),
  6: once(() =>
    prefixed([
      ['fc00::/7', 'local (RFC 4193)'],
      ['::1/128', 'of the host itself'],
      ['fe80::/10', 'of one link only'],
    ]),
  ),
};

const prefixed = (kinds: readonly (readonly [text: string, kind: string])[]) =>
  kinds.map(([text, kind]) => ({ prefix: parseCidr(text) as Cidr, kind }));

/** What makes an address unknown in the internet, as the rest of "it is …"; undefined for all others. */
export const privateKind = (address: Address): string | undefined =>
  PRIVATE[address.version]().find(({ prefix }) => contains(prefix, address))?.kind;

export const isLoopback = ({ text }: Address): boolean => text.startsWith('127.') || text === '::1';

/** Whether a name is one of a local network: RFC 6762, RFC 8375, ICANN's `internal`, what routers give out unasked. */
export const isLocalName = (name: string): boolean =>
  /\.(?:local|internal|home\.arpa|lan|localdomain)\.?$/i.test(name);
