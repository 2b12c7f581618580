/** The parts of JSON Schema 2020-12 that the topology schema uses, and its own keywords (`ajv.ts`). */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly unevaluatedProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly items?: boolean | Schema;
  readonly prefixItems?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly 'x-hint'?: string;
  readonly 'x-quote'?: boolean | string;
  readonly 'x-public-key'?: boolean;
  readonly 'x-secret-ref'?: boolean;
  readonly [keyword: string]: unknown;
}

/** Follows `#/$defs/name`; the only form of `$ref` that the topology schema has. */
export function resolveRef(root: Schema, ref: string): Schema {
  const found = root.$defs?.[ref.replace('#/$defs/', '')];
  if (found === undefined) throw new Error(`the schema refers to ${ref}, which it does not define`);
  return found;
}

/** The schema and, as long as it refers to another, that other, outermost first. */
export function refChain(root: Schema, schema: Schema): readonly Schema[] {
  const chain = [schema];
  for (let at = schema; at.$ref !== undefined && chain.length < 20; chain.push(at))
    at = resolveRef(root, at.$ref);
  return chain;
}

/** JSON Schema's name for the type of a value of YAML. */
export function typeOf(data: unknown): string {
  if (data === null) return 'null';
  if (Array.isArray(data)) return 'array';
  return typeof data;
}

/** Types that a schema lets in; undefined when it says nothing about them. */
export function typesOf(root: Schema, schema: Schema): readonly string[] | undefined {
  for (const part of refChain(root, schema)) {
    if (part.type !== undefined) return typeof part.type === 'string' ? [part.type] : part.type;
    if ('const' in part) return [typeOf(part.const)];
    if (part.enum !== undefined) return [...new Set(part.enum.map(typeOf))];
  }
  return undefined;
}

export const acceptsType = (types: readonly string[] | undefined, data: unknown): boolean =>
  types === undefined ||
  types.includes(typeOf(data)) ||
  (types.includes('integer') && Number.isInteger(data)) ||
  (types.includes('number') && typeof data === 'number');
