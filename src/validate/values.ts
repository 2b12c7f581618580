/**
 * The texts in objects that are left out because of some mistake in them, with what each was meant to be: no later
 * phase sees them, and what is wrong with one would be said only when the first mistake is gone.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { valueAt } from '../diagnostics/value-at.ts';
import type { Data, DataMap } from '../load/document.ts';
import { applicableSchemas } from './applicable.ts';
import type { Schema } from './schema.ts';

export interface Value {
  readonly text: string;
  readonly path: TopologyPath;
  /** Names of the definitions of the schema (`calendar`, `size`) that it is to satisfy. */
  readonly kinds: readonly string[];
  readonly schemas: readonly Schema[];
}

/**
 * @param objects paths of objects in the top-level maps.
 * @param isReported whether something at this path is said already.
 */
export function* valuesIn(
  objects: readonly TopologyPath[],
  data: DataMap,
  schema: Schema,
  isReported: (path: TopologyPath) => boolean,
): Generator<Value> {
  const applicable = applicableSchemas(schema, data);
  const names = new Map(Object.entries(schema.$defs ?? {}).map(([name, one]) => [one, name]));
  for (const object of objects) {
    if (object.length !== 2) continue;
    for (const [text, path] of textsOf(valueAt(data, object) as Data | undefined, object)) {
      if (isReported(path)) continue;
      const { schemas } = applicable.at(path);
      yield { text, path, kinds: schemas.flatMap(one => names.get(one) ?? []), schemas };
    }
  }
}

function* textsOf(value: Data | undefined, path: TopologyPath): Generator<readonly [string, TopologyPath]> {
  if (typeof value === 'string') yield [value, path];
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsOf(item as Data, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* textsOf(inner as Data, [...path, key]);
  }
}
