import { atValue, type Diagnostic, type Place, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Data, LoadedDocument } from '../load/document.ts';
import { type ApplicableSchemas, applicableSchemas } from './applicable.ts';
import type { Schema } from './schema.ts';
import { SECRET_UUID, SHORTEST, TEXT_SHAPES, VALUE_SHAPES } from './secret-shapes.ts';

/**
 * Secrets in the text of a topology, comments included. Works on text that does not parse, too. Neither message
 * nor code frame shows them.
 */
export function secretsInText(text: string): readonly Diagnostic[] {
  return TEXT_SHAPES.flatMap(({ what, pattern }) =>
    Array.from(text.matchAll(pattern), hit => {
      const end = /-----BEGIN/.test(hit[0])
        ? endOfPem(text, hit.index + hit[0].length)
        : hit.index + hit[0].length;
      return secretDiagnostic(what, { kind: 'span', start: hit.index, end });
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
export function secretsInValues({ data }: LoadedDocument, schema: Schema): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const applicable = applicableSchemas(schema, data);
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

function secretKind(value: string, path: TopologyPath, applicable: ApplicableSchemas): string | undefined {
  const shape = VALUE_SHAPES.find(({ pattern }) => pattern.test(value));
  if (shape !== undefined) {
    return applicable.at([...path]).schemas.some(schema => schema['x-public-key'] === true)
      ? undefined
      : shape.what;
  }
  // UUIDs of file systems are common, so the cheap question comes first.
  if (!SECRET_KEY.test(String(path.at(-1))) || !SECRET_UUID.pattern.test(value)) return undefined;
  return applicable.at([...path]).schemas.some(schema => schema['x-secret-ref'] === true)
    ? SECRET_UUID.what
    : undefined;
}

/** Keys of fields with `x-secret-ref`. */
const SECRET_KEY = /secret|password|key|token|credential/;

const secretDiagnostic = (what: string, place: Place): Diagnostic => ({
  code: 'secret-in-topology',
  severity: 'error',
  message: `this looks like ${what}, and no secret belongs in the topology`,
  place,
  help: 'refer to it by name, and replace it if this file was ever committed',
  secret: true,
});
