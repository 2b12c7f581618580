import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { chooseBranch } from './branch.ts';
import { refChain, type Schema } from './schema.ts';

/** A value of the document with the schemas that its author meant it to satisfy. */
export interface Applicable {
  readonly data: unknown;
  readonly schemas: readonly Schema[];
}

/** Looks up, for places of one document, what applies there. Answers are kept: many errors share their parents. */
export interface ApplicableSchemas {
  at(path: TopologyPath): Applicable;
}

export function applicableSchemas(root: Schema, data: unknown): ApplicableSchemas {
  interface Node extends Applicable {
    readonly children: Map<string | number, Node>;
  }
  const node = (value: unknown, schemas: readonly Schema[]): Node => ({
    data: value,
    schemas: schemas.flatMap(schema => expand(root, schema, value)),
    children: new Map(),
  });
  const top = node(data, [root]);
  return {
    at(path) {
      let here = top;
      for (const step of path) {
        let next = here.children.get(step);
        if (next === undefined) {
          next = node(
            stepInto(here.data, step),
            here.schemas.flatMap(schema => childSchemas(schema, step)),
          );
          here.children.set(step, next);
        }
        here = next;
      }
      return here;
    },
  };
}

/** A schema with all that it refers to or consists of; of alternatives only the one that was meant. */
function expand(root: Schema, schema: Schema, data: unknown): readonly Schema[] {
  return refChain(root, schema).flatMap(part => {
    const inner = [...(part.allOf ?? []), ...[part.then, part.else].filter(one => one !== undefined)];
    for (const branches of [part.oneOf, part.anyOf]) {
      const branch = branches && chooseBranch(root, branches, data);
      if (branch) inner.push(branch);
    }
    return [part, ...inner.flatMap(one => expand(root, one, data))];
  });
}

function childSchemas(schema: Schema, step: string | number): readonly Schema[] {
  if (typeof step === 'number') return [schema.prefixItems?.[step] ?? schema.items].filter(isSchema);
  const own =
    schema.properties && Object.hasOwn(schema.properties, step) ? schema.properties[step] : undefined;
  const matched = Object.entries(schema.patternProperties ?? {})
    .filter(([pattern]) => new RegExp(pattern, 'u').test(step))
    .map(([, one]) => one);
  const known = [own, ...matched].filter(isSchema);
  if (known.length > 0) return known;
  return [schema.additionalProperties, schema.unevaluatedProperties].filter(isSchema);
}

const isSchema = (schema: unknown): schema is Schema => typeof schema === 'object' && schema !== null;

const stepInto = (data: unknown, step: string | number): unknown =>
  typeof data === 'object' && data !== null ? (data as Record<string | number, unknown>)[step] : undefined;
