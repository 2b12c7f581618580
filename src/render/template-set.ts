/**
 * Names and texts of templates. A template is named by its path below `templates/` without `.hbs`:
 *
 *   `<kind>/<kind>`       the template of an artifact kind
 *   `<kind>/<part>`       a part of it, included as `{{> <kind>/<part>}}`
 *   `_partials/<name>`    shared, included as `{{> <name>}}`
 */

import type { PlainTemplate } from './plain-words.ts';

/** A template's source, and its path as a diagnostic shows it. */
export interface TemplateText {
  readonly file: string;
  readonly text: string;
}

/** Code of a built-in template, with the source it was made from: an equal text may use the code. */
export interface BuiltInTemplate {
  readonly text: string;
  /** Names of the templates it includes. */
  readonly partials: readonly string[];
  readonly code: PlainTemplate;
}

export type BuiltInTemplates = Readonly<Record<string, BuiltInTemplate>>;

const SHARED = '_partials/';

/** Name of the template that lays out files of `kind`. */
export const mainTemplate = (kind: string): string => kind + '/' + kind;

/** The name by which `{{> …}}` includes the template. */
export const partialName = (template: string): string =>
  template.startsWith(SHARED) ? template.slice(SHARED.length) : template;

/** The template that `{{> name}}` includes. */
export const templateOfPartial = (name: string): string => (name.includes('/') ? name : SHARED + name);

/** `template` and everything it includes, directly or not, each once. */
export function closure(
  template: string,
  includes: (template: string) => readonly string[],
): readonly string[] {
  const found = new Set([template]);
  for (const name of found) for (const next of includes(name)) found.add(next);
  return [...found];
}
