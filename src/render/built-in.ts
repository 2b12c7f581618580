/**
 * Built-in templates as code. Run from its sources offsite has none and compiles each template when it is first used; the
 * build replaces this module by the output of `scripts/build-templates.ts`, so nothing generated lies in the tree
 * and nothing can be out of date.
 */
import type { BuiltInTemplates } from './template-set.ts';

export const builtInTemplates: BuiltInTemplates = {};
