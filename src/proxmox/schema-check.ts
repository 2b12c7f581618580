/**
 * The schema stage of PBS's parser: what a value must be like for the file to be readable at all.
 * Source: `proxmox-schema/src/schema.rs`; the checks run in its order (length, then pattern or format).
 */
import { parseDailyDuration } from '../calendar/duration.ts';
import { parseCalendarEvent } from '../calendar/parse.ts';
import { parseByteSize } from './byte-size.ts';
import { parseGroupFilter } from './group-filter.ts';
import { pbsPattern } from './pbs-files.ts';
import type { PbsPropertyString, PbsValue, ValueFormat } from './pbs-schema.ts';
import { parseBoolean, parseInteger, scalarLength } from './plain-text.ts';
import { parsePropertyString } from './property-string.ts';
import { needsText, supports, type Version } from './version.ts';

export interface ValueProblem {
  /** A fragment that says what the value must be, to stand after "must be …" free: a clause of its own. */
  readonly reason: string;
  /** Set when the value is fine in a newer version. */
  readonly tooNew?: true;
}

const bad = (reason: string): ValueProblem => ({ reason });

/**
 * Checks one value (one line, of an array property one item) against its schema.
 * With a version, words that came later are refused as that version would.
 */
export function schemaProblem(schema: PbsValue, text: string, version?: Version): ValueProblem | undefined {
  switch (schema.type) {
    case 'boolean':
      return parseBoolean(text) === undefined
        ? bad('a boolean is true or false (or 1/0, on/off, yes/no)')
        : undefined;
    case 'integer':
      return integerProblem(schema, text);
    case 'array':
      return schema.items === undefined ? undefined : schemaProblem(schema.items, text, version);
    case 'string':
      return stringProblem(schema, text, version);
  }
}

function integerProblem(schema: PbsValue, text: string): ValueProblem | undefined {
  const value = FEW_DIGITS.test(text) ? Number(text) : parseInteger(text);
  if (value === undefined) return bad('not an integer');
  const { min, max } = schema;
  if (min !== undefined && value < min) return bad(`the least value is ${min}`);
  if (max !== undefined && value > max) return bad(`the greatest value is ${max}`);
  return undefined;
}

/** Exact as a number. */
const FEW_DIGITS = /^[0-9]{1,15}$/;

function stringProblem(schema: PbsValue, text: string, version?: Version): ValueProblem | undefined {
  const length = scalarLength(text);
  const { minLength, maxLength } = schema;
  if (minLength !== undefined && length < minLength)
    return bad(`at least ${minLength} characters are needed`);
  if (maxLength !== undefined && length > maxLength) {
    return bad(`at most ${maxLength} characters are allowed, this has ${length}`);
  }
  if (schema.enum !== undefined && !schema.enum.includes(text))
    return bad(`allowed: ${schema.enum.join(', ')}`);
  if (schema.pattern !== undefined && !pbsPattern(schema.pattern).test(text)) {
    return bad(PATTERN_TEXT[schema.pattern] ?? 'it does not match the pattern');
  }
  const affix = affixProblem(schema, text);
  if (affix !== undefined) return affix;
  if (schema.listOf !== undefined) return listProblem(schema.listOf, text, version);
  if (schema.propertyString !== undefined) {
    const problem = propertyStringProblem(schema.propertyString, text, version);
    if (problem !== undefined) return problem;
  }
  const reason = schema.format === undefined ? undefined : FORMATS[schema.format](text);
  if (reason !== undefined) return bad(reason);
  return versionProblem(schema, text, version);
}

function affixProblem(schema: PbsValue, text: string): ValueProblem | undefined {
  const prefix = schema.forbiddenPrefixes?.find(affix => text.startsWith(affix));
  if (prefix !== undefined) return bad(`it must not start with "${prefix}"`);
  const suffix = schema.forbiddenSuffixes?.find(affix => text.endsWith(affix));
  return suffix === undefined ? undefined : bad(`it must not end with "${suffix}"`);
}

function versionProblem(schema: PbsValue, text: string, version?: Version): ValueProblem | undefined {
  if (version === undefined) return undefined;
  const { valueSince, prefixSince } = schema;
  const exact = valueSince?.[text];
  const prefix = prefixSince && Object.entries(prefixSince).find(([word]) => text.startsWith(word));
  const since = exact ?? prefix?.[1];
  if (since === undefined || supports(version, since)) return undefined;
  return { reason: needsText(since, version), tooNew: true };
}

function listProblem(items: PbsValue, text: string, version?: Version): ValueProblem | undefined {
  for (const item of text.split(/[,;\t\n\f\r ]/)) {
    const problem = item === '' ? undefined : schemaProblem(items, item, version);
    if (problem !== undefined) return { ...problem, reason: `"${item}": ${problem.reason}` };
  }
  return undefined;
}

function propertyStringProblem(
  schema: PbsPropertyString,
  text: string,
  version?: Version,
): ValueProblem | undefined {
  const parsed = parsePropertyString(text);
  if (!parsed.ok) return bad(parsed.reason);
  const seen = new Set<string>();
  for (const entry of parsed.entries) {
    const key = entry.key ?? schema.defaultKey;
    if (key === undefined) return bad(`"${entry.value}" needs "key=" in front of it`);
    const property = Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    if (property === undefined)
      return bad(`unknown key "${key}"; known: ${Object.keys(schema.properties).join(', ')}`);
    if (seen.has(key)) return bad(`the key "${key}" stands twice`);
    seen.add(key);
    if (version !== undefined && property.since !== undefined && !supports(version, property.since)) {
      return { reason: `${key}: ${needsText(property.since, version)}`, tooNew: true };
    }
    const problem = schemaProblem(property, entry.value, version);
    if (problem !== undefined) return { ...problem, reason: `${key}: ${problem.reason}` };
  }
  const missing = Object.entries(schema.properties).find(
    ([key, { optional }]) => !optional && !seen.has(key),
  );
  return missing === undefined ? undefined : bad(`the key "${missing[0]}" is missing`);
}

/** What the named patterns mean to a person. */
const PATTERN_TEXT: Readonly<Record<string, string>> = {
  safeId: 'allowed: letters, digits, ".", "_" and "-", not starting with "." or "-"',
  singleLine: 'control characters are not allowed',
  userId: 'a user is USER@REALM, for example "sync@pbs"',
  tokenId: 'an API token is USER@REALM!TOKEN, for example "sync@pbs!dc"',
  authId: 'a user is USER@REALM, an API token USER@REALM!TOKEN',
  namespace: 'a namespace is up to 7 names joined by "/"',
  fingerprintSha256: 'a SHA-256 fingerprint is 32 pairs of hex digits joined by ":"',
  uuid: 'a UUID is lower-case hex digits, 8-4-4-4-12',
  dnsNameOrIp: 'a DNS name (without "_"), an IPv4 address, or an IPv6 address without brackets',
  cidr: 'a network is ADDRESS/LENGTH, for example "10.0.0.0/8"',
  hostPort: 'HOST:PORT, an IPv6 address in brackets',
  httpUrl: 'a URL with http:// or https://',
  s3Endpoint: 'a DNS name or address without scheme, port and path; it may start with "{{bucket}}."',
  s3Region: 'a region is lower-case letters, digits, "_" and "-", at least 2',
  s3Bucket: 'a bucket is lower-case letters, digits and "-", 3 to 63, no dots',
  opensslCiphers: 'a list of OpenSSL cipher names',
  genericUri: 'blanks, quotes and "<>#" are not allowed',
};

const calendarReason = (text: string): string | undefined => {
  const parsed = parseCalendarEvent(text);
  return parsed.ok ? undefined : parsed.error.message;
};

const dailyDurationReason = (text: string): string | undefined =>
  parseDailyDuration(text).ok ? undefined : 'a time span of one day, for example "mon..fri 8:00-17:30"';

const groupFilterReason = (text: string): string | undefined => {
  const parsed = parseGroupFilter(text);
  return parsed.ok ? undefined : parsed.reason;
};

const byteSizeReason = (text: string): string | undefined =>
  parseByteSize(text) === undefined
    ? 'a size is a number and a unit, for example "20 MiB" or "50 GB"'
    : undefined;

const dnsNameReason = (text: string): string | undefined =>
  /^(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(
    text,
  )
    ? undefined
    : 'not a DNS name';

function proxyReason(text: string): string | undefined {
  const host = text.startsWith('http://') ? text.slice('http://'.length) : text;
  const known = pbsPattern('hostPort').test(host) || pbsPattern('dnsNameOrIp').test(host);
  return known || /^\[[0-9a-fA-F:.]+\]$/.test(host) ? undefined : 'a proxy is [http://]HOST[:PORT]';
}

/** `type=s3` needs client and bucket; a file system takes neither (`pbs-api-types/src/datastore.rs`). */
function backendReason(text: string): string | undefined {
  const parsed = parsePropertyString(text);
  if (!parsed.ok) return parsed.reason;
  const values = new Map(parsed.entries.map(entry => [entry.key ?? 'type', entry.value]));
  const s3Keys = ['client', 'bucket'];
  if (values.get('type') === 's3') {
    const missing = s3Keys.find(key => !values.has(key));
    return missing === undefined ? undefined : `type s3 needs "${missing}"`;
  }
  const extra = [...s3Keys, 'max-cache-size'].find(key => values.has(key));
  return extra === undefined ? undefined : `"${extra}" is for type s3 only`;
}

/** By format: what is wrong with a text, or undefined. */
const FORMATS: Readonly<Record<ValueFormat, (text: string) => string | undefined>> = {
  backend: backendReason,
  'calendar-event': calendarReason,
  'daily-duration': dailyDurationReason,
  'dns-name': dnsNameReason,
  'group-filter': groupFilterReason,
  'http-proxy': proxyReason,
  'human-byte': byteSizeReason,
  // Pattern and forbidden affixes say it all.
  's3-bucket': () => undefined,
};
