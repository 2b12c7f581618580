/** `offsite check`: everything that `render` does except writing, and the difference that it would make. */
import { isFresh, type Plan } from '../emit/change.ts';
import { realDisk } from '../emit/disk.ts';
import { foundInOut, staleInOut } from '../emit/findings.ts';
import { leftOnHosts } from '../emit/left-on-hosts.ts';
import { planChanges } from '../emit/plan.ts';
import { exitCode, judge } from './findings.ts';
import { compileTopology, type LoadCompiler } from './input.ts';
import type { Io } from './io.ts';
import type { Format, Settings } from './parse.ts';

export async function check(settings: Settings, io: Io, load: LoadCompiler): Promise<number> {
  const compiled = await compileTopology(settings, io, load, { comparing: true });
  const { compilation, outLabel } = compiled;
  const { files } = compilation;
  const plan = files === undefined ? undefined : planChanges(compiled.outDir, files, realDisk, compiled.out);
  const found =
    plan === undefined
      ? []
      : [
          ...foundInOut(plan, outLabel),
          ...staleInOut(plan, outLabel, settings.format !== 'human'),
          ...leftOnHosts(plan, compilation.rendered, outLabel),
        ];
  const findings = judge(compilation, found, settings);
  if (findings.diagnostics.length > 0 || settings.format !== 'human') {
    const { printFindings } = await import('./print.ts');
    const changes = plan?.changes.map(({ verb, path }) => ({ verb, path })) ?? [];
    printFindings(findings, settings, io, { stream: 'stdout', changes });
  }
  if (
    plan !== undefined &&
    plan.blocked.length === 0 &&
    !isFresh(plan) &&
    DIFFED.includes(settings.format) &&
    !settings.quiet
  ) {
    await printDiff(plan, outLabel, settings, io);
  }
  if (exitCode(findings) === 0 && !settings.quiet && settings.format === 'human') {
    io.stderr(`${outLabel} is fresh: ${plan?.unchanged ?? 0} files\n`);
  }
  return exitCode(findings);
}

/** Formats that leave room for a difference behind the findings; the others are one document. */
const DIFFED: readonly Format[] = ['human', 'github'];

async function printDiff(plan: Plan, outLabel: string, settings: Settings, io: Io): Promise<void> {
  const { diffFiles } = await import('../emit/diff.ts');
  const lines = diffFiles(plan.changes, `${outLabel}/`);
  if (lines.length === 0) return;
  const text = `${lines.join('\n')}\n`;
  if (settings.format !== 'github') return io.stdout(text);
  // A runner would obey a rendered line that reads like a workflow command; it cannot know the hash of the text.
  const { sha256 } = await import('../emit/previous.ts');
  const token = sha256(text);
  io.stdout(`::stop-commands::${token}\n${text}::${token}::\n`);
}
