/** Provenance with places looked up: rendered lines, each with the stretches of the topology that caused it. */
import type { Compilation } from '../compile.ts';
import { atKey, type TopologyPath } from '../diagnostics/diagnostic.ts';
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

export interface RenderedLines {
  readonly lines: readonly ExplainedLine[];
  /** In words, what is shown where nothing comes from what stands on the line itself. */
  readonly note?: string;
}

/**
 * The rendered lines that a line of the topology (or any) caused: those caused by what starts there or lies in it
 * or, where there are none, by the innermost thing around it.
 * @param isForPeople whether nothing is rendered or checked from what a path leads to.
 */
export function renderedLines(
  compilation: Compilation,
  label: string,
  line: number | undefined,
  isForPeople: (path: TopologyPath) => boolean,
): RenderedLines {
  const { lines } = compilation.explain();
  if (line === undefined) return { lines: withPlaces(compilation, label, lines) };
  const { source } = compilation;
  const path = source.index && pathAtLine(source.index, linesOf(source.text), line);
  if (path === undefined) return { lines: [] };
  const lineOf = (at: TopologyPath): number => locate(atKey(at), source).line;
  const inside = lines.filter(one => one.causes.some(cause => startsWith(cause, path)));
  const isHere = lineOf(path) === line;
  if (inside.length > 0) {
    const found = withPlaces(compilation, label, inside);
    const note = `nothing starts on line ${line}; shown is what comes from \`${path.join('.')}\`, line ${lineOf(path)}`;
    return isHere ? { lines: found } : { lines: found, note };
  }
  const name = path.join('.');
  if (isHere && isForPeople(path))
    return { lines: [], note: `\`${name}\` is for people: nothing is rendered or checked from it` };
  const depth = (one: CausedLine): number =>
    Math.max(0, ...one.causes.filter(cause => startsWith(path, cause)).map(cause => cause.length));
  const innermost = lines.reduce((most, one) => Math.max(most, depth(one)), 0);
  if (innermost === 0) return { lines: [] };
  const around = path.slice(0, innermost);
  return {
    lines: withPlaces(
      compilation,
      label,
      lines.filter(one => depth(one) === innermost),
    ),
    note: `no rendered line comes from \`${name}\` itself; shown is what comes from \`${around.join('.')}\`, line ${lineOf(around)}`,
  };
}

function startsWith(path: TopologyPath, head: TopologyPath): boolean {
  return head.length <= path.length && head.every((step, i) => step === path[i]);
}

function withPlaces(
  { files = [], source }: Compilation,
  label: string,
  lines: readonly CausedLine[],
): readonly ExplainedLine[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const split = new Map<string, readonly string[]>();
  return merged(lines).map(({ file, line, causes }) => {
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
        ...locate(atKey(path), source),
      })),
    };
  });
}

/** A line that several facts stand on has the causes of all of them. */
function merged(lines: readonly CausedLine[]): readonly CausedLine[] {
  const byPlace = new Map<string, { file: string; line: number; causes: Map<string, TopologyPath> }>();
  for (const { file, line, causes } of lines) {
    const place = `${line} ${file}`;
    const known = byPlace.get(place) ?? { file, line, causes: new Map() };
    byPlace.set(place, known);
    for (const cause of causes) known.causes.set(JSON.stringify(cause), cause);
  }
  return [...byPlace.values()].map(({ causes, ...one }) => ({ ...one, causes: [...causes.values()] }));
}
