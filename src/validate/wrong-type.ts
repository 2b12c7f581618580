import { atValue, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Fault } from './fault.ts';
import { otherShape } from './other-shape.ts';
import { refChain, type Schema, typeOf } from './schema.ts';
import { allowedBy, nameOf, quoted, shortened, typeWord } from './words.ts';

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
  const message =
    data === null && (raw(path) ?? '') === ''
      ? `${nameOf(path)} has no value`
      : `${nameOf(path)} must be ${wanted}, not ${described(data, raw(path))}`;
  const help = helpFor(root, { path, data, schemas }, types, raw) ?? `allowed: ${wanted}`;
  return { code: 'wrong-type', severity: 'error', message, place: atValue(path), help };
}

function described(data: unknown, text: string | undefined): string {
  const type = typeOf(data);
  if (type === 'object' || type === 'array') return typeWord(type);
  if (type === 'string') return `the text ${quoted(data)}`;
  return type === 'number' ? `the number ${shortened(text ?? String(data))}` : String(data);
}

function helpFor(
  root: Schema,
  { path, data, schemas }: Pick<Fault, 'path' | 'data' | 'schemas'>,
  types: readonly string[],
  raw: RawText,
): string | undefined {
  const parts = schemas.flatMap(schema => refChain(root, schema));
  const text = raw(path) ?? '';
  const isScalar = data === null || typeof data === 'number' || typeof data === 'boolean';
  if (types.includes('string') && isScalar && text !== '' && fitsQuoted(parts, text))
    return quoteIt(text, data);
  if (typeof data === 'string') {
    const numeric = types.some(type => type === 'number' || type === 'integer');
    if (numeric && /^-?\d+$/.test(data)) return `write it without quotes: ${data}`;
    const [, bare] = numeric ? (WITH_UNIT.exec(data) ?? []) : [];
    if (bare !== undefined) return `write it without a unit: ${bare}`;
    if (types.includes('boolean') && SWITCHES.has(data.toLowerCase()))
      return `write ${SWITCHES.get(data.toLowerCase())}`;
  }
  const hint = parts.find(schema => schema['x-hint'] !== undefined || schema.enum !== undefined);
  const isPart = Number.isInteger(data) && hint?.pattern !== undefined && fitsQuoted(parts, `${text}%`);
  const guess = isPart ? `did you mean ${text}%? ` : '';
  const other = otherShape(root, data, parts, types);
  const allowed = hint && `allowed: ${allowedBy(root, hint)}`;
  const advice = [other, allowed].filter(part => part !== undefined).join('; ');
  return advice === '' ? undefined : `${guess}${advice}`;
}

/** A whole number with something like a unit. */
const WITH_UNIT = /^([0-9]{1,9}) ?[A-Za-z%]{1,8}$/;

/** Whether the text would do if it were quoted: advice that leads to the next mistake is none. */
const fitsQuoted = (parts: readonly Schema[], text: string): boolean =>
  parts.every(
    ({ pattern, enum: values, minLength, maxLength, 'x-quote': quotable }) =>
      [pattern, quotable].every(one => typeof one !== 'string' || new RegExp(one, 'u').test(text)) &&
      (values === undefined || values.includes(text)) &&
      text.length >= Number(minLength ?? 0) &&
      text.length <= Number(maxLength ?? Number.POSITIVE_INFINITY),
  );

/** Booleans of YAML 1.1, which are text in YAML 1.2. */
export const SWITCHES: ReadonlyMap<string, string> = new Map([
  ['yes', 'true'],
  ['on', 'true'],
  ['no', 'false'],
  ['off', 'false'],
]);

const quoteIt = (text: string, data: unknown): string =>
  text === String(data)
    ? `quote it: "${text}"`
    : `quote it: "${text}" (YAML reads ${text} as the ${typeof data === 'number' ? 'number ' : ''}${String(data)})`;
