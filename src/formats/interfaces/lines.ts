import type { ReadError } from '../../artifacts/artifact.ts';

export interface LogicalLine {
  /** First line of the text, from 1. */
  readonly line: number;
  /** Trimmed, continuation lines joined by one blank. */
  readonly text: string;
}

const CONTINUED = /\\[ \t\r]*$/;
const TEMPLATE = /^[ \t]*%|<%|<\/%|\$\{/;

/**
 * Joins lines that end in a backslash and drops comments and blank lines. ifupdown2 joins before it looks for comments:
 * a comment that ends in a backslash swallows the next line, and blank lines after a backslash are skipped.
 */
export function logicalLines(text: string, lines: readonly string[], errors: ReadError[]): LogicalLine[] {
  const found: LogicalLine[] = [];
  const templated = text.includes('%');
  // Nearly all texts have nothing of all this.
  const isPlain = !text.includes('\\') && !text.includes('\r') && !text.includes('\0');
  let start = 0;
  let joined: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const content = lines[index]!;
    const line = index + 1;
    if (!isPlain || templated) reportUnsafe(content, line, templated, errors);
    if (joined !== undefined && trim(content) === '') continue;
    if (joined === undefined) start = line;
    const continued = !isPlain && CONTINUED.test(content);
    const part = trim(continued ? content.replace(CONTINUED, '') : content);
    const whole: string = joined === undefined ? part : `${joined} ${part}`;
    joined = continued ? whole : undefined;
    if (!continued && whole !== '' && !whole.startsWith('#')) found.push({ line: start, text: whole });
  }
  if (joined !== undefined) errors.push({ line: start, message: 'the last line ends in a backslash' });
  return found;
}

function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isEdge(text.charCodeAt(start))) start++;
  while (end > start && isEdge(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

const isEdge = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d;

function reportUnsafe(content: string, line: number, templated: boolean, errors: ReadError[]): void {
  if (/[\0\r]/.test(content))
    errors.push({ line, message: 'a control character that ifupdown2 takes for a line end' });
  if (content.replace(CONTINUED, '').includes('\\')) {
    errors.push({ line, message: 'a backslash inside a line: ifupdown2 reads a blank' });
  }
  if (templated && TEMPLATE.test(content)) {
    errors.push({ line, message: 'template syntax: ifupdown2 hands a file with "%" to its template engine' });
  }
}
