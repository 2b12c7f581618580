/**
 * Property strings: `key=value,key=value`, one key of which may be the default key and stand without `key=`.
 * Source: `proxmox-schema/src/property_string.rs`, `de/`, `ser/`.
 */

export interface PropertyStringEntry {
  /** Undefined for a value that stands without `key=`. */
  readonly key: string | undefined;
  readonly value: string;
}

export type PropertyStringResult =
  | { readonly ok: true; readonly entries: readonly PropertyStringEntry[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Splits a property string. The separator is `,` only and blanks belong to what they stand beside; a trailing comma
 * is fine. A value in double quotes may hold anything, with `\"`, `\\` and `\n`. Keys are not checked here.
 */
export function parsePropertyString(text: string): PropertyStringResult {
  const entries: PropertyStringEntry[] = [];
  let at = 0;
  while (at < text.length) {
    const key = keyAt(text, at);
    if (key !== undefined) at += key.length + 1;
    if (text.charAt(at) !== '"') {
      const comma = text.indexOf(',', at);
      const end = comma === -1 ? text.length : comma;
      entries.push({ key, value: text.slice(at, end) });
      at = end + 1;
      continue;
    }
    const quoted = unquote(text, at + 1);
    if (typeof quoted === 'string') return { ok: false, reason: quoted };
    if (quoted.end < text.length && text.charAt(quoted.end) !== ',') {
      return { ok: false, reason: 'a comma must follow the closing quote' };
    }
    entries.push({ key, value: quoted.value });
    at = quoted.end + 1;
  }
  return { ok: true, entries };
}

/** The key in front of the next `=`, unless a comma or a quote comes first. */
function keyAt(text: string, at: number): string | undefined {
  for (let end = at; end < text.length; end += 1) {
    const char = text.charAt(end);
    if (char === '=') return text.slice(at, end);
    if (char === ',' || (char === '"' && end === at)) return undefined;
  }
  return undefined;
}

function unquote(text: string, start: number): { value: string; end: number } | string {
  let value = '';
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') return { value, end: at + 1 };
    if (char !== '\\') {
      value += char;
      continue;
    }
    at += 1;
    const escaped = text.charAt(at);
    if (escaped === 'n') value += '\n';
    else if (escaped === '"' || escaped === '\\') value += escaped;
    else return `unknown escape "\\${escaped}"`;
  }
  return 'the closing quote is missing';
}

/** Prints entries in the given order, quoting what would otherwise be read as something else. */
export function printPropertyString(entries: readonly PropertyStringEntry[]): string {
  return entries
    .map(({ key, value }) => `${key === undefined ? '' : `${key}=`}${quote(key, value)}`)
    .join(',');
}

function quote(key: string | undefined, value: string): string {
  // Without a key a `=` would make one, and an empty value would vanish.
  const mustQuote = /[,"\\\n]/.test(value) || (key === undefined && (value === '' || value.includes('=')));
  if (!mustQuote) return value;
  const escaped = value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
  return `"${escaped}"`;
}
