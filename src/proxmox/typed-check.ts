/**
 * The typed stage of PBS: checks that run when a section becomes its Rust struct. A file that fails here loads, but
 * every list of its sections fails. Sources: `pbs-api-types/src/{datastore,remote,user}.rs`,
 * `proxmox-auth-api/src/types.rs`, `proxmox-notify/src/matcher.rs`.
 */
import { parseDailyDuration } from '../calendar/duration.ts';
import { pbsPattern } from './pbs-files.ts';
import type { PbsValue } from './pbs-schema.ts';
import { parseInteger, scalarLength, smallInteger, trim } from './plain-text.ts';
import { parsePropertyString } from './property-string.ts';
import { rustRegexProblem } from './rust-regex.ts';

/** Deepest namespace; the schema's pattern lets one level more through. */
export const MAX_NAMESPACE_DEPTH = 7;

const U16_MAX = 65535;

/**
 * What is wrong with a value that passed the schema stage, or undefined.
 * `file` as in `sync.cfg`; for the id in a header pass the id's schema and '' as key.
 */
export function typedProblem(
  file: string,
  type: string,
  key: string,
  schema: PbsValue,
  text: string,
): string | undefined {
  const value = schema.items ?? schema;
  if (value.type === 'integer') return rangeProblem(value, key, text);
  if (value.pattern === 'namespace') return namespaceProblem(text);
  if (value.pattern === 'userId' || value.pattern === 'authId' || value.pattern === 'tokenId') {
    return realmProblem(text);
  }
  if (file === 'remote.cfg' && key === 'password') return passwordProblem(text);
  if (file === 'node.cfg' && key === 'location') return locationProblem(text);
  if (type === 'matcher') return matcherProblem(key, text);
  if (file === 'domains.cfg' && key === 'type' && text !== type)
    return `it must be "${type}", like the section type`;
  return undefined;
}

/** Where the schema gives no range the Rust type does: 16 bits for ports and MTU, unsigned for all. */
function rangeProblem(schema: PbsValue, key: string, text: string): string | undefined {
  const value = smallInteger(text) ?? parseInteger(text) ?? 0;
  if (schema.min === undefined && value < 0) return 'it must not be negative';
  const narrow = (key === 'port' || key === 'mtu') && schema.max === undefined;
  return narrow && value > U16_MAX ? `the greatest value is ${U16_MAX}` : undefined;
}

function namespaceProblem(text: string): string | undefined {
  if (levelsOf(text) > MAX_NAMESPACE_DEPTH) return `a namespace has at most ${MAX_NAMESPACE_DEPTH} levels`;
  return text.length >= 256 ? 'a namespace has fewer than 256 characters' : undefined;
}

function levelsOf(namespace: string): number {
  let levels = 1;
  for (let at = namespace.indexOf('/'); at >= 0; at = namespace.indexOf('/', at + 1)) levels += 1;
  return levels;
}

function realmProblem(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const bang = text.indexOf('!', at);
  const length = scalarLength(text.slice(at + 1, bang === -1 ? undefined : bang));
  return length < 2 || length > 32 ? 'a realm has 2 to 32 characters' : undefined;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Base64 of UTF-8, padded, no spare bits set: what Rust's decoder takes. */
function passwordProblem(text: string): string | undefined {
  if (!BASE64.test(text) || text.length % 4 !== 0) return 'it must be base64 (standard alphabet, padded)';
  const binary = atob(text);
  if (btoa(binary) !== text) return 'it must be base64 (standard alphabet, padded)';
  // Loading a decoder takes milliseconds, and ASCII needs none.
  if (/^[\0-\x7f]*$/.test(binary)) return undefined;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, char => char.charCodeAt(0)));
    return undefined;
  } catch {
    return 'it must be base64 of UTF-8 text';
  }
}

/** `[name=N,]latitude=F,longitude=F`. */
function locationProblem(text: string): string | undefined {
  const parsed = parsePropertyString(text);
  if (!parsed.ok) return parsed.reason;
  const values = new Map(parsed.entries.map(entry => [entry.key, entry.value]));
  const limits = { latitude: 90, longitude: 180 };
  for (const [key, limit] of Object.entries(limits)) {
    const value = values.get(key);
    if (value === undefined) return `"${key}" is missing`;
    if (!/^[+-]?\d+(?:\.\d+)?$/.test(value) || Math.abs(Number(value)) > limit)
      return `${key} is -${limit} to ${limit}`;
  }
  const unknown = [...values.keys()].find(key => key !== 'name' && key !== 'latitude' && key !== 'longitude');
  return unknown === undefined && values.size === parsed.entries.length
    ? undefined
    : 'keys: name, latitude, longitude';
}

const SEVERITIES = ['info', 'notice', 'warning', 'error', 'unknown'];

function matcherProblem(key: string, text: string): string | undefined {
  switch (key) {
    case 'match-field':
      return matchFieldProblem(text);
    case 'match-severity': {
      const wrong = text.split(',').find(word => !SEVERITIES.includes(trim(word)));
      return wrong === undefined
        ? undefined
        : `unknown severity "${trim(wrong)}"; known: ${SEVERITIES.join(', ')}`;
    }
    case 'match-calendar':
      return parseDailyDuration(text).ok
        ? undefined
        : 'a time span of one day, for example "mon..fri 8:00-17:30"';
    default:
      return undefined;
  }
}

function matchFieldProblem(text: string): string | undefined {
  const match = pbsPattern('matchField').exec(text);
  const kind = match?.[1];
  if (match === null || kind === undefined) return 'it must be exact:FIELD=VALUE[,VALUE] or regex:FIELD=RE';
  const problem = kind === 'regex' ? rustRegexProblem(match[3] ?? '') : undefined;
  return problem === undefined ? undefined : `Rust's regular expressions: ${problem}`;
}
