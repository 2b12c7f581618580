/**
 * What the code of built-in templates (`plain-code.ts`) calls: printing, conditions, lists and look-ups with the
 * strictness of `block-helpers.ts`. A name that a view does not have is refused, never printed as nothing.
 */

/** Code of a built-in template; made by the build. */
export type PlainTemplate = (context: unknown, words: PlainWords) => string;

export interface PlainWords {
  /** The value as text; `name` is what the template calls it. */
  text(value: unknown, name: string): string;
  /** Whether `if` takes the value for true. */
  holds(value: unknown, name: string): boolean;
  list(value: unknown, name: string): readonly unknown[];
  /** An own property that exists; never one of a prototype. */
  own(object: unknown, key: unknown): unknown;
  /** What the template with that partial name makes of the context, with `hash` laid over it. */
  partial(name: string, context: unknown, hash?: Readonly<Record<string, unknown>>): string;
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  throw new Error(`"${name}" is nothing that can be printed`);
}

function holds(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0;
  if (Number.isFinite(value)) return value !== 0;
  if (typeof value === 'object' && value !== null) return true;
  throw new Error(`"${name}" does not exist here`);
}

function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`"${name}" is no list`);
  return value;
}

function own(object: unknown, key: unknown): unknown {
  if (typeof object === 'object' && object !== null && Object.hasOwn(object, String(key))) {
    const value = (object as Readonly<Record<string, unknown>>)[String(key)];
    if (value !== undefined && value !== null) return value;
  }
  throw new Error(`"${String(key)}" does not exist here`);
}

/** `templates` by partial name. */
export function plainWords(templates: ReadonlyMap<string, PlainTemplate>): PlainWords {
  const words: PlainWords = {
    text,
    holds,
    list,
    own,
    partial: (name, context, hash) => {
      const template = templates.get(name);
      if (template === undefined) throw new Error(`no template "${name}"`);
      return template(hash === undefined ? context : { ...(context as object), ...hash }, words);
    },
  };
  return words;
}
