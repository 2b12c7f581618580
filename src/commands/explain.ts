/**
 * `offsite explain FILE[:LINE]`: from rendered lines to the lines of the topology that caused them, and back. Both
 * directions print the same list: rendered lines, each with its causes.
 */
import { relative, resolve, sep } from 'node:path';
import type { Compilation } from '../compile.ts';
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { linesOf } from '../diagnostics/lines.ts';
import type { Location } from '../diagnostics/located.ts';
import type { OutFile } from '../emit/change.ts';
import { readPackageFile } from '../load/input.ts';
import { applicableSchemas } from '../validate/applicable.ts';
import type { Schema } from '../validate/schema.ts';
import { exitCode, judge } from './findings.ts';
import { type Compiled, compileTopology, type LoadCompiler } from './input.ts';
import type { Io } from './io.ts';
import { type Settings, UsageError } from './parse.ts';
import { type ExplainedLine, type RenderedLines, renderedLines, topologyLines } from './provenance.ts';

interface Query {
  readonly file: string;
  readonly line: number | undefined;
}

export async function explain(settings: Settings, io: Io, load: LoadCompiler): Promise<number> {
  const query = parseQuery(settings.positionals[0] ?? '');
  const compiled = await compileTopology(settings, io, load);
  const { compilation } = compiled;
  if (compilation.files === undefined) {
    const findings = judge(compilation, [], settings);
    const { printFindings } = await import('./print.ts');
    printFindings(findings, { ...settings, format: 'human' }, io, { stream: 'stderr' });
    io.stderr('nothing is rendered while there are errors, so there is nothing to explain\n');
    return exitCode(findings);
  }
  const { lines, note, rendered } = await explained(query, compiled, io);
  if (settings.format === 'json') io.stdout(`${JSON.stringify({ version: 1, lines }, undefined, 2)}\n`);
  else io.stdout(human(lines, compilation));
  if (note !== undefined) io.stderr(`${note}\n`);
  else if (lines.length === 0) io.stderr(`${without(settings.positionals[0] ?? '', rendered)}\n`);
  return 0;
}

function without(asked: string, rendered: OutFile | undefined): string {
  if (rendered === undefined) return `nothing that is rendered comes from ${asked}`;
  return rendered.text === ''
    ? `${asked} is rendered empty: it says that there is nothing`
    : `${asked} comes from the topology as a whole, and from no line of it`;
}

function parseQuery(argument: string): Query {
  const [, file, line] = /^(.*?)(?::([0-9]{1,9})(?::[0-9]+)?)?$/s.exec(argument) ?? [];
  if (file === undefined || file === '' || line === '0') {
    throw new UsageError(`'${argument}' is no FILE or FILE:LINE`);
  }
  return { file, line: line === undefined ? undefined : Number(line) };
}

async function explained(
  { file, line }: Query,
  compiled: Compiled,
  io: Io,
): Promise<RenderedLines & { readonly rendered?: OutFile }> {
  const { compilation, topology, outDir, outLabel } = compiled;
  const full = resolve(io.cwd, file);
  if (full === topology || file === compilation.source.file) {
    refuseBeyond(compilation.source.text, file, line);
    const isForPeople = line === undefined ? () => false : await unreadIn(compilation.source.text);
    return renderedLines(compilation, outLabel, line, isForPeople);
  }
  const path = relative(outDir, full).split(sep).join('/');
  const rendered = compilation.files?.find(one => one.path === path);
  if (rendered === undefined) {
    throw new UsageError(
      `'${file}' is neither the topology (${compilation.source.file}) nor a file rendered into ${outLabel}`,
    );
  }
  refuseBeyond(rendered.text, file, line);
  return { lines: topologyLines(compilation, outLabel, rendered, line), rendered };
}

/** Which values the schema calls unread; asked for one line of a topology without errors. */
async function unreadIn(text: string): Promise<(path: TopologyPath) => boolean> {
  const { parseTopology } = await import('../load/parse.ts');
  const { document } = parseTopology(text);
  if (document === undefined) return () => false;
  const applicable = applicableSchemas(
    JSON.parse(readPackageFile('schema/topology.schema.json')) as Schema,
    document.data,
  );
  return path => applicable.at(path).schemas.some(schema => schema['x-unread'] === true);
}

function refuseBeyond(text: string, file: string, line: number | undefined): void {
  const count = linesOf(text).starts.length - (text.endsWith('\n') || text === '' ? 1 : 0);
  if (line !== undefined && line > count)
    throw new UsageError(`${file} has no line ${line}; its last is ${count}`);
}

/** Lines with the same causes stand together, with those below them. */
function human(lines: readonly ExplainedLine[], { source }: Compilation): string {
  const texts = source.text.split('\n');
  const causesOf = ({ causes }: ExplainedLine): string =>
    causes.map(cause => `    ${place(cause)}  ${(texts[cause.line - 1] ?? '').trim()}\n`).join('');
  return lines
    .map((line, index) => {
      const next = lines[index + 1];
      const causes = causesOf(line);
      const isShared = next !== undefined && causesOf(next) === causes;
      return `${line.file}:${line.line}  ${line.text.trim()}\n${isShared ? '' : causes}`;
    })
    .join('');
}

const place = ({ file, line, column }: Location): string => `${file}:${line}:${column}`;
