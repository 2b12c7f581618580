import type { TopologyPath } from './diagnostic.ts';
import { type Lines, lineEnd, lineStart } from './lines.ts';
import {
  cell,
  childrenOf,
  ITEM,
  KEY_START,
  NAME,
  type PositionIndex,
  SHADOWED,
  VALUE_END,
} from './positions.ts';

/**
 * The path that a line (from 1) of the topology is about: the outermost node that starts on the line, or else
 * the deepest one whose text runs over it (a long string, the map around a comment). Undefined where there is
 * only the document itself.
 */
export function pathAtLine(index: PositionIndex, lines: Lines, line: number): TopologyPath | undefined {
  if (line < 1 || line > lines.starts.length) return undefined;
  const start = lineStart(lines, line);
  const end = lineEnd(lines, line);
  const path: (string | number)[] = [];
  for (let node = 0; ; ) {
    const step = lastChildBefore(index, node, start, end);
    if (step === undefined || step.name === undefined) break;
    path.push(step.name);
    if (step.starts) break;
    node = step.node;
  }
  return path.length > 0 ? path : undefined;
}

interface Step {
  readonly node: number;
  /** Undefined for the second of two equal keys, which has no path. */
  readonly name: string | number | undefined;
  readonly starts: boolean;
}

function lastChildBefore(index: PositionIndex, node: number, start: number, end: number): Step | undefined {
  let found: Step | undefined;
  let item = 0;
  for (const child of childrenOf(index, node)) {
    const from = startOf(index, child);
    const id = cell(index, child, NAME);
    const name = id === ITEM ? item++ : id === SHADOWED ? undefined : index.names[id];
    if (from > end) break;
    if (from >= start) return { node: child, name, starts: true };
    found = cell(index, child, VALUE_END) > start ? { node: child, name, starts: false } : undefined;
  }
  return found;
}

/** A key is where a pair starts; an item has none and starts with its value. */
const startOf = (index: PositionIndex, node: number): number =>
  cell(index, node, cell(index, node, NAME) === ITEM ? KEY_START + 2 : KEY_START);
