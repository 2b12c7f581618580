import { atValue, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Fault } from './fault.ts';
import { refChain, type Schema, typeOf } from './schema.ts';
import { allowedBy, nameOf, quoted, typeWord } from './words.ts';

/** The text of a value as it stands in the file, which the value itself has lost: `4.10` is the number 4.1. */
export type RawText = (path: Fault['path']) => string | undefined;

/** A value of another type than all of `types`. Text that YAML read as something else gets "quote it". */
export function wrongType(
  root: Schema,
  { path, data, schemas }: Pick<Fault, 'path' | 'data' | 'schemas'>,
  types: readonly string[],
  raw: RawText,
): Diagnostic {
  const wanted = [...new Set(types)].map(typeWord).join(' or ');
  const actual = typeOf(data);
  const shown = actual === 'object' || actual === 'array' ? typeWord(actual) : quoted(raw(path) ?? data);
  const message =
    data === null && (raw(path) ?? '') === ''
      ? `${nameOf(path)} has no value`
      : `${nameOf(path)} must be ${wanted}, not ${actual === 'string' ? `the text ${quoted(data)}` : shown}`;
  const help = helpFor(root, { path, data, schemas }, types, raw) ?? `it must be ${wanted}`;
  return { code: 'wrong-type', severity: 'error', message, place: atValue(path), help };
}

function helpFor(
  root: Schema,
  { path, data, schemas }: Pick<Fault, 'path' | 'data' | 'schemas'>,
  types: readonly string[],
  raw: RawText,
): string | undefined {
  const text = raw(path);
  if (types.includes('string') && text !== undefined && text !== '' && /^(number|boolean|object)$/.test(typeof data)) {
    if (data === null || typeof data !== 'object') return quoteIt(text, data);
  }
  if (typeof data === 'string' && types.some(type => type === 'number' || type === 'integer') && /^-?\d+$/.test(data)) {
    return `write it without quotes: ${data}`;
  }
  const hint = schemas.flatMap(schema => refChain(root, schema)).find(schema => schema['x-hint'] !== undefined);
  return hint && `allowed: ${allowedBy(root, hint)}`;
}

const quoteIt = (text: string, data: unknown): string =>
  text === String(data)
    ? `quote it: "${text}"`
    : `quote it: "${text}" (YAML reads ${text} as the ${typeof data === 'number' ? 'number ' : ''}${String(data)})`;
