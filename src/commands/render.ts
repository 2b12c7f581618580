/** `offsite render`: compile, write `out/`, say what changed. With errors nothing is written. */
import { applyChanges } from '../emit/apply.ts';
import type { Plan } from '../emit/change.ts';
import { realDisk } from '../emit/disk.ts';
import { foundInOut } from '../emit/findings.ts';
import { leftOnHosts } from '../emit/left-on-hosts.ts';
import { planChanges } from '../emit/plan.ts';
import { exitCode, judge } from './findings.ts';
import { type Compiled, compileTopology, type LoadCompiler } from './input.ts';
import type { Io } from './io.ts';
import type { Settings } from './parse.ts';

/** Changed files that are listed unless `-v` asks for all. */
const LISTED = 100;

export async function render(settings: Settings, io: Io, load: LoadCompiler): Promise<number> {
  const compiled = await compileTopology(settings, io, load, { comparing: true, writing: true });
  try {
    return await emit(compiled, settings, io);
  } finally {
    compiled.stage?.close();
  }
}

async function emit(compiled: Compiled, settings: Settings, io: Io): Promise<number> {
  const { compilation, outLabel, stage } = compiled;
  const { files } = compilation;
  const plan = files === undefined ? undefined : planChanges(compiled.outDir, files, realDisk, compiled.out);
  const found =
    plan === undefined
      ? []
      : [...foundInOut(plan, outLabel), ...leftOnHosts(plan, compilation.rendered, outLabel)];
  const findings = judge(compilation, found, settings);
  const writes = plan !== undefined && findings.errors === 0;
  if (writes) applyChanges(plan, realDisk, stage);
  if (findings.diagnostics.length > 0 || settings.format !== 'human') {
    const { printFindings } = await import('./print.ts');
    const changes = writes ? plan.changes.map(({ verb, path }) => ({ verb, path })) : [];
    printFindings(findings, settings, io, { stream: 'stderr', changes });
  }
  if (writes && settings.format === 'human' && !settings.quiet) printChanges(plan, outLabel, settings, io);
  else if (!writes && settings.format === 'human') io.stderr('nothing was written\n');
  return exitCode(findings);
}

function printChanges(plan: Plan, outLabel: string, settings: Settings, io: Io): void {
  const { changes, unchanged, journals } = plan;
  const listed = settings.verbose ? changes : changes.slice(0, LISTED);
  const lines = listed.map(({ verb, path }) => `${verb} ${outLabel}/${path}\n`);
  if (lines.length > 0) io.stdout(lines.join(''));
  const rest = changes.length - listed.length;
  if (rest > 0) io.stderr(`… ${rest} more (-v lists all)\n`);
  if (journals.length > 0) io.stderr('an earlier run had not finished; this one completed it\n');
  const count = (wanted: string): number => changes.filter(({ verb }) => verb === wanted).length;
  io.stderr(
    `${outLabel}: ${count('create')} created, ${count('update')} updated, ${count('delete')} deleted, ${unchanged} unchanged\n`,
  );
}
