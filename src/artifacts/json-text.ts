/**
 * JSON with an indentation of 1, as `JSON.stringify` writes it, put together from texts: for a large fleet the manifest
 * has a million lines, and building its objects first takes several times as long.
 */

/** Printable ASCII without what JSON escapes. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Whether the text stands in JSON as it is. */
export const isPlainText = (text: string): boolean => PLAIN.test(text);

export const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

/** @param items JSON texts. @param depth of the list: its items stand one deeper. */
export const listText = (items: readonly string[], depth: number): string => enclosed('[', items, ']', depth);

/** @param members texts of `quoted(key): value`. */
export const objectText = (members: readonly string[], depth: number): string =>
  enclosed('{', members, '}', depth);

function enclosed(open: string, parts: readonly string[], close: string, depth: number): string {
  if (parts.length === 0) return open + close;
  const end = INDENTS[depth] ?? `\n${' '.repeat(depth)}`;
  const between = `,${end} `;
  // Long texts are joined once and not copied again; short ones need no list.
  let text = `${open}${end} `;
  if (parts.length > LONG) text += parts.join(between);
  else for (let i = 0; i < parts.length; i++) text += i === 0 ? parts[i] : between + parts[i];
  return text + end + close;
}

const INDENTS: readonly string[] = ['\n', '\n ', '\n  ', '\n   ', '\n    '];
const LONG = 100;
