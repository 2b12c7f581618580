import type { LocatedDiagnostic } from '../located.ts';
import { printable } from '../printable.ts';
import { DEFAULT_LIMIT, mostSevere } from '../summary.ts';

const TITLES = { error: 'Errors', warning: 'Warnings', info: 'Notes' } as const;

/** A report for a pull-request comment: one list per severity, each finding with its place, related places and help. */
export function formatMarkdown(
  diagnostics: readonly LocatedDiagnostic[],
  { limit = DEFAULT_LIMIT } = {},
): string {
  if (diagnostics.length === 0) return 'No findings.\n';
  const shown = mostSevere(diagnostics, limit);
  const more = diagnostics.length - shown.length;
  const parts = (['error', 'warning', 'info'] as const).flatMap(severity => {
    const list = shown.filter(one => one.severity === severity);
    return list.length === 0
      ? []
      : [`### ${TITLES[severity]} (${list.length})\n\n${list.map(item).join('')}`];
  });
  return `${parts.join('\n')}${more > 0 ? `\n${more} more are not shown (\`-v\` lists all).\n` : ''}`;
}

function item(one: LocatedDiagnostic): string {
  const related = one.related.map(
    ({ file, line, message }) => `  * ${place(file, line)}: ${text(message)}\n`,
  );
  const help = one.help === undefined ? '' : `  * ${text(one.help)}\n`;
  return `* ${place(one.file, one.line)} **${one.code}**: ${text(one.message)}\n${related.join('')}${help}`;
}

const place = (file: string, line: number): string => `\`${printable(file).replaceAll('`', '')}:${line}\``;

/**
 * Our messages quote values in backticks, which Markdown shows as code; what else has a meaning gets a backslash. A
 * backtick without another is a character of a value: with it code would begin where none was meant.
 */
function text(message: string): string {
  const parts = printable(message).split('`');
  const isEven = parts.length % 2 === 1;
  return parts
    .map((part, index) => (isEven && index % 2 === 1 ? part : part.replace(/[\\*_[\]<>|~#@]/g, '\\$&')))
    .join(isEven ? '`' : '\\`');
}
