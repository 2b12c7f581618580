/**
 * Values of PVE's files: what the Perl code takes (pve-common `src/PVE/JSONSchema.pm`, pve-storage
 * `src/PVE/Storage/Plugin.pm`). A value that fails here is dropped by PVE with nothing but a log line.
 */
import { parseCalendarEvent } from '../calendar/parse.ts';
import { isPlainEvent } from '../calendar/plain.ts';
import { namespaceProblem, pbsIdProblem, pveStorageIdProblem, remoteHostProblem } from './identifiers.ts';
import { pbsPattern } from './pbs-files.ts';
import { parseBoolean, scalarLength } from './plain-text.ts';
import { parsePropertyString } from './property-string.ts';
import type { PveCheck, PveProperty } from './pve-files.ts';

/** What is wrong with a value (one item of an array property), or undefined; a bare key has the value ''. */
export function pveValueProblem(property: PveProperty, text: string): string | undefined {
  return property.refused ?? pveReadProblem(property, text);
}

/** The same for reading: what PVE would drop, refused or not. */
export function pveReadProblem(property: PveProperty, text: string): string | undefined {
  if (/[\n\r]/.test(text)) return 'a value is one line';
  switch (property.kind) {
    case 'boolean':
      return text === '' || parseBoolean(text) !== undefined ? undefined : 'a boolean is 1 or 0';
    case 'integer':
      return integerProblem(property, text);
    case 'list':
      return listProblem(property, text);
    case 'keys':
    case 'text':
      return textProblem(property, text);
  }
}

function integerProblem({ min, max }: PveProperty, text: string): string | undefined {
  if (!/^[+-]?\d{1,15}$/.test(text)) return 'not an integer';
  const value = Number(text);
  if (min !== undefined && value < min) return `the least value is ${min}`;
  return max !== undefined && value > max ? `the greatest value is ${max}` : undefined;
}

function listProblem({ values, check }: PveProperty, text: string): string | undefined {
  const items = listItems(text);
  if (items.length === 0) return 'the list is empty';
  const wrong = values === undefined ? undefined : items.find(item => !values.includes(item));
  if (wrong !== undefined) return `"${wrong}" is not allowed; allowed: ${values?.join(', ')}`;
  if (values !== undefined && items.includes('none') && items.length > 1) return '"none" stands alone';
  return check === undefined ? undefined : CHECKS[check](text);
}

function textProblem({ values, check, maxLength }: PveProperty, text: string): string | undefined {
  // Perl's reader has no word for an empty text: a bare key of a text property is an error. An empty prune-backups
  // could be said through the API only.
  if (text === '') return 'the value is missing';
  if (values !== undefined && !values.includes(text)) return `allowed: ${values.join(', ')}`;
  if (maxLength !== undefined && scalarLength(text) > maxLength)
    return `at most ${maxLength} characters are allowed`;
  return check === undefined ? undefined : CHECKS[check](text);
}

/** Items of a PVE list: separated by commas, semicolons or white space. */
export const listItems = (text: string): string[] => text.split(/[,;\s]/).filter(item => item !== '');

const RETENTION = ['keep-last', 'keep-hourly', 'keep-daily', 'keep-weekly', 'keep-monthly', 'keep-yearly'];

function pruneProblem(text: string): string | undefined {
  // What every PBS storage says.
  if (text === 'keep-all=1') return undefined;
  return keysProblem(text, RETENTION_KEYS) ?? keepAll(text);
}

function keepAll(text: string): string | undefined {
  const parsed = parsePropertyString(text);
  const values = new Map(parsed.ok ? parsed.entries.map(entry => [entry.key, entry.value]) : []);
  const all = parseBoolean(values.get('keep-all') ?? '0') === true;
  const other = RETENTION.find(key => Number(values.get(key) ?? 0) > 0);
  return all && other !== undefined ? `keep-all excludes ${other}` : undefined;
}

type Judge = (text: string) => string | undefined;
const isCount: Judge = text => (/^\d{1,15}$/.test(text) ? undefined : 'it is a number, 0 or more');
const isFlag: Judge = text => (parseBoolean(text) === undefined ? 'it is 1 or 0' : undefined);
const anything: Judge = () => undefined;
const RETENTION_KEYS: Readonly<Record<string, Judge>> = {
  'keep-all': isFlag,
  ...Object.fromEntries(RETENTION.map(key => [key, isCount])),
};

function keysProblem(
  text: string,
  known: Readonly<Record<string, Judge>>,
  defaultKey?: string,
): string | undefined {
  const parsed = parsePropertyString(text);
  if (!parsed.ok) return parsed.reason;
  const seen = new Set<string>();
  for (const entry of parsed.entries) {
    const key = entry.key ?? defaultKey ?? '';
    const judge = Object.hasOwn(known, key) ? known[key] : undefined;
    if (judge === undefined)
      return `unknown key "${entry.key ?? entry.value}"; known: ${Object.keys(known).join(', ')}`;
    if (seen.has(key)) return `the key "${key}" stands twice`;
    seen.add(key);
    const problem = judge(entry.value);
    if (problem !== undefined) return `${key}: ${problem}`;
  }
  return undefined;
}

function fleecingProblem(text: string): string | undefined {
  const problem = keysProblem(text, { enabled: isFlag, storage: pveStorageIdProblem }, 'enabled');
  if (problem !== undefined) return problem;
  const parsed = parsePropertyString(text);
  const values = new Map(parsed.ok ? parsed.entries.map(entry => [entry.key ?? 'enabled', entry.value]) : []);
  const on = parseBoolean(values.get('enabled') ?? '0') === true;
  return on && !values.has('storage') ? 'fleecing needs "storage"' : undefined;
}

const performance = {
  'max-workers': (text: string) =>
    /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 256 ? undefined : 'it is 1 to 256',
  'pbs-entries-max': isCount,
};

const LIMITS = { clone: isCount, default: isCount, migration: isCount, move: isCount, restore: isCount };

const matches =
  (pattern: RegExp, reason: string): Judge =>
  text =>
    pattern.test(text) ? undefined : reason;

function calendarProblem(text: string): string | undefined {
  if (isPlainEvent(text)) return undefined;
  const parsed = parseCalendarEvent(text);
  return parsed.ok ? undefined : parsed.error.message;
}

function portalProblem(text: string): string | undefined {
  return pbsPattern('hostPort').test(text) ? undefined : remoteHostProblem(text.replace(/^\[(.*)\]$/, '$1'));
}

const vmidsProblem: Judge = text =>
  listItems(text).every(id => /^[1-9]\d{2,8}$/.test(id))
    ? undefined
    : 'a list of guest ids, each 100 to 999999999';

const CHECKS: Readonly<Record<PveCheck, Judge>> = {
  calendar: calendarProblem,
  fingerprint: matches(
    /^[0-9a-f]{2}(?::[0-9a-f]{2}){31}$/i,
    'a SHA-256 fingerprint is 32 pairs of hex digits joined by ":"',
  ),
  host: remoteHostProblem,
  portal: portalProblem,
  word: matches(/^\S+$/, 'blanks are not allowed'),
  path: matches(/^\/[^;()]*$/, 'an absolute path without ";", "(" and ")"'),
  'dir-path': matches(/^\/[-/a-zA-Z0-9_.@]*$/, 'an absolute path of letters, digits and "-/_.@"'),
  namespace: namespaceProblem,
  'prune-backups': pruneProblem,
  fleecing: fleecingProblem,
  performance: text => keysProblem(text, performance),
  bwlimit: text => (/^\d{1,15}$/.test(text) ? undefined : keysProblem(text, LIMITS)),
  vmids: vmidsProblem,
  'content-dirs': text =>
    keysProblem(text, {
      images: anything,
      rootdir: anything,
      vztmpl: anything,
      iso: anything,
      backup: anything,
      snippets: anything,
      import: anything,
    }),
  'storage-id': pveStorageIdProblem,
  'pbs-id': pbsIdProblem,
};
