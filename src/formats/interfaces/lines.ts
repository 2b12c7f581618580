import type { ReadError } from '../../artifacts/artifact.ts';

export interface LogicalLine {
  /** First line of the text, from 1. */
  readonly line: number;
  /** Trimmed, continuation lines joined by one blank. */
  readonly text: string;
}

const EDGES = /^[ \t\r]+|[ \t\r]+$/g;
const CONTINUED = /\\[ \t\r]*$/;
const TEMPLATE = /^[ \t]*%|<%|<\/%|\$\{/;

/**
 * Joins lines that end in a backslash and drops comments and blank lines. ifupdown2 joins before it looks for comments:
 * a comment that ends in a backslash swallows the next line, and blank lines after a backslash are skipped.
 */
export function* logicalLines(lines: readonly string[], errors: ReadError[]): Generator<LogicalLine> {
  const templated = lines.some(content => content.includes('%'));
  let start = 0;
  let joined: string | undefined;
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    reportUnsafe(content, line, templated, errors);
    if (joined !== undefined && content.replace(EDGES, '') === '') continue;
    if (joined === undefined) start = line;
    const continued = CONTINUED.test(content);
    const part = (continued ? content.replace(CONTINUED, '') : content).replace(EDGES, '');
    const text: string = joined === undefined ? part : `${joined} ${part}`;
    joined = continued ? text : undefined;
    if (!continued && text !== '' && !text.startsWith('#')) yield { line: start, text };
  }
  if (joined !== undefined) errors.push({ line: start, message: 'the last line ends in a backslash' });
}

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
