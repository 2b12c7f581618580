/** Values in commands for people. Every value is one word, whatever it holds. */
import { shellWord } from '../formats/shell/quote.ts';

/** The value as one shell word. Values with a line end are refused long before; here they would be our own mistake. */
export function word(value: string): string {
  const quoted = shellWord(value);
  if (quoted === undefined) throw new Error(`no shell word: ${JSON.stringify(value)}`);
  return quoted;
}
