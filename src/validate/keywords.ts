import { atKey, atValue, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { plainName } from '../diagnostics/plain-name.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Fault } from './fault.ts';
import { refChain, type Schema } from './schema.ts';
import { switchesOf, textSlip } from './text-slip.ts';
import { allowedBy, listed, nameOf, quoted } from './words.ts';

/** One diagnostic for a fault, by keyword. Types and alternatives have files of their own. */

const error = (diagnostic: Omit<Diagnostic, 'severity'>): Diagnostic => ({
  severity: 'error',
  ...diagnostic,
});

const keyOf = ({ params }: Fault): string =>
  String(params['additionalProperty'] ?? params['unevaluatedProperty']);

const knownKeys = ({ schemas }: Fault): readonly string[] => [
  ...new Set(schemas.flatMap(schema => Object.keys(schema.properties ?? {}))),
];

/** The key that an unknown one was probably meant to be. */
export const meantKey = (fault: Fault): string | undefined => suggest(keyOf(fault), knownKeys(fault));

export function unknownKey(fault: Fault): Diagnostic {
  const { path, data } = fault;
  const key = keyOf(fault);
  const near = meantKey(fault);
  const kind = (data as { kind?: unknown } | null)?.kind;
  const isEmpty = (data as Record<string, unknown> | null)?.[key] === null;
  const where = typeof kind === 'string' && kind.length <= 20 ? ` for kind ${quoted(kind)}` : '';
  const empty = isEmpty ? 'it has no value: is it, or what follows, indented wrongly? ' : '';
  const guess = near === undefined ? empty : `did you mean "${near}"? `;
  return error({
    code: 'unknown-key',
    message: `unknown key ${quoted(key)} in ${nameOf(path)}${where}`,
    place: atKey([...path, key]),
    help: `${guess}allowed here: ${listed(knownKeys(fault).toSorted())}`,
  });
}

export function missingKey(root: Schema, { path, schemas, params }: Fault): Diagnostic {
  const key = String(params['missingProperty']);
  const property = schemas.map(schema => schema.properties?.[key]).find(schema => schema !== undefined);
  const chain = property === undefined ? [] : refChain(root, property);
  const description = chain.find(part => part.description !== undefined)?.description;
  const value = chain.find(part => typeof part.const === 'number')?.const;
  return error({
    code: 'missing-key',
    message: `the key "${key}" is missing in ${nameOf(path)}`,
    place: atKey(path),
    ...(value !== undefined
      ? { help: `add ${key}: ${value}` }
      : description === undefined
        ? {}
        : { help: `${key}: ${description}` }),
  });
}

export function badEnum({ path, data, schema }: Fault): Diagnostic {
  const values = 'const' in schema ? [schema.const] : (schema.enum ?? []);
  const words = values.filter(value => typeof value === 'string');
  const near = typeof data === 'string' ? suggest(data, words) : undefined;
  const bare = values.find(value => typeof value !== 'string' && String(value) === data);
  const guess = near === undefined ? '' : `did you mean ${quoted(near)}? `;
  return error({
    code: 'invalid-value',
    message: `${quoted(data)} is not allowed for ${nameOf(path)}`,
    place: atValue(path),
    help:
      bare === undefined
        ? `${guess}allowed: ${listed(values.map(quoted))}`
        : `write it without quotes: ${bare}`,
  });
}

export function badName(root: Schema, { path, schema, params }: Fault): Diagnostic {
  const key = String(params['propertyName']);
  const names = schema.propertyNames;
  const allowed = names && allowedBy(root, names);
  const plain = plainName(key);
  const fits =
    names && refChain(root, names).some(({ pattern }) => pattern && new RegExp(pattern, 'u').test(plain));
  const guess = fits && plain !== key ? `did you mean ${quoted(plain)}? ` : '';
  return error({
    code: 'invalid-name',
    message: `${quoted(key)} is not a valid name in ${nameOf(path)}`,
    place: atKey([...path, key]),
    ...(allowed === undefined ? {} : { help: `${guess}allowed: ${allowed}` }),
  });
}

export function badText(root: Schema, { path, data, schemas, schema }: Fault): Diagnostic {
  const allowed = schemas.map(one => one['x-hint'] && allowedBy(root, one)).find(hint => hint !== undefined);
  const words = allowed ?? allowedBy(root, schema);
  const slip = typeof data === 'string' ? textSlip({ path, text: data, schema, schemas, words }) : undefined;
  const besides = schemas.flatMap(switchesOf).map(word => `${word} or `);
  const help = [slip, words && `allowed: ${besides.join('')}${words}`].filter(part => part !== undefined);
  return error({
    code: 'invalid-value',
    message: `${quoted(data)} is not valid for ${nameOf(path)}`,
    place: atValue(path),
    ...(help.length === 0 ? {} : { help: help.join(' ') }),
  });
}

/** What a limit demands, in words. */
const LIMITS: Readonly<Record<string, (limit: unknown) => string>> = {
  minimum: limit => `must be at least ${limit}`,
  maximum: limit => `must be at most ${limit}`,
  exclusiveMinimum: limit => `must be more than ${limit}`,
  exclusiveMaximum: limit => `must be less than ${limit}`,
  minItems: limit => (limit === 1 ? 'must not be empty' : `must have at least ${limit} items`),
  maxItems: limit => `must have at most ${limit} items`,
  minProperties: limit => (limit === 1 ? 'must not be empty' : `must have at least ${limit} keys`),
  maxProperties: limit => `must have at most ${limit} keys`,
};

export function badLimit({ keyword, path, data, schema, params }: Fault): Diagnostic {
  const { minimum, maximum } = schema;
  const demand = LIMITS[keyword]?.(params['limit']) ?? `does not satisfy "${keyword}" of the schema`;
  return error({
    code: 'invalid-value',
    message: `${nameOf(path)} ${demand}${typeof data === 'number' ? `, not ${data}` : ''}`,
    place: atValue(path),
    ...(typeof minimum === 'number' && typeof maximum === 'number'
      ? { help: `allowed: ${minimum} to ${maximum}` }
      : {}),
  });
}
