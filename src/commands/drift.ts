/** `offsite drift TARGET=DIR …`: whether the hosts still are as rendered, from copies of their files. */
import { resolve } from 'node:path';
import type { Rendered } from '../compile.ts';
import { formatGithub } from '../diagnostics/format/github.ts';
import { knownText } from '../diagnostics/unresolved.ts';
import { driftDiagnostics } from '../drift/github.ts';
import { humanDrift } from '../drift/human.ts';
import { type PlacedTarget, placed, type Summary, summaryOf } from '../drift/place.ts';
import type { TargetReport } from '../drift/report.ts';
import { compareTarget } from '../drift/target.ts';
import { openLiveTree } from '../load/live-tree.ts';
import { push } from '../multimap.ts';
import type { RenderedFile } from '../render/render-all.ts';
import { closest } from './closest.ts';
import { exitCode, judge } from './findings.ts';
import { type Compiled, compileTopology, type LoadCompiler } from './input.ts';
import type { Io } from './io.ts';
import { type Settings, UsageError } from './parse.ts';
import { inRepository } from './repository-paths.ts';

export async function drift(settings: Settings, io: Io, load: LoadCompiler): Promise<number> {
  const pairs = settings.positionals.map(readPair);
  const compiled = await compileTopology(settings, io, load);
  const { rendered } = compiled.compilation;
  if (rendered === undefined) return refuse(compiled, settings, io);
  const reports = compareAll(pairs, rendered, settings, io);
  const { source } = compiled.compilation;
  print(placed(reports, source), summaryOf(reports), { settings, io, ...source });
  return summaryOf(reports).drifted > 0 ? 1 : 0;
}

interface Pair {
  readonly target: string;
  readonly directory: string;
}

function readPair(argument: string): Pair {
  const equals = argument.indexOf('=');
  if (equals < 1 || equals === argument.length - 1) {
    throw new UsageError(`'${argument}' is no TARGET=DIR, such as pbs-home=live/pbs-home`);
  }
  return { target: argument.slice(0, equals), directory: argument.slice(equals + 1) };
}

/** Nothing is rendered while there are errors, so there is nothing to compare with. */
async function refuse({ compilation }: Compiled, settings: Settings, io: Io): Promise<number> {
  const findings = judge(compilation, [], settings);
  const { printFindings } = await import('./print.ts');
  printFindings(findings, { ...settings, format: 'human' }, io, { stream: 'stderr' });
  io.stderr('nothing is rendered while there are errors, so nothing was compared\n');
  return exitCode(findings);
}

/** All arguments are judged before any file is read: a report of half the targets would pass for one of all. */
function compareAll(
  pairs: readonly Pair[],
  { files, changes, withheld }: Rendered,
  { maxBytes }: Settings,
  io: Io,
): readonly TargetReport[] {
  const byTarget = new Map<string, RenderedFile[]>();
  for (const file of files) {
    const { folder, target } = file.artifact;
    if (folder === 'doc') continue;
    push(byTarget, target, file);
  }
  for (const { target } of withheld) if (!byTarget.has(target)) byTarget.set(target, []);
  refuseUnknown(pairs, byTarget);
  const trees = pairs.map(({ directory }) => openLiveTree(resolve(io.cwd, directory), maxBytes));
  return pairs.map(({ target, directory }, index) => {
    const report = compareTarget(
      {
        target,
        files: byTarget.get(target) ?? [],
        removed: changes.filter(one => one.verb === 'removes' && one.target === target),
        withheld: withheld.filter(one => one.target === target).map(({ path }) => path),
      },
      trees[index]!,
    );
    const reached = report.files.some(({ state }) => state !== 'not-compared');
    const example = byTarget.get(target)?.[0]?.artifact.path.slice(1);
    if (!reached && example !== undefined) {
      throw new UsageError(`'${directory}' holds no file of '${target}': one would be ${example} in it`);
    }
    return report;
  });
}

function refuseUnknown(pairs: readonly Pair[], known: ReadonlyMap<string, unknown>): void {
  const seen = new Set<string>();
  for (const { target } of pairs) {
    if (!known.has(target)) {
      const near = closest(target, [...known.keys()]);
      throw new UsageError(`unknown target '${target}'${near || `; ${knownText(known.keys(), known.size)}`}`);
    }
    if (seen.has(target)) throw new UsageError(`target '${target}' is given twice`);
    seen.add(target);
  }
}

interface Printing {
  readonly settings: Settings;
  readonly io: Io;
  readonly file: string;
  readonly text: string;
}

function print(
  targets: readonly PlacedTarget[],
  summary: Summary,
  { settings, io, file, text }: Printing,
): void {
  const { quiet, verbose, format } = settings;
  switch (format) {
    case 'json':
      io.stdout(`${JSON.stringify({ version: 1, targets, summary }, undefined, 2)}\n`);
      return;
    case 'github':
      io.stdout(
        formatGithub(
          inRepository(driftDiagnostics(targets, file), io),
          verbose ? { limit: Number.POSITIVE_INFINITY } : {},
        ),
      );
      return;
    case 'human': {
      const said = humanDrift(targets, { sourceLines: text.split('\n'), quiet, verbose });
      if (said !== '') io.stdout(said);
      if (!quiet) io.stderr(summaryLine(summary));
      return;
    }
    case 'sarif':
    case 'markdown':
      throw new UsageError(`drift has no format '${format}'`);
    default:
      format satisfies never;
  }
}

function summaryLine({ compared, drifted, notCompared }: Summary): string {
  const rest = notCompared === 0 ? '' : `; ${notCompared} not compared (-v lists them)`;
  return `${drifted === 0 ? 'no drift' : `${drifted} with drift`} in ${compared} ${compared === 1 ? 'file' : 'files'}${rest}\n`;
}
