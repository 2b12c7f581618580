import type { LocatedDiagnostic } from '../located.ts';
import { printable } from '../printable.ts';
import { DEFAULT_LIMIT, mostSevere } from '../summary.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * Workflow commands of GitHub Actions, one line each. Escaping follows `packages/core/src/command.ts` of
 * actions/toolkit. GitHub's end column is the last one of the annotation, and columns are given only when the
 * annotation lies on one line.
 */
export function formatGithub(
  diagnostics: readonly LocatedDiagnostic[],
  { limit = DEFAULT_LIMIT } = {},
): string {
  const lines = mostSevere(diagnostics, limit).map(command);
  const more = diagnostics.length - lines.length;
  if (more > 0) lines.push(`::notice::${more} more diagnostics are not shown (-v lists all)`);
  return lines.map(line => line + '\n').join('');
}

function command(one: LocatedDiagnostic): string {
  const columns =
    one.line === one.endLine ? `,col=${one.column},endColumn=${Math.max(one.column, one.endColumn - 1)}` : '';
  const place = `file=${property(one.file)},line=${one.line},endLine=${one.endLine}${columns}`;
  const related = one.related.map(({ message, file, line }) => `${file}:${line}: ${message}`);
  const help = one.help === undefined ? [] : [`help: ${one.help}`];
  const message = [one.message, ...related, ...help].map(printable).join('\n');
  return `::${COMMANDS[one.severity]} ${place},title=${property(one.code)}::${data(message)}`;
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string =>
  data(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
