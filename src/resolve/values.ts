/** What is wrong with one value, whatever it belongs to: addresses, networks, endpoints, time zones. */
import { isTimeZone, nearTimeZone } from '../calendar/zone.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Prefix } from '../model/topology.ts';
import { type Address, type Cidr, parseAddress } from '../net/address.ts';
import { addressSlip } from '../net/address-slip.ts';
import { parseHostPort } from '../net/host-port.ts';

/** Of WireGuard. */
export const DEFAULT_PORT = 51820;

/** A diagnostic without its place. */
export type ValueFault = Omit<Diagnostic, 'place'>;

const fault = (code: string, message: string, help: string): ValueFault => ({
  code,
  severity: 'error',
  message,
  help,
});

/** With what is wrong with a text that looks like an address. */
const noAddress = (text: string, message: string, help: string): ValueFault => {
  const slip = addressSlip(text);
  return fault('bad-address', message, slip === undefined ? help : `${slip}; ${help}`);
};

/** The address of an interface, with or without `/length`. */
export function readAddress(text: string, family: 4 | 6): Address | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  return address?.version === family ? address : undefined;
}

/** Of a text that `readAddress` cannot read. */
export const badAddress = (text: string, family: 4 | 6): ValueFault =>
  noAddress(
    text,
    `\`${text}\` is no IPv${family} address`,
    family === 4
      ? 'four numbers from 0 to 255 without leading zeros'
      : 'as RFC 5952 writes it, without brackets',
  );

/** The network that a text names; what it says of host bits is no reason to do without. */
export const prefixOf = (cidr: Cidr | undefined, family: 4 | 6): Prefix | undefined =>
  cidr?.version === family ? { family, text: cidr.network, length: cidr.length } : undefined;

/** @param cidr what was read from the text. Host bits in a network are an error, since they hide a typing mistake. */
export function prefixFault(text: string, cidr: Cidr | undefined, family: 4 | 6): ValueFault | undefined {
  if (cidr?.version !== family) {
    const help = family === 4 ? 'write it as `10.10.30.0/24`' : 'write it as `fd00:30::/64`';
    return noAddress(text, `\`${text}\` is no IPv${family} prefix`, help);
  }
  if (cidr.address.value === cidr.first) return undefined;
  const message = `\`${text}\` is an address inside a network, not a network`;
  return fault('prefix-host-bits', message, `the network is \`${cidr.network}\``);
}

/** `203.0.113.1` → `203.0.113.1:51820`; `[2001:db8::1]` and names alike. */
export const withPort = (endpoint: string, port: number): string =>
  /:[0-9]+$/.test(endpoint) && !endpoint.endsWith(']') ? endpoint : `${endpoint}:${port}`;

/** The public address of a tunnel end. */
export const endpointFault = (text: string, port = DEFAULT_PORT): ValueFault | undefined =>
  parseHostPort(withPort(text, port)) === undefined
    ? noAddress(
        text,
        `\`${text}\` is no address of a tunnel end`,
        'allowed: a host name or an IPv4 address, or IPv6 in brackets, and behind a colon a port from 1 to 65535',
      )
    : undefined;

export function timeZoneFault(zone: string): ValueFault | undefined {
  if (isTimeZone(zone)) return undefined;
  const guess = nearTimeZone(zone);
  const help = 'use a name of the time zone database such as `Europe/Berlin` or `UTC`';
  return fault(
    'unknown-time-zone',
    `\`${zone}\` is no IANA time zone`,
    guess === undefined ? help : `did you mean \`${guess}\`? ${help}`,
  );
}
