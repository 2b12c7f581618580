/** Where the lines of a text start. LF and CRLF end a line, as in the YAML parser. */
export interface Lines {
  readonly text: string;
  /** UTF-16 offset of the first unit of each line. */
  readonly starts: readonly number[];
  /** Offsets of all second halves of surrogate pairs, so that columns of very long lines are cheap. */
  readonly halves: readonly number[];
}

/** Line and column count from 1. A column counts Unicode characters (code points), not bytes or UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { text, starts, halves: Array.from(text.matchAll(/[\udc00-\udfff]/g), hit => hit.index) };
}

/** The line (from 1) that holds a UTF-16 offset; an offset at the end of the text is on the last line. */
export const lineAt = ({ starts }: Lines, offset: number): number => countBelow(starts, offset + 1);

/** Offset of the first unit of a line (from 1). */
export const lineStart = ({ starts, text }: Lines, line: number): number => starts[line - 1] ?? text.length;

/** Offset behind the last character of a line, without its line break. */
export function lineEnd({ starts, text }: Lines, line: number): number {
  const next = starts[line];
  if (next === undefined) return text.length;
  return text[next - 2] === '\r' ? next - 2 : next - 1;
}

export function positionAt(lines: Lines, offset: number): Position {
  const line = lineAt(lines, offset);
  const start = lineStart(lines, line);
  const end = Math.max(start, wholeCharacter(lines.text, Math.min(offset, lineEnd(lines, line))));
  return { line, column: end - start - countBelow(lines.halves, end) + countBelow(lines.halves, start) + 1 };
}

/** The UTF-16 offset of a position: the reverse of `positionAt`, kept within the line. */
export function offsetAt(lines: Lines, { line, column }: Position): number {
  let low = lineStart(lines, line);
  let high = lineEnd(lines, line);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (positionAt(lines, middle).column <= column) low = middle;
    else high = middle - 1;
  }
  return wholeCharacter(lines.text, low);
}

/** The offset itself, or that of the character in the middle of which (of whose surrogate pair) it lies. */
export function wholeCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return offset > 0 && unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}

/** How many of these ascending numbers are less than `limit`. */
function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
