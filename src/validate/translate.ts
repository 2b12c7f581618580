import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { AjvError } from './ajv-error.ts';
import { noAlternative } from './alternatives.ts';
import { applicableSchemas } from './applicable.ts';
import { type Fault, relevantFaults } from './fault.ts';
import { badEnum, badLimit, badName, badText, meantKey, missingKey, unknownKey } from './keywords.ts';
import type { Schema } from './schema.ts';
import { type RawText, wrongType } from './wrong-type.ts';

/** Of several faults of one value the first of these is the mistake and the others follow from it. */
const RANK = ['type', 'discriminator', 'oneOf', 'anyOf', 'const', 'enum', 'pattern'];

interface Translated {
  readonly diagnostic: Diagnostic;
  readonly fault: Fault;
}

/** Turns the errors of Ajv into one diagnostic for each mistake. */
export function translate(
  root: Schema,
  data: unknown,
  errors: readonly AjvError[],
  raw: RawText,
): Diagnostic[] {
  const faults = relevantFaults(errors, applicableSchemas(root, data), data);
  const reported = new Set<string>();
  const found: Translated[] = [];
  for (const fault of faults.toSorted((a, b) => rank(a) - rank(b))) {
    const diagnostic = diagnosticOf(root, fault, raw);
    if (diagnostic === undefined) continue;
    const key = mistakeKey(fault, diagnostic);
    if (reported.has(key)) continue;
    reported.add(key);
    found.push({ diagnostic, fault });
  }
  return withoutMisspelled(found).map(({ diagnostic }) => diagnostic);
}

const rank = ({ keyword }: Fault): number => (RANK.indexOf(keyword) + RANK.length + 1) % (RANK.length + 1);

/** A value is wrong once; of its keys each can be unknown, missing or badly named. */
function mistakeKey({ path }: Fault, { place, code, message }: Diagnostic): string {
  const at = JSON.stringify(path);
  const perKey = ['unknown-key', 'missing-key', 'invalid-name', 'conflicting-keys'].includes(code);
  if (!perKey) return place.kind === 'path' ? JSON.stringify(place.path) : at;
  return `${at} ${code} ${message}`;
}

function diagnosticOf(root: Schema, fault: Fault, raw: RawText): Diagnostic | undefined {
  switch (fault.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return unknownKey(fault);
    case 'required':
      return missingKey(root, fault);
    case 'type':
      return wrongType(root, fault, [fault.schema.type ?? []].flat(), raw);
    case 'enum':
    case 'const':
      return badEnum(fault);
    case 'propertyNames':
      return badName(root, fault);
    case 'oneOf':
    case 'anyOf':
    case 'discriminator':
      return noAlternative(root, fault, raw);
    case 'pattern':
    case 'minLength':
    case 'maxLength':
      return badText(root, fault);
    default:
      return badLimit(fault);
  }
}

/** A misspelled key is one mistake, although the right one is missing as well. */
function withoutMisspelled(found: readonly Translated[]): Translated[] {
  const keyPath = ({ path }: Fault, key: string): string => JSON.stringify([...path, key]);
  const meant = new Set<string>();
  for (const { fault, diagnostic } of found) {
    const key = diagnostic.code === 'unknown-key' ? meantKey(fault) : undefined;
    if (key !== undefined) meant.add(keyPath(fault, key));
  }
  return found.filter(({ fault }) => {
    return (
      fault.keyword !== 'required' || !meant.has(keyPath(fault, String(fault.params['missingProperty'])))
    );
  });
}
