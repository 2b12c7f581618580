/** Which syntax faults are mistakes, and which only follow from one: a stray bracket puts everything behind it in doubt. */
import { type Lines, lineAt } from '../diagnostics/lines.ts';
import type { SyntaxFault } from './tree.ts';

/** The parser has left the document and understands nothing any more. */
const LOST = / token in YAML stream: /;

/** @returns those that are mistakes of their own, in the order of the text. */
export function causesOf(lines: Lines, faults: readonly SyntaxFault[]): readonly SyntaxFault[] {
  const sorted = faults.toSorted((a, b) => a.start - b.start || rank(a) - rank(b));
  const lost = sorted.find(({ message }) => LOST.test(message))?.start ?? Number.POSITIVE_INFINITY;
  const ended = new Set(sorted.filter(isAtEnd).map(({ start }) => lineAt(lines, start)));
  const causes: SyntaxFault[] = [];
  /** The latest place of a mistake so far. */
  let latest = -1;
  /** On the line on which a bracket was missed, the rest is read as something that it is not. */
  let brokenLine = 0;
  for (const fault of sorted) {
    const { start, bracket } = fault;
    if (start > lost) break;
    const line = lineAt(lines, start);
    if (line === brokenLine || isByproduct(fault, ended.has(line))) continue;
    if (bracket !== undefined && bracket.by === undefined) brokenLine = line;
    // Around a mistake, no bracket is found to be closed.
    if (bracket !== undefined && bracket.open < latest) continue;
    latest = bracket !== undefined && bracket.by === undefined ? bracket.open : start;
    causes.push(fault);
  }
  return causes;
}

const isAtEnd = ({ message }: SyntaxFault): boolean => message.endsWith(' at node end');

/** In `[{ a: 1 } { b: 2 }]` the first map becomes a key, because no comma follows it. */
const isByproduct = ({ code }: SyntaxFault, hasEnd: boolean): boolean => code === 'NON_STRING_KEY' && hasEnd;

/** In brackets, entries on several lines without a comma also make a key of several lines. */
const rank = ({ code }: SyntaxFault): number => (code === 'BLOCK_IN_FLOW' ? 0 : 1);
