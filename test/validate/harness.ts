import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { locateAll } from '../../src/diagnostics/locate.ts';
import { parseTopology } from '../../src/load/parse.ts';
import { newAjv } from '../../src/validate/ajv.ts';
import type { ValidateFunction } from '../../src/validate/ajv-error.ts';
import type { Schema } from '../../src/validate/schema.ts';
import { type Validated, validate } from '../../src/validate/validate.ts';

/** Validates a text with a schema of the test's own. */
export async function check(schema: Schema, text: string): Promise<Validated> {
  const compiled = (allErrors: boolean) =>
    newAjv({ allErrors }).compile(schema) as unknown as ValidateFunction;
  const { document } = parseTopology(text);
  if (document === undefined) throw new Error('the text of the test does not parse');
  return validate(document, {
    schema: () => schema,
    failFast: compiled(false),
    allErrors: () => compiled(true),
  });
}

/** `line:column code message | help`, sorted. */
export function lines(text: string, diagnostics: readonly Diagnostic[]): string[] {
  const { document } = parseTopology(text);
  return locateAll(diagnostics, { file: 'f', text, index: document?.index }).map(
    ({ line, column, code, message, help }) =>
      `${line}:${column} ${code} ${message}${help ? ` | ${help}` : ''}`,
  );
}
