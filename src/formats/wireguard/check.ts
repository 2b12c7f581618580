/** What wg and wg-quick refuse, or take differently than written, in single values and between peers. */
import type { ReadError } from '../../artifacts/artifact.ts';
import { parseAddress, parseCidr } from '../../net/address.ts';
import { parseHostPort } from '../../net/host-port.ts';
import { hasHostBits } from '../../net/prefix.ts';
import type { WireguardSection } from './read.ts';

/** 32 bytes in base64: the last character carries four bits only. */
const KEY = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
const numberUpTo = (text: string, max: number): boolean => /^\d{1,10}$/.test(text) && Number(text) <= max;

const CHECKS: Readonly<Record<string, (value: string) => string | undefined>> = {
  PrivateKey: checkKey,
  PublicKey: checkKey,
  PresharedKey: checkKey,
  ListenPort: value => (numberUpTo(value, 65535) ? undefined : 'not a port'),
  FwMark: value =>
    /^off$/i.test(value) || /^0x[0-9a-f]{1,8}$/i.test(value) || numberUpTo(value, 0xffffffff)
      ? undefined
      : 'not a mark',
  Address: value =>
    (parseCidr(value) ?? parseAddress(value)) ? undefined : 'not an address with its prefix length',
  MTU: value => (numberUpTo(value, 65535) && Number(value) >= 576 ? undefined : 'not an MTU of 576 to 65535'),
  Table: value => (/^[A-Za-z0-9_.-]+$/.test(value) ? undefined : 'not a routing table'),
  SaveConfig: value => (/^(?:true|false)$/i.test(value) ? undefined : 'neither true nor false'),
  AllowedIPs: checkAllowedIp,
  Endpoint: value => (parseHostPort(value) ? undefined : 'not ADDRESS:PORT, [IPV6]:PORT or NAME:PORT'),
  PersistentKeepalive: value =>
    /^off$/i.test(value) || numberUpTo(value, 65535) ? undefined : 'neither off nor 0 to 65535',
};

/** Why the value would not be read as written; undefined when it would. */
export const checkValue = (key: string, value: string): string | undefined => CHECKS[key]?.(value);

/** Peers without a key, keys that occur twice, and prefixes on two peers, where the later peer silently wins. */
export function checkPeers(sections: readonly WireguardSection[], errors: ReadError[]): void {
  const first = new Map<string, number>();
  for (const section of sections) {
    if (section.name !== 'Peer') continue;
    if (!section.settings.some(setting => setting.key === 'PublicKey')) {
      errors.push({ line: section.line, message: 'a peer without PublicKey' });
    }
    for (const { key, values, line } of section.settings) {
      if (key !== 'AllowedIPs' && key !== 'PublicKey') continue;
      for (const value of values) {
        const name = key === 'AllowedIPs' ? (parseCidr(value)?.network ?? value) : value;
        const earlier = first.get(name);
        if (earlier === undefined) first.set(name, line);
        else
          errors.push({
            line,
            message: `${key} "${value}" stands in line ${earlier} already; the later one wins`,
          });
      }
    }
  }
}

function checkKey(value: string): string | undefined {
  return KEY.test(value) ? undefined : 'not a key of 32 bytes in base64';
}

function checkAllowedIp(value: string): string | undefined {
  const cidr = parseCidr(value);
  if (cidr === undefined) return parseAddress(value) === undefined ? 'not a network' : undefined;
  return hasHostBits(cidr) ? `host bits are dropped, the network is ${cidr.network}` : undefined;
}
