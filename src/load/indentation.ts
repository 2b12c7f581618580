/** How far a mistake of indentation reaches, and where it was made: the parser finds it where it no longer understands. */
import { type Lines, lineStart } from '../diagnostics/lines.ts';
import type { SyntaxFault } from './tree.ts';

/** As the `yaml` package says it. */
const NEIGHBOURS = 'All mapping items must start at the same column';

/** Whether the fault is that a line is not indented like its neighbours. */
export const isMisfit = ({ code, message }: SyntaxFault): boolean =>
  code === 'BAD_INDENT' && message.endsWith(' items must start at the same column');

/** Where the lines end that are indented by more than `column`, after this one (from 1). */
export function blockEnd(lines: Lines, line: number, column: number): number {
  const { text, starts } = lines;
  for (let next = line; next < starts.length; next++) {
    const start = starts[next] ?? text.length;
    if (!isEmpty(lines, start) && indentation(text, start) <= column) return start;
  }
  return text.length;
}

/**
 * Where the block ends into which a line does not fit. Its other lines are measured by that one line, and then none
 * fits. A tab counts as nothing.
 */
export function misfitEnd(lines: Lines, line: number): number {
  const start = lineStart(lines, line);
  const column = indentation(lines.text, start);
  return blockEnd(
    lines,
    line,
    lines.text[start + column] === '\t' ? column : columnAround(lines, line, column),
  );
}

/** Blanks before the line around this one: the nearest above that is indented less. */
function columnAround(lines: Lines, line: number, column: number): number {
  for (let above = line - 1; above > 0; above--) {
    const start = lineStart(lines, above);
    const blanks = indentation(lines.text, start);
    if (blanks < column && !isEmpty(lines, start)) return blanks;
  }
  return -1;
}

/**
 * Where a key that is indented deeper than the one above goes on with the value of that one, and the parser finds a key
 * within a value. To blame is the line of the second key.
 */
export function deeperKeys(faults: readonly SyntaxFault[]): ReadonlySet<number> {
  const startsOf = (wanted: string): number[] =>
    faults.flatMap(({ code, start }) => (code === wanted ? start : []));
  const long = new Set(startsOf('MULTILINE_IMPLICIT_KEY'));
  return new Set(startsOf('BLOCK_AS_IMPLICIT_KEY').filter(start => long.has(start)));
}

/**
 * The fault at the line that does not fit: the parser finds it at the blank lines and comments in front.
 * @param line where to look for it, and below.
 */
export function misfitAt(lines: Lines, fault: SyntaxFault, line: number): SyntaxFault {
  let at = line;
  while (at < lines.starts.length && isEmpty(lines, lineStart(lines, at))) at += 1;
  const begin = lineStart(lines, at);
  const start = begin + indentation(lines.text, begin);
  return { ...fault, code: 'BAD_INDENT', message: NEIGHBOURS, start, end: start + 1 };
}

export function indentation(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ') at += 1;
  return at - start;
}

/** Whether a line holds nothing but blanks or a comment. */
const isEmpty = ({ text }: Lines, start: number): boolean =>
  /[\r\n#]/.test(text[start + indentation(text, start)] ?? '\n');
