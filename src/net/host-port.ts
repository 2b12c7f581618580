/** `HOST:PORT` as WireGuard endpoints, SSH, Postfix and URLs write it: an IPv6 address stands in brackets (RFC 3986). */
import { parseAddress } from './address.ts';

export interface HostPort {
  /** Canonical address without brackets, or the name in lower case. */
  readonly host: string;
  readonly port: number;
}

/** RFC 1123 §2.1: labels of 1–63 letters, digits and inner hyphens, 253 in all. */
const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
const ALL_DIGITS_LABEL = /(?:^|\.)[0-9]+$/;

/** Reads `name:port`, `ipv4:port` or `[ipv6]:port`; the port is 1–65535 without leading zeros. */
export function parseHostPort(text: string): HostPort | undefined {
  const colon = text.lastIndexOf(':');
  const digits = text.slice(colon + 1);
  const port = Number(digits);
  if (colon < 1 || !/^[1-9]\d{0,4}$/.test(digits) || port > 65535) return undefined;
  const host = parseHost(text.slice(0, colon));
  return host === undefined ? undefined : { host, port };
}

/** Writes the pair back; a host with a colon is an IPv6 address and gets brackets. */
export const printHostPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** Whether the text is a host name; a last label of digits would be read as an address (RFC 1123 §2.1). */
export const isHostName = (text: string): boolean =>
  HOST_NAME.test(text.toLowerCase()) && !ALL_DIGITS_LABEL.test(text);

function parseHost(text: string): string | undefined {
  if (text.startsWith('[') && text.endsWith(']')) {
    const address = parseAddress(text.slice(1, -1));
    return address?.version === 6 ? address.text : undefined;
  }
  const address = parseAddress(text);
  if (address !== undefined) return address.version === 4 ? address.text : undefined;
  return isHostName(text) ? text.toLowerCase() : undefined;
}
