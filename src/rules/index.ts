/** Every rule, in the order in which they run. Adding one: its file, a line here, fixtures in `test/rules/<id>/`. */
import type { Rule } from './rule.ts';

export const RULES: readonly Rule[] = [];
