import { atValue, type Diagnostic, type Place, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Data, LoadedDocument } from '../load/document.ts';
import { once } from '../once.ts';
import { type ApplicableSchemas, applicableSchemas } from './applicable.ts';
import type { Schema } from './schema.ts';
import { SECRET_UUID, SHORTEST, TEXT_SHAPES, VALUE_SHAPES } from './secret-shapes.ts';

/**
 * Secrets in the text of a topology, comments included. Works on text that does not parse, too. Neither message
 * nor code frame shows them.
 */
export function secretsInText(text: string): readonly Diagnostic[] {
  const possible = TEXT_SHAPES.filter(({ hints }) => hints.some(hint => text.includes(hint)));
  return possible.flatMap(({ what, pattern, help }) =>
    Array.from(text.matchAll(pattern), hit => {
      const end = /-----BEGIN/.test(hit[0])
        ? endOfPem(text, hit.index + hit[0].length)
        : hit.index + hit[0].length;
      return secretDiagnostic(what, { kind: 'span', start: hit.index, end }, help);
    }),
  );
}

/** The key goes on to its END line; without one, or far away, only the first line is marked. */
function endOfPem(text: string, from: number): number {
  const end = text.slice(from, from + MAX_PEM).search(/-----END [A-Z0-9 ]{0,60}-----/);
  return end < 0 ? from : from + end;
}

const MAX_PEM = 20_000;

/** Values that have the form of a secret, except in fields that the schema marks as public keys. */
export function secretsInValues({ data }: LoadedDocument, schema: () => Schema): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const applicable = once(() => applicableSchemas(schema(), data));
  const path: (string | number)[] = [];
  const visit = (value: Data): void => {
    if (typeof value === 'string') {
      const what = value.length < SHORTEST ? undefined : secretKind(value, path, applicable);
      if (what !== undefined) found.push(secretDiagnostic(what, atValue([...path])));
    } else if (Array.isArray(value)) {
      value.forEach((item, i) => {
        path.push(i);
        visit(item as Data);
        path.pop();
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const key in value) {
        path.push(key);
        visit((value as Record<string, Data>)[key]!);
        path.pop();
      }
    }
  };
  visit(data);
  return found;
}

function secretKind(
  value: string,
  path: TopologyPath,
  applicable: () => ApplicableSchemas,
): string | undefined {
  const shape = VALUE_SHAPES.find(({ pattern }) => pattern.test(value));
  if (shape !== undefined) {
    const isPublic = isPublicField(path) || marks(applicable(), path, 'x-public-key');
    return isPublic ? undefined : shape.what;
  }
  // UUIDs of file systems are common, so the cheap question comes first.
  if (!SECRET_KEY.test(String(path.at(-1))) || !SECRET_UUID.pattern.test(value)) return undefined;
  return marks(applicable(), path, 'x-secret-ref') ? SECRET_UUID.what : undefined;
}

/** Fields that the schema marks with `x-public-key` wherever they are, so that it need not be asked. */
export const PUBLIC_FIELDS: readonly unknown[] = [
  'encryption_fingerprint',
  'fingerprint',
  'host_key',
  'public_key',
];

/** Below `properties` names are those of another program. */
const isPublicField = (path: TopologyPath): boolean =>
  PUBLIC_FIELDS.includes(path.at(-1)) && !path.includes('properties');

const marks = (
  applicable: ApplicableSchemas,
  path: TopologyPath,
  mark: 'x-public-key' | 'x-secret-ref',
): boolean => applicable.at([...path]).schemas.some(schema => schema[mark] === true);

/** Keys of fields with `x-secret-ref`. */
const SECRET_KEY = /secret|password|key|token|credential/;

const secretDiagnostic = (
  what: string,
  place: Place,
  help = 'refer to it by name, and replace it if this file was ever committed',
): Diagnostic => ({
  code: 'secret-in-topology',
  severity: 'error',
  message: `this looks like ${what}, and no secret belongs in the topology`,
  place,
  help,
  secret: true,
});
