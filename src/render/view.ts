/** A view is complete before Handlebars renders it: it prints null as nothing, and a hole would become a missing line. */

/**
 * The path of the first value in `view` that a template cannot print or loop over (undefined, null, a function, a
 * number that is none, an instance of a class), for example `sections.0.id`; undefined when the view is complete.
 */
export function findHole(view: unknown): string | undefined {
  // The walk without paths is about a tenth of the cost of rendering; the path is looked for only on failure.
  return isComplete(view) ? undefined : holePath(view, []);
}

function isComplete(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'boolean') return true;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item !== 'string' && !isComplete(item)) return false;
    }
    return true;
  }
  if (typeof value === 'object' && value !== null && isPlain(value)) {
    for (const key in value) {
      const item = (value as Readonly<Record<string, unknown>>)[key];
      if (typeof item !== 'string' && !isComplete(item)) return false;
    }
    return true;
  }
  return typeof value === 'number' && Number.isFinite(value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function holePath(value: unknown, path: readonly string[]): string | undefined {
  if (isComplete(value)) return undefined;
  if (typeof value === 'object' && value !== null && (Array.isArray(value) || isPlain(value))) {
    // `Array.from` turns the gaps of a sparse list into entries.
    for (const [key, inner] of Array.isArray(value) ? Array.from(value).entries() : Object.entries(value)) {
      const found = holePath(inner, [...path, String(key)]);
      if (found !== undefined) return found;
    }
  }
  return path.join('.') || '(the view itself)';
}
