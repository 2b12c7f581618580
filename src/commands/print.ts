/** Prints the findings of a run in the wanted format. Loaded only when there is something to print. */
import { formatGithub } from '../diagnostics/format/github.ts';
import { formatHuman } from '../diagnostics/format/human.ts';
import { formatJson } from '../diagnostics/format/json.ts';
import { formatMarkdown } from '../diagnostics/format/markdown.ts';
import { formatSarif } from '../diagnostics/format/sarif.ts';
import { locateAll, sourceLines } from '../diagnostics/locate.ts';
import type { Change } from '../emit/change.ts';
import { version } from '../version.ts';
import { useColor } from './color.ts';
import type { Findings } from './findings.ts';
import type { Io } from './io.ts';
import type { Settings } from './parse.ts';
import { inRepository } from './repository-paths.ts';

export interface PrintOptions {
  /** Where people read findings: they are the data of `check`, but only talk of other commands. */
  readonly stream: 'stdout' | 'stderr';
  /** What was done, or would be done, to `out/`; part of the JSON report. */
  readonly changes?: readonly Pick<Change, 'verb' | 'path'>[];
}

/** JSON and workflow commands always go to standard output: they are read by programs. */
export function printFindings(findings: Findings, settings: Settings, io: Io, options: PrintOptions): void {
  const { source } = findings;
  const all = locateAll(findings.diagnostics, source);
  const wanted = settings.quiet ? all.filter(({ severity }) => severity === 'error') : all;
  // Everything is listed with -v; without it each format stops at its own limit and says so.
  const limit = settings.verbose ? { limit: Number.POSITIVE_INFINITY } : {};
  switch (settings.format) {
    case 'json': {
      const report: object = JSON.parse(formatJson(wanted));
      io.stdout(`${JSON.stringify({ ...report, changes: options.changes ?? [] }, undefined, 2)}\n`);
      return;
    }
    case 'github':
      io.stdout(formatGithub(inRepository(wanted, io), limit));
      return;
    case 'sarif':
      io.stdout(formatSarif(inRepository(wanted, io), version));
      return;
    case 'markdown':
      io.stdout(formatMarkdown(wanted, limit));
      return;
    case 'human': {
      const lines = sourceLines(source);
      const colour = useColor(settings.color, io.env, io.terminal[options.stream]);
      const text = formatHuman(wanted, {
        linesOf: file => (file === source.file ? lines : undefined),
        colour,
        ...limit,
      });
      if (text !== '') io[options.stream](text);
      return;
    }
    default:
      settings.format satisfies never;
  }
}
