import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { AjvError } from './ajv-error.ts';
import type { ApplicableSchemas } from './applicable.ts';
import type { Schema } from './schema.ts';

/** An error of Ajv that counts, with the value it is about and the schema that demands it. */
export interface Fault {
  readonly keyword: string;
  readonly path: TopologyPath;
  readonly data: unknown;
  readonly schema: Schema;
  /** All schemas that apply to the value: what they say together is what is allowed. */
  readonly schemas: readonly Schema[];
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Ajv reports the faults of every branch of every alternative. Kept are those that come from a schema the author
 * meant the value to satisfy. Ajv's own schema paths do not say which one that is once a definition is shared, so
 * the demand itself is compared.
 */
export function relevantFaults(
  errors: readonly AjvError[],
  applicable: ApplicableSchemas,
  data: unknown,
): Fault[] {
  return errors.flatMap(error => {
    if (error.propertyName !== undefined || error.keyword === 'if' || error.keyword === '$ref') return [];
    const path = pathOf(error.instancePath, data);
    const here = applicable.at(path);
    const schema = here.schemas.find(one => demands(one, error));
    if (schema === undefined) return [];
    return [
      { keyword: error.keyword, path, data: here.data, schema, schemas: here.schemas, params: error.params },
    ];
  });
}

function demands(schema: Schema, { keyword, params }: AjvError): boolean {
  if (!(keyword in schema)) return false;
  const value = schema[keyword];
  switch (keyword) {
    case 'required':
      return (value as readonly string[]).includes(params['missingProperty'] as string);
    case 'type':
      return String(value) === String(params['type']);
    case 'additionalProperties':
      return (
        value === false && !Object.hasOwn(schema.properties ?? {}, params['additionalProperty'] as string)
      );
    case 'pattern':
      return value === params['pattern'];
    case 'const':
      return value === params['allowedValue'];
    case 'enum':
      return String(value) === String(params['allowedValues']);
    default:
      return params['limit'] === undefined || value === params['limit'];
  }
}

/** The steps of a JSON pointer; steps into lists as numbers. */
function pathOf(pointer: string, data: unknown): TopologyPath {
  const path: (string | number)[] = [];
  let here = data;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(here) ? Number(name) : name;
    path.push(step);
    here = (here as Record<string | number, unknown> | undefined)?.[step];
  }
  return path;
}
