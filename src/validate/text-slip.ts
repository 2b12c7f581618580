/** What a text that a schema refuses was probably meant to be, or what is wrong with it. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { addressSlip } from '../net/address-slip.ts';
import type { Schema } from './schema.ts';
import { spelling } from './spelling.ts';
import { unitSlip } from './unit-slip.ts';
import { quoted, shortened } from './words.ts';
import { SWITCHES } from './wrong-type.ts';

interface Refused {
  readonly path: TopologyPath;
  readonly text: string;
  readonly schema: Schema;
  readonly schemas: readonly Schema[];
  /** What is allowed, in words. */
  readonly words: string | undefined;
}

export const textSlip = ({ path, text, schema, schemas, words }: Refused): string | undefined =>
  tooLong(text, schema, words) ??
  noComma(path, text, schema) ??
  otherFamily(path, text, schema) ??
  slipIn(text, schema, schemas);

const IPV4 = /^[0-9]+(?:\.[0-9]+){3}(?:\/[0-9]+)?$/;
const IPV6 = /^(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]+(?:\/[0-9]+)?$/;
const SAMPLES = ['192.0.2.1', '192.0.2.0/24', '2001:db8::1', '2001:db8::/64'] as const;

/** An address under the key of the other family: `address` is IPv4, `address6` is IPv6. */
function otherFamily(path: TopologyPath, text: string, { pattern }: Schema): string | undefined {
  const key = path.at(-1);
  if (pattern === undefined || typeof key !== 'string') return undefined;
  const regexp = new RegExp(pattern, 'u');
  const [takes4, takes6] = [SAMPLES.slice(0, 2), SAMPLES.slice(2)].map(some =>
    some.some(one => regexp.test(one)),
  );
  if (takes4 === takes6) return undefined;
  if (takes4 && IPV6.test(text)) return `IPv6 stands under "${key}6";`;
  if (takes6 && key.endsWith('6') && IPV4.test(text)) return `IPv4 stands under "${key.slice(0, -1)}";`;
  return undefined;
}

/** Where what is allowed does not say it. */
function tooLong(text: string, { maxLength }: Schema, allowed = ''): string | undefined {
  if (typeof maxLength !== 'number' || allowed.includes(String(maxLength))) return undefined;
  const length = Array.from(text.slice(0, MAX_COUNTED)).length;
  if (length <= maxLength) return undefined;
  const count = text.length > MAX_COUNTED ? `more than ${maxLength}` : length;
  return `it has ${count} characters, and at most ${maxLength} are taken;`;
}

/** Of an item of a list that is several. */
function noComma(path: TopologyPath, text: string, { pattern }: Schema): string | undefined {
  if (typeof path.at(-1) !== 'number' || pattern === undefined || text.length > MAX_COUNTED) return undefined;
  const items = text.split(/\s+/);
  const regexp = new RegExp(pattern, 'u');
  const areItems = items.length > 1 && items.every(item => regexp.test(item));
  return areItems ? `a comma is missing: write ${shortened(items.join(', '))};` : undefined;
}

/** More than any limit: texts can be as long as the file. */
const MAX_COUNTED = 10_000;

/** What a text was probably meant to be, or what is wrong with it. */
function slipIn(text: string, { pattern }: Schema, schemas: readonly Schema[]): string | undefined {
  const word = suggest(text, schemas.flatMap(constants));
  if (word !== undefined) return `did you mean ${quoted(word)}?`;
  const meant = SWITCHES.get(text.toLowerCase());
  if (meant !== undefined && schemas.flatMap(switchesOf).includes(meant)) return `did you mean ${meant}?`;
  if (pattern === undefined) return undefined;
  const regexp = new RegExp(pattern, 'u');
  const units = /[0-9]/.test(text) ? unitSlip(text, one => regexp.test(one)) : [];
  if (units.length > 0) return `did you mean ${units.map(quoted).join(' or ')}?`;
  // What takes any such text takes no addresses in particular.
  const isAddress = ADDRESSES.some(one => regexp.test(one)) && !NO_ADDRESSES.some(one => regexp.test(one));
  const host = isAddress ? AROUND_HOST.exec(text)?.[1] : undefined;
  if (host !== undefined && regexp.test(host)) return `did you mean ${quoted(host)}?`;
  const slip = isAddress ? addressSlip(text) : undefined;
  if (slip !== undefined) return `${slip};`;
  const other = spelling(text, one => regexp.test(one));
  return other === undefined ? undefined : `did you mean ${quoted(other)}?`;
}

/** Words such as `pending`, which may stand instead of a value. */
const constants = ({ anyOf = [], oneOf = [] }: Schema): string[] =>
  [...anyOf, ...oneOf].flatMap(one => (typeof one.const === 'string' ? [one.const] : []));

/** `true` and `false`, where they may stand instead of a text. */
export const switchesOf = ({ anyOf = [], oneOf = [] }: Schema): string[] =>
  [...anyOf, ...oneOf].flatMap(one =>
    one.type === 'boolean' ? ['true', 'false'] : typeof one.const === 'boolean' ? [String(one.const)] : [],
  );

/** A URL, a port or brackets around a host. */
const AROUND_HOST = /^(?:[a-z]+:\/\/)?\[?([^[\]/]+?)\]?(?::[0-9]{1,5})?(?:\/.*)?$/;

const around = (host: string, bare: string): string[] => [bare, host, `${host}:1`, `https://${host}`];
const ADDRESSES = [...around('192.0.2.1', '192.0.2.1/24'), ...around('[2001:db8::1]', '2001:db8::1')];
const NO_ADDRESSES = [...around('192.0.2.256', '192.0.2'), ...around('[2001:db8::1::]', '2001:db8::1::')];
