import { memo } from '../once.ts';
import type { Diagnostic, Place } from './diagnostic.ts';
import { type Lines, lineAt, lineEnd, linesOf, positionAt } from './lines.ts';
import type { LocatedDiagnostic, Location } from './located.ts';
import {
  cell,
  findNode,
  KEY_END,
  KEY_START,
  type PositionIndex,
  VALUE_END,
  VALUE_START,
} from './positions.ts';
import { sortAndDedupe } from './sort.ts';

/** The topology that paths and spans are looked up in. Without an index (it did not parse) paths lead to line 1. */
export interface Source {
  /** Name to print, as the user gave it. */
  readonly file: string;
  readonly text: string;
  readonly index?: PositionIndex | undefined;
}

/** Lines of a topology of many megabytes, for all that looks something up there. */
export const sourceLines = memo(({ text }: Source): Lines => linesOf(text));

/** Looks up every place, sorts by file, line, column and code, and drops what is said twice. */
export function locateAll(diagnostics: Iterable<Diagnostic>, source: Source): readonly LocatedDiagnostic[] {
  const lines = sourceLines(source);
  const located: LocatedDiagnostic[] = [];
  for (const diagnostic of diagnostics) located.push(locateOne(diagnostic, source, lines));
  return sortAndDedupe(located);
}

function locateOne(diagnostic: Diagnostic, source: Source, lines: Lines): LocatedDiagnostic {
  const { code, severity, message, place, related = [], help } = diagnostic;
  const { file, line, column, endLine, endColumn } = locate(place, source, lines);
  return {
    code,
    severity,
    message,
    file,
    line,
    column,
    endLine,
    endColumn,
    path: place.kind === 'path' ? place.path : undefined,
    related: related.map(one => ({ message: one.message, ...locate(one.place, source, lines) })),
    help,
    secret: diagnostic.secret === true,
  };
}

/** Where a place is. `lines` are those of `source.text`, computed once for many places. */
export function locate(place: Place, source: Source, lines: Lines = sourceLines(source)): Location {
  if (place.kind === 'file') {
    const { file, line, column = 1, endColumn = column } = place;
    return { file, line, column, endLine: line, endColumn };
  }
  const [from, to] = place.kind === 'span' ? [place.start, place.end] : offsetsOf(place, source.index);
  const start = Math.min(from, source.text.length);
  const end = Math.min(Math.max(to, start), source.text.length);
  const { line, column } = positionAt(lines, start);
  const { line: endLine, column: endColumn } = positionAt(lines, endOffset(lines, start, end));
  return { file: source.file, line, column, endLine, endColumn };
}

/** An end at the start of a line belongs to the line break before it. */
function endOffset(lines: Lines, start: number, end: number): number {
  const line = lineAt(lines, end);
  return end > start && lines.starts[line - 1] === end ? lineEnd(lines, line - 1) : end;
}

/**
 * UTF-16 offsets of a path. Of a path that does not exist, the key of its deepest ancestor that does. A value
 * that is not there (`key:` alone) is shown at its key.
 */
export function offsetsOf(
  { path, on }: { readonly path: readonly (string | number)[]; readonly on: 'key' | 'value' },
  index: PositionIndex | undefined,
): readonly [start: number, end: number] {
  if (index === undefined || index.count === 0) return [0, 0];
  const { node, depth } = findNode(index, path);
  const key = [cell(index, node, KEY_START), cell(index, node, KEY_END)] as const;
  const value = [cell(index, node, VALUE_START), cell(index, node, VALUE_END)] as const;
  const hasKey = key[1] > key[0];
  const wantsKey = on === 'key' || depth < path.length || value[1] <= value[0];
  return wantsKey && hasKey ? key : value;
}

/** How a value stands in the text, quotes and all; what YAML made of it may differ (`4.10` is the number 4.1). */
export function valueText(
  text: string,
  index: PositionIndex,
  path: readonly (string | number)[],
): string | undefined {
  const { node, depth } = findNode(index, path);
  if (depth < path.length) return undefined;
  const target = index.aliases.get(node) ?? node;
  return text.slice(cell(index, target, VALUE_START), cell(index, target, VALUE_END));
}
