import type { LocatedDiagnostic, LocatedRelated } from '../located.ts';
import { summarize } from '../summary.ts';

/**
 * One JSON object, relied on from outside: `{version, diagnostics, summary}`. Every key is always there; `path`
 * and `help` are null where there is none. The summary counts all diagnostics, `omitted` those that a limit
 * left out.
 */
export function formatJson(
  diagnostics: readonly LocatedDiagnostic[],
  { limit = Number.POSITIVE_INFINITY } = {},
): string {
  const shown = diagnostics.slice(0, limit);
  const report = {
    version: 1,
    diagnostics: shown.map(diagnosticJson),
    summary: { ...summarize(diagnostics), omitted: diagnostics.length - shown.length },
  };
  return JSON.stringify(report, null, 2) + '\n';
}

const diagnosticJson = (one: LocatedDiagnostic) => ({
  code: one.code,
  severity: one.severity,
  message: one.message,
  file: one.file,
  line: one.line,
  column: one.column,
  endLine: one.endLine,
  endColumn: one.endColumn,
  path: one.path ?? null,
  related: one.related.map(relatedJson),
  help: one.help ?? null,
});

const relatedJson = ({ message, file, line, column, endLine, endColumn }: LocatedRelated) => ({
  message,
  file,
  line,
  column,
  endLine,
  endColumn,
});
