/**
 * The four words that templates know. Handlebars' own treat a missing value like an empty one (its strict mode does not
 * reach into their arguments), so a misspelt name would silently drop lines; these refuse.
 */

/** Where a statement stands: line from 1, column from 0, as Handlebars counts. */
export interface Loc {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** A template asks for what its view does not have. Caught by the engine, which knows the file. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
  readonly code: 'template-unknown-name' | 'template-wrong-type';
  readonly loc: Loc;
  constructor(code: 'template-unknown-name' | 'template-wrong-type', message: string, loc: Loc) {
    super(message);
    this.code = code;
    this.loc = loc;
  }
}

type Body = (context: unknown, options?: { readonly blockParams: readonly unknown[] }) => string;

interface BlockOptions {
  readonly name: string;
  readonly loc: Loc;
  readonly fn: Body & { readonly blockParams?: number };
  readonly inverse: Body;
}

const undefinedIn = (options: BlockOptions): TemplateFault =>
  new TemplateFault(
    'template-unknown-name',
    `"${options.name}" asks for a name that does not exist here`,
    options.loc,
  );

function holds(value: unknown, options: BlockOptions): boolean {
  if (value === undefined || value === null) throw undefinedIn(options);
  return value !== false && value !== '' && value !== 0 && !(Array.isArray(value) && value.length === 0);
}

/** `{{#if x}}`: false, the empty text, 0 and the empty list do not hold; a name that does not exist is refused. */
function ifBlock(this: unknown, value: unknown, options: BlockOptions): string {
  return holds(value, options) ? options.fn(this) : options.inverse(this);
}

/** `{{#unless x}}`: the opposite of `if`. */
function unlessBlock(this: unknown, value: unknown, options: BlockOptions): string {
  return holds(value, options) ? options.inverse(this) : options.fn(this);
}

/**
 * `{{#each list}}`, `{{#each list as |item|}}`: lists only. There is no `@first` or `@last`: a frame per loop costs a
 * third of the whole rendering, so views carry such a boolean where the layout needs one.
 */
function eachBlock(this: unknown, list: unknown, options: BlockOptions): string {
  if (list === undefined || list === null) throw undefinedIn(options);
  if (!Array.isArray(list)) {
    throw new TemplateFault('template-wrong-type', '"each" is given something that is no list', options.loc);
  }
  if (list.length === 0) return options.inverse(this);
  const named = (options.fn.blockParams ?? 0) > 0;
  let text = '';
  for (let i = 0; i < list.length; i++) {
    const item: unknown = list[i];
    text += named ? options.fn(item, { blockParams: [item, i] }) : options.fn(item);
  }
  return text;
}

/** `{{lookup object key}}`: an own property that exists; never one of a prototype. */
function lookupValue(this: unknown, object: unknown, key: unknown, options: BlockOptions): unknown {
  if (typeof object === 'object' && object !== null && Object.hasOwn(object, String(key))) {
    const value = (object as Readonly<Record<string, unknown>>)[String(key)];
    if (value !== undefined && value !== null) return value;
  }
  throw undefinedIn(options);
}

export const blockHelpers = {
  if: ifBlock,
  unless: unlessBlock,
  each: eachBlock,
  lookup: lookupValue,
} as const;
