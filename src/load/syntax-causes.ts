/** Which syntax faults are mistakes, and which only follow from one: a stray bracket puts everything behind it in doubt. */
import { type Lines, lineAt, lineStart } from '../diagnostics/lines.ts';
import { blockEnd, deeperKeys, indentation, isMisfit, misfitAt, misfitEnd } from './indentation.ts';
import type { SyntaxFault } from './tree.ts';

/** The parser has left the document and understands nothing any more. */
const LOST = / token in YAML stream: /;

/** @returns those that are mistakes of their own, in the order of the text. */
export function causesOf(lines: Lines, faults: readonly SyntaxFault[]): readonly SyntaxFault[] {
  const sorted = faults.toSorted((a, b) => a.start - b.start || rank(a) - rank(b));
  const lost = sorted.find(({ message }) => LOST.test(message))?.start ?? Number.POSITIVE_INFINITY;
  const ended = new Set(sorted.filter(isAtEnd).map(({ start }) => lineAt(lines, start)));
  const deeper = deeperKeys(faults);
  const causes: SyntaxFault[] = [];
  /** The latest place of a mistake so far. */
  let latest = -1;
  /** On the line on which a bracket was missed, the rest is read as something that it is not. */
  let brokenLine = 0;
  /** Where the block ends whose key has no colon: its lines go on with the key, and none of them with its neighbours. */
  let orphansEnd = -1;
  /** Where the block ends in which a line is not indented like the others. */
  let misfitsEnd = -1;
  for (const found of sorted) {
    if (found.start > lost) break;
    const foundAt = lineAt(lines, found.start);
    if (foundAt === brokenLine || isByproduct(found, ended.has(foundAt))) continue;
    if (found.code === 'BLOCK_AS_IMPLICIT_KEY' && deeper.has(found.start)) continue;
    const isDeeper = found.code === 'MULTILINE_IMPLICIT_KEY' && deeper.has(found.start);
    const isAtLine = !isDeeper && !isMisfit(found);
    const fault = isAtLine
      ? found
      : misfitAt(lines, found, isDeeper ? lineAt(lines, found.end - 1) : foundAt);
    const { start, bracket } = fault;
    const line = lineAt(lines, start);
    if (start < orphansEnd && OF_ORPHANS.has(fault.code)) continue;
    if (start < misfitsEnd && isMisfit(fault)) continue;
    // Within such a block, not for each tab: the way to its end is long.
    if (start >= misfitsEnd && (isMisfit(fault) || fault.code === 'TAB_AS_INDENT'))
      misfitsEnd = misfitEnd(lines, line);
    if (fault.code === 'MULTILINE_IMPLICIT_KEY')
      orphansEnd = blockEnd(lines, line, indentation(lines.text, lineStart(lines, line)));
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

/** What is said of lines that go on with a key. */
const OF_ORPHANS: ReadonlySet<string> = new Set([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'MULTILINE_IMPLICIT_KEY',
]);
