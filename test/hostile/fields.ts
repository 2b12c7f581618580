/**
 * Walks the schema and finds, for every field that holds text, an instance of it in the complete topologies: a field
 * that is added to the schema is covered by itself, or reported as used nowhere.
 */
import schema from '../../schema/topology.schema.json' with { type: 'json' };

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
interface Schema {
  readonly [keyword: string]: unknown;
}
export type Path = readonly (string | number)[];

const defs = (schema as unknown as { $defs: Record<string, Schema> }).$defs;

function deref(node: Schema): Schema {
  const name = typeof node['$ref'] === 'string' ? node['$ref'].slice('#/$defs/'.length) : undefined;
  return name === undefined ? node : deref(defs[name] ?? {});
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of all text fields, such as `hosts.*.nics.*.address` or `flows.*<sync>.groups.[]`. */
export function textFields(): ReadonlySet<string> {
  const found = new Set<string>();
  visit(schema as unknown as Schema, '', found);
  return found;
}

function visit(raw: Schema, name: string, found: Set<string>): void {
  const node = deref(raw);
  if (node['type'] === 'string' && !('enum' in node) && !('const' in node)) found.add(name);
  for (const branch of branches(node)) {
    const kind = kindOf(branch);
    visit(branch, kind === undefined ? name : `${name}<${kind}>`, found);
  }
  const at = (step: string): string => (name === '' ? step : `${name}.${step}`);
  if (isRecord(node['properties'])) {
    for (const [key, value] of Object.entries(node['properties'])) visit(value as Schema, at(key), found);
  }
  if (isRecord(node['additionalProperties'])) {
    visit(node['additionalProperties'], at('*'), found);
    if (isRecord(node['propertyNames'])) found.add(at('{}'));
  }
  if (isRecord(node['items'])) visit(node['items'], at('[]'), found);
}

/** Alternatives that say more than which keys are required. */
function branches(node: Schema): readonly Schema[] {
  const all = [...((node['oneOf'] as Schema[]) ?? []), ...((node['anyOf'] as Schema[]) ?? [])];
  return all.map(deref).filter(branch => 'type' in branch || 'properties' in branch);
}

function kindOf(branch: Schema): string | undefined {
  const properties = branch['properties'];
  const kind = isRecord(properties) ? properties['kind'] : undefined;
  return isRecord(kind) && typeof kind['const'] === 'string' ? kind['const'] : undefined;
}

export interface Instance {
  readonly field: string;
  /** Path of the value; of a `{}` field, path of the key. */
  readonly path: Path;
}

/** Every text of a topology with the name of its field. */
export function instances(data: Json): readonly Instance[] {
  const found: Instance[] = [];
  collect(schema as unknown as Schema, data, '', [], found);
  return found;
}

function collect(raw: Schema, data: Json, name: string, path: Path, found: Instance[]): void {
  const node = deref(raw);
  if (typeof data === 'string' && node['type'] === 'string' && !('enum' in node) && !('const' in node)) {
    found.push({ field: name, path });
  }
  for (const branch of branches(node)) {
    const kind = kindOf(branch);
    if (kind === undefined) collect(branch, data, name, path, found);
    else if (isRecord(data) && data['kind'] === kind) collect(branch, data, `${name}<${kind}>`, path, found);
  }
  const at = (step: string): string => (name === '' ? step : `${name}.${step}`);
  if (Array.isArray(data) && isRecord(node['items'])) {
    for (const [index, item] of data.entries()) {
      collect(node['items'] as Schema, item, at('[]'), [...path, index], found);
    }
  }
  if (!isRecord(data)) return;
  const properties = isRecord(node['properties']) ? node['properties'] : {};
  for (const [key, value] of Object.entries(data) as [string, Json][]) {
    const known = properties[key];
    if (isRecord(known)) collect(known, value, at(key), [...path, key], found);
    else if (isRecord(node['additionalProperties'])) {
      collect(node['additionalProperties'], value, at('*'), [...path, key], found);
      if (isRecord(node['propertyNames'])) found.push({ field: at('{}'), path: [...path, key] });
    }
  }
}

/** A copy of the data with the value (or, of a `{}` field, the key) at the path replaced. */
export function replaced(data: Json, { field, path }: Instance, value: string): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(data)) {
    return data.map((item, index) => (index === step ? replaced(item, { field, path: rest }, value) : item));
  }
  return Object.fromEntries(
    Object.entries(data as Record<string, Json>).map(([key, item]) => {
      if (key !== step) return [key, item];
      if (rest.length === 0 && field.endsWith('{}')) return [value, item];
      return [key, replaced(item, { field, path: rest }, value)];
    }),
  );
}

export function textAt(data: Json, { field, path }: Instance): string {
  if (field.endsWith('{}')) return String(path.at(-1));
  let value: Json = data;
  for (const step of path) value = (value as Record<string | number, Json>)[step] as Json;
  return String(value);
}
