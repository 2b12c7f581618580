/**
 * Makes `src/proxmox/generated/pbs-schema.ts` from `src/proxmox/pbs-schema.data.json`, which was extracted from the
 * upstream type definitions. Run it after a change of the data: `node scripts/pbs-schema.ts`; a test compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Notes are for people; `required` rules of `backend` are code (`schema-check.ts`). */
const DROPPED = new Set(['note', 'rules', 'listSeparators']);
const FORMATS: Readonly<Record<string, string>> = { '[http://]HOST[:PORT]': 'http-proxy' };

function value(data: JsonObject): JsonObject {
  const out: JsonObject = {};
  for (const [key, item] of Object.entries(data)) {
    if (DROPPED.has(key)) continue;
    if (key === 'patternRef') out['pattern'] = item;
    else if (key === 'pattern') throw new Error('a pattern without a name');
    else if (key === 'format') out['format'] = FORMATS[String(item)] ?? item;
    else if ((key === 'items' || key === 'listOf') && isObject(item)) out[key] = value(item);
    else if (key === 'propertyString' && isObject(item)) out[key] = propertyString(item);
    else out[key] = item;
  }
  return isObject(out['items']) ? withItemVersions(out, out['items']) : out;
}

/** Of an array the versions of values belong to its items: they are checked line by line. */
function withItemVersions({ valueSince, prefixSince, ...array }: JsonObject, items: JsonObject): JsonObject {
  const versions = {
    ...(valueSince === undefined ? {} : { valueSince }),
    ...(prefixSince === undefined ? {} : { prefixSince }),
  };
  return { ...array, items: { ...items, ...versions } };
}

function values(data: Json | undefined): JsonObject {
  if (!isObject(data)) return {};
  return Object.fromEntries(
    Object.entries(data).map(([key, item]) => [key, value(isObject(item) ? item : {})]),
  );
}

function propertyString(data: JsonObject): JsonObject {
  const { props, defaultKey } = data;
  return { ...(defaultKey === undefined ? {} : { defaultKey }), properties: values(props) };
}

function section(data: JsonObject): JsonObject {
  const { idProperty, id, since, props } = data;
  return {
    ...(idProperty === undefined ? {} : { idProperty }),
    ...(isObject(id) ? { id: value(id) } : {}),
    since: since ?? 'pre-3.0',
    properties: values(props),
  };
}

function file(data: JsonObject): JsonObject {
  const [owner = '', group = ''] = String(data['owner']).split(':');
  const types = isObject(data['sectionTypes']) ? data['sectionTypes'] : {};
  return {
    path: data['path'] ?? '',
    owner,
    group,
    mode: data['mode'] ?? '',
    lock: data['lock'] ?? '',
    secrets: data['containsSecrets'] === true,
    sections: Object.fromEntries(
      Object.entries(types).map(([type, item]) => [type, section(isObject(item) ? item : {})]),
    ),
  };
}

/** The text of the generated module. */
export function generate(json: string): string {
  const data = JSON.parse(json) as JsonObject;
  const patterns = data['$patterns'] ?? {};
  const files = Object.entries(data).filter(([name]) => name.endsWith('.cfg') && name !== 'acl.cfg');
  const tables = Object.fromEntries(files.map(([name, item]) => [name, file(isObject(item) ? item : {})]));
  const roles = isObject(data['roles']) ? data['roles'] : {};
  const privileges = Object.entries(roles).map(([role, item]) => {
    const { privileges = [], since = 'pre-3.0' } = isObject(item) ? item : {};
    return [role, { privileges, since }];
  });
  const bits = Object.entries(isObject(data['privileges']) ? data['privileges'] : {}).map(([name, item]) => [
    name,
    isObject(item) ? (item['bit'] ?? 0) : 0,
  ]);
  return [
    '// Made by scripts/pbs-schema.ts from src/proxmox/pbs-schema.data.json; do not edit.',
    "import type { PbsFile } from '../pbs-schema.ts';",
    '',
    `export const patterns: Readonly<Record<string, string>> = ${JSON.stringify(patterns, null, 1)};`,
    '',
    `export const files: Readonly<Record<string, PbsFile>> = ${JSON.stringify(tables, null, 1)};`,
    '',
    '/** Bit of each privilege. */',
    `export const privilegeBits: Readonly<Record<string, number>> = ${JSON.stringify(Object.fromEntries(bits), null, 1)};`,
    '',
    'export const roles: Readonly<',
    '  Record<string, { readonly privileges: readonly string[]; readonly since: string }>',
    `> = ${JSON.stringify(Object.fromEntries(privileges), null, 1)};`,
    '',
  ].join('\n');
}

if (import.meta.main) {
  const base = new URL('../src/proxmox/', import.meta.url);
  const json = readFileSync(new URL('pbs-schema.data.json', base), 'utf8');
  writeFileSync(new URL('generated/pbs-schema.ts', base), generate(json));
}
