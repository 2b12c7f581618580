/**
 * `offsite verify`: compiles, and lets the real tools that are installed judge what is rendered. The readers of offsite
 * have judged every file before: rendering fails when one does not read back as meant.
 */
import { formatJson } from '../diagnostics/format/json.ts';
import { locateAll } from '../diagnostics/locate.ts';
import type { RenderedFile } from '../render/render-all.ts';
import { TOOLS } from '../verify/all-tools.ts';
import { count, reason, toolDiagnostics } from '../verify/diagnostics.ts';
import { type HostJudgement, hostDiagnostics, judgeHost } from '../verify/host-checks.ts';
import { type Judgement, judgeAll } from '../verify/judge.ts';
import { searchPath, withWorld } from '../verify/world.ts';
import { exitCode, type Findings, judge } from './findings.ts';
import { compileTopology, type LoadCompiler } from './input.ts';
import type { Io } from './io.ts';
import type { Settings } from './parse.ts';
import { printFindings } from './print.ts';

interface Outcome {
  readonly files: readonly RenderedFile[];
  readonly judgements: readonly Judgement[];
  readonly host: readonly HostJudgement[];
}

const NOTHING: Outcome = { files: [], judgements: [], host: [] };

export async function verify(settings: Settings, io: Io, load: LoadCompiler): Promise<number> {
  const { compilation, outLabel } = await compileTopology(settings, io, load);
  if (compilation.rendered === undefined) {
    const findings = judge(compilation, [], settings);
    if (settings.format === 'json') printJson(findings, NOTHING, io);
    else {
      printFindings(findings, settings, io, { stream: 'stdout' });
      io.stderr('nothing is rendered while there are errors, so no tool ran\n');
    }
    return exitCode(findings);
  }
  const outcome = await judged(compilation.rendered.files, settings, io);
  const said = toolDiagnostics(outcome.judgements, { all: settings.tools === 'all', label: outLabel });
  // What `check` says of the topology is not said again.
  const all = [...said, ...hostDiagnostics(outcome.host)];
  const findings = judge({ ...compilation, diagnostics: [] }, all, settings);
  if (settings.format === 'json') printJson(findings, outcome, io);
  else printHuman(findings, outcome, settings, io);
  return exitCode(findings);
}

async function judged(files: readonly RenderedFile[], { tools }: Settings, io: Io): Promise<Outcome> {
  if (tools === 'none') return { files, judgements: [], host: [] };
  return withWorld({ path: searchPath(io.env['PATH']) }, async world => ({
    files,
    judgements: await judgeAll(TOOLS, files, world),
    host: await judgeHost(world),
  }));
}

function printJson(findings: Findings, outcome: Outcome, io: Io): void {
  const report: object = JSON.parse(formatJson(locateAll(findings.diagnostics, findings.source)));
  const tools = outcome.judgements.map(judgement => ({
    name: judgement.tool.name,
    package: judgement.tool.package,
    state: judgement.state,
    reason: reason(judgement) || null,
    files: judgement.files.map(({ path }) => path),
    refused: judgement.findings.filter(({ kind }) => kind === 'refused').length,
    unclear: judgement.findings.filter(({ kind }) => kind === 'unclear').length,
  }));
  const more = {
    tools,
    readersOnly: byReadersOnly(outcome).map(({ path }) => path),
    hostChecks: outcome.host,
  };
  io.stdout(`${JSON.stringify({ ...report, ...more }, undefined, 2)}\n`);
}

function printHuman(findings: Findings, outcome: Outcome, settings: Settings, io: Io): void {
  printFindings(findings, settings, io, { stream: 'stdout' });
  if (settings.quiet) return;
  const width = Math.max(0, ...outcome.judgements.map(({ tool }) => tool.name.length));
  for (const judgement of outcome.judgements) io.stdout(`${row(judgement, width)}\n`);
  const rest = byReadersOnly(outcome);
  if (settings.verbose) for (const { path } of rest) io.stdout(`readers   ${path}\n`);
  io.stderr(
    `${count(outcome.files)}, all read back by offsite; ${outcome.files.length - rest.length} judged by tools as well\n`,
  );
  for (const { state, command } of outcome.host) io.stdout(`${state.padEnd(8)}  this host: ${command}\n`);
}

function row(judgement: Judgement, width: number): string {
  const name = judgement.tool.name.padEnd(width);
  const files = count(judgement.files).padEnd(10);
  return `${stateOf(judgement).padEnd(8)}  ${name}  ${files}${noteOf(judgement)}`.trimEnd();
}

function stateOf({ state, findings }: Judgement): string {
  if (state !== 'ran') return state;
  if (findings.some(({ kind }) => kind === 'refused')) return 'refused';
  return findings.length > 0 ? 'unclear' : 'passed';
}

function noteOf(judgement: Judgement): string {
  if (judgement.state === 'missing') return `${reason(judgement)}; Debian package ${judgement.tool.package}`;
  return reason(judgement);
}

/** Files for which no tool ran. */
function byReadersOnly({ files, judgements }: Outcome): readonly RenderedFile[] {
  const seen = new Set(
    judgements.flatMap(({ state, files: some }) => (state === 'ran' ? some.map(({ path }) => path) : [])),
  );
  return files.filter(({ path }) => !seen.has(path));
}
