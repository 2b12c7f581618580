/** How what was written is written in the shape that is wanted: in a list, in a map, or without one. */
import { refChain, type Schema, typesOf } from './schema.ts';
import { listed, quoted } from './words.ts';

/** @param parts what is said of the value, references followed. */
export function otherShape(
  root: Schema,
  data: unknown,
  parts: readonly Schema[],
  types: readonly string[],
): string | undefined {
  if (types.includes('array')) return asList(root, data, parts);
  if (types.includes('object')) return asMap(data, parts);
  const [only, ...others] = Array.isArray(data) ? (data as readonly unknown[]) : [];
  if (types.includes('string') && typeof only === 'string' && others.length === 0 && fits(parts, only))
    return `write it without [ ]: ${only}`;
  return undefined;
}

function asList(root: Schema, data: unknown, parts: readonly Schema[]): string {
  const item = parts.map(part => part.items).find(one => typeof one === 'object');
  const chain = item === undefined ? [] : refChain(root, item);
  const wantsNumbers = item !== undefined && typesOf(root, item)?.includes('integer');
  if (typeof data === 'number' && wantsNumbers) return `write [${data}]`;
  if (typeof data === 'string' && data.length < MAX_LENGTH) {
    const pieces = data.split(/,\s*|\s+/);
    if (pieces.every(one => (wantsNumbers ? /^[0-9]+$/.test(one) : fits(chain, one))))
      return `write [${pieces.join(', ')}]`;
    if (!wantsNumbers && fits(chain, data)) return `write [${quoted(data)}]`;
  }
  return 'write its items in [ ], or each on a line of its own behind "- "';
}

function asMap(data: unknown, parts: readonly Schema[]): string {
  const required = [...new Set(parts.flatMap(part => part.required ?? []))];
  const keys = [...new Set(parts.flatMap(part => Object.keys(part.properties ?? {})))].toSorted();
  const allowed = keys.length === 0 ? '' : `; allowed here: ${listed(keys)}`;
  if (typeof data === 'string' && required.length === 1)
    return `write { ${required[0]}: ${quoted(data)} }${allowed}`;
  return `write its keys below it, indented deeper, or in { }${allowed}`;
}

/** Longer texts are no lists. */
const MAX_LENGTH = 200;

const fits = (parts: readonly Schema[], text: string): boolean =>
  text !== '' && parts.every(({ pattern }) => pattern === undefined || new RegExp(pattern, 'u').test(text));
