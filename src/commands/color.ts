import type { Io } from './io.ts';
import type { ColorChoice } from './parse.ts';

/**
 * Whether to colour what goes to a stream. The option decides; then `FORCE_COLOR` (not `0`) and `NO_COLOR` when they
 * are set and not empty (https://no-color.org); then whether the stream is a terminal that can.
 */
export function useColor(choice: ColorChoice, env: Io['env'], terminal: boolean): boolean {
  if (choice !== 'auto') return choice === 'always';
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = env;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return terminal && term !== 'dumb';
}
