/** Provenance with places looked up: rendered lines, each with the stretches of the topology that caused it. */
import type { Compilation } from '../compile.ts';
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { linesOf } from '../diagnostics/lines.ts';
import { locate } from '../diagnostics/locate.ts';
import type { Location } from '../diagnostics/located.ts';
import { pathAtLine } from '../diagnostics/path-at-line.ts';
import type { OutFile } from '../emit/change.ts';

export interface Cause extends Location {
  readonly path: TopologyPath;
}

export interface ExplainedLine {
  /** As it is printed: below the label of `out/`. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly causes: readonly Cause[];
}

interface CausedLine {
  readonly file: string;
  readonly line: number;
  readonly causes: readonly TopologyPath[];
}

/** The lines of one rendered file (or one of them) with their causes. */
export function topologyLines(
  compilation: Compilation,
  label: string,
  file: OutFile,
  line: number | undefined,
): readonly ExplainedLine[] {
  const { lines } = compilation.explain();
  const wanted = lines.filter(one => one.file === file.path && (line === undefined || one.line === line));
  return withPlaces(compilation, label, wanted);
}

/**
 * The rendered lines that a line of the topology (or any) caused: those caused by what starts there or lies in it
 * or, where there are none, by the innermost thing around it.
 */
export function renderedLines(
  compilation: Compilation,
  label: string,
  line: number | undefined,
): readonly ExplainedLine[] {
  const { lines } = compilation.explain();
  if (line === undefined) return withPlaces(compilation, label, lines);
  const { index, text } = compilation.source;
  const path = index === undefined ? undefined : pathAtLine(index, linesOf(text), line);
  if (path === undefined) return [];
  const inside = lines.filter(one => one.causes.some(cause => startsWith(cause, path)));
  if (inside.length > 0) return withPlaces(compilation, label, inside);
  const depth = (one: CausedLine): number =>
    Math.max(0, ...one.causes.filter(cause => startsWith(path, cause)).map(cause => cause.length));
  const innermost = lines.reduce((most, one) => Math.max(most, depth(one)), 0);
  const around = innermost === 0 ? [] : lines.filter(one => depth(one) === innermost);
  return withPlaces(compilation, label, around);
}

function startsWith(path: TopologyPath, head: TopologyPath): boolean {
  return head.length <= path.length && head.every((step, i) => step === path[i]);
}

function withPlaces(
  { files = [], source }: Compilation,
  label: string,
  lines: readonly CausedLine[],
): readonly ExplainedLine[] {
  const sourceLines = linesOf(source.text);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const split = new Map<string, readonly string[]>();
  return lines.map(({ file, line, causes }) => {
    let fileLines = split.get(file);
    if (fileLines === undefined) {
      fileLines = (texts.get(file) ?? '').split('\n');
      split.set(file, fileLines);
    }
    return {
      file: `${label}/${file}`,
      line,
      text: fileLines[line - 1] ?? '',
      causes: causes.map(path => ({
        path,
        ...locate({ kind: 'path', path, on: 'key' }, source, sourceLines),
      })),
    };
  });
}
