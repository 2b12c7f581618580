import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { refChain, type Schema } from './schema.ts';

const MAX_QUOTED = 60;
const MAX_LISTED = 40;

/** A value of the user in a message: quoted, and not longer than a message bears. */
export function quoted(data: unknown): string {
  // Maps of the parser inherit nothing, so that not even `String` knows them.
  if (typeof data === 'object' && data !== null) return Array.isArray(data) ? 'a list' : 'a map of keys';
  return shortened(typeof data === 'string' ? JSON.stringify(data) : String(data));
}

export const shortened = (text: string): string =>
  text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED).replace(/[\ud800-\udbff]$/, '')}…` : text;

export const listed = (names: readonly string[]): string =>
  names.length > MAX_LISTED ? `${names.slice(0, MAX_LISTED).join(', ')}, …` : names.join(', ');

/** What a place is called in a sentence: its key, or the item of a list. */
export function nameOf(path: TopologyPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'the topology';
  return typeof last === 'number' ? `item ${last + 1} of ${nameOf(path.slice(0, -1))}` : `"${last}"`;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: 'a map of keys',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
};

export const typeWord = (type: string): string => TYPE_WORDS[type] ?? type;

/** What a schema allows, in words: its hint, its values, an example, or its types. */
export function allowedBy(root: Schema, schema: Schema): string | undefined {
  for (const part of refChain(root, schema)) {
    if (part['x-hint'] !== undefined) return withExample(part['x-hint'], part);
    if ('const' in part) return quoted(part.const);
    if (part.enum !== undefined) return part.enum.map(quoted).join(', ');
  }
  const chain = refChain(root, schema);
  const types = chain.find(part => part.type !== undefined)?.type;
  return types === undefined ? undefined : [types].flat().map(typeWord).join(' or ');
}

/** The hint and, unless it holds one, an example. */
function withExample(hint: string, { examples }: Schema): string {
  const example = examples?.[0];
  return example === undefined || /[`"]/.test(hint) ? hint : `${hint}, for example ${quoted(example)}`;
}
