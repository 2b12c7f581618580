import { expect, test } from 'vitest';
import { useColor } from '../../src/commands/color.ts';
import type { ColorChoice } from '../../src/commands/parse.ts';

const table: [choice: ColorChoice, env: Record<string, string>, terminal: boolean, colours: boolean][] = [
  ['auto', {}, true, true],
  ['auto', {}, false, false],
  ['auto', { TERM: 'dumb' }, true, false],
  ['auto', { NO_COLOR: '1' }, true, false],
  ['auto', { NO_COLOR: '' }, true, true],
  ['auto', { FORCE_COLOR: '1' }, false, true],
  ['auto', { FORCE_COLOR: '0' }, true, false],
  ['auto', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  ['always', { NO_COLOR: '1' }, false, true],
  ['never', { FORCE_COLOR: '1' }, true, false],
];

test.each(table)('--color %s with %o on a terminal: %s gives %s', (choice, env, terminal, colours) => {
  expect(useColor(choice, env, terminal)).toBe(colours);
});
