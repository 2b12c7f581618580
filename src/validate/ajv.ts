import { Ajv2020 } from 'ajv/dist/2020.js';

/**
 * Keywords of our own in the schema. They assert nothing: diagnostics, documentation and `resolve` read them.
 *
 * - `x-hint`: in words, what a `pattern` allows.
 * - `x-quote`: YAML reads an unquoted value of this kind as a number; where quotes alone do not mend each such number,
 *   a pattern of those that they do.
 * - `x-public-key`: the value looks like a secret key and is none.
 * - `x-secret-ref`: the value is the name of a secret.
 * - `x-unread`: for people only, nothing is rendered or checked from the value.
 * - `x-ref`, `x-unit`, `x-carries`: what a value refers to, its unit, what it carries.
 */
export const VOCABULARY = [
  'x-hint',
  'x-quote',
  'x-public-key',
  'x-secret-ref',
  'x-unread',
  'x-ref',
  'x-unit',
  'x-carries',
];

/**
 * The one configuration of Ajv: strict, so that a misspelled keyword in the schema fails the build. Used when the
 * validators are generated and by tests; the program itself runs generated code and never loads Ajv.
 */
export function newAjv(options: { readonly allErrors: boolean; readonly source?: boolean }): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: options.allErrors,
    strict: true,
    // Of a `oneOf` with `discriminator` only the branch of the given `kind` is validated.
    discriminator: true,
    // `anyOf: [{required: [a]}, {required: [b]}]` names properties that the schema around it defines.
    strictRequired: false,
    // Small code: a function for each definition, and no texts, since `translate.ts` has its own.
    inlineRefs: false,
    messages: false,
    code: { source: options.source === true, esm: true },
  });
  ajv.addVocabulary(VOCABULARY);
  return ajv;
}
