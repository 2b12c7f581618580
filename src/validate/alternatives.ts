import { atKey, atValue, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { chooseBranch, discriminatorOf, requiredAlternatives } from './branch.ts';
import type { Fault } from './fault.ts';
import { acceptsType, type Schema, typesOf } from './schema.ts';
import { allowedBy, listed, nameOf, quoted } from './words.ts';
import { type RawText, wrongType } from './wrong-type.ts';

/**
 * The diagnostic for a `oneOf` or `anyOf` as a whole. None when the meant branch is known, since then the faults
 * of that branch say more.
 */
export function noAlternative(root: Schema, fault: Fault, raw: RawText): Diagnostic | undefined {
  const { keyword, path, data, schema, schemas } = fault;
  const branches =
    (keyword === 'discriminator' ? schema.oneOf : (schema[keyword] as readonly Schema[])) ?? [];
  const keys = requiredAlternatives(branches);
  // What is no map has no keys, and was reported as such.
  if (keys) return typeof data === 'object' && data !== null ? oneOfKeys(fault, keys) : undefined;
  if (chooseBranch(root, branches, data)) return undefined;
  const fitting = branches.filter(branch => acceptsType(typesOf(root, branch), data));
  if (fitting.length === 0) {
    return wrongType(
      root,
      { path, data, schemas: [...schemas, ...branches] },
      branches.flatMap(one => typesOf(root, one) ?? []),
      raw,
    );
  }
  const discriminator = discriminatorOf(root, fitting);
  if (discriminator) return badKind(fault, discriminator.property, discriminator.values);
  const allowed = branches.map(branch => allowedBy(root, branch)).filter(words => words !== undefined);
  return {
    code: 'invalid-value',
    severity: 'error',
    message: `${quoted(data)} is not valid for ${nameOf(path)}`,
    place: atValue(path),
    help: `allowed: ${[...new Set(allowed)].join('; or ')}`,
  };
}

function oneOfKeys({ path, data, keyword }: Fault, keys: readonly string[]): Diagnostic {
  const given = keys.filter(key => Object.hasOwn(data as object, key));
  const names = listed(keys.map(key => `"${key}"`));
  if (keyword === 'oneOf' && given.length > 1) {
    return {
      code: 'conflicting-keys',
      severity: 'error',
      message: `${nameOf(path)} can have only one of the keys ${names}`,
      place: atKey([...path, given[1]!]),
      related: [{ message: `"${given[0]}" is given here`, place: atKey([...path, given[0]!]) }],
      help: 'remove all but one of them',
    };
  }
  return {
    code: 'missing-key',
    severity: 'error',
    message: `${nameOf(path)} needs one of the keys ${names}`,
    place: atKey(path),
  };
}

function badKind({ path, data }: Fault, property: string, values: readonly string[]): Diagnostic {
  const value = (data as Record<string, unknown>)[property];
  const allowed = `allowed: ${listed(values)}`;
  if (value === undefined) {
    const misspelled = suggest(property, Object.keys(data as object));
    return {
      code: 'missing-key',
      severity: 'error',
      message: `the key "${property}" is missing in ${nameOf(path)}`,
      place: atKey(path),
      help: misspelled === undefined ? allowed : `is ${quoted(misspelled)} misspelled? ${allowed}`,
    };
  }
  const near = typeof value === 'string' ? suggest(value, values) : undefined;
  return {
    code: 'invalid-value',
    severity: 'error',
    message: `${quoted(value)} is not allowed for "${property}"`,
    place: atValue([...path, property]),
    help: near === undefined ? allowed : `did you mean "${near}"? ${allowed}`,
  };
}
