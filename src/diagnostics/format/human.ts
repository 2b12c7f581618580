import { styleText } from 'node:util';
import type { Severity } from '../diagnostic.ts';
import { codeFrame } from '../frame.ts';
import type { Lines } from '../lines.ts';
import type { LocatedDiagnostic, Location } from '../located.ts';
import { printable } from '../printable.ts';
import { DEFAULT_LIMIT, mostSevere, summarize } from '../summary.ts';

export interface HumanOptions {
  /** Text of a file for its code frame; undefined when it is not at hand, and then there is no frame. */
  readonly linesOf: (file: string) => Lines | undefined;
  readonly colour: boolean;
  readonly limit?: number | undefined;
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

/** For people: place, code and message, code frame, other places, help; at the end how many there are. */
export function formatHuman(diagnostics: readonly LocatedDiagnostic[], options: HumanOptions): string {
  if (diagnostics.length === 0) return '';
  const { linesOf, colour, limit = DEFAULT_LIMIT } = options;
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const secrets = diagnostics.filter(one => one.secret);
  const shown = mostSevere(diagnostics, limit);
  const blocks = shown.map(one => block(one, linesOf(one.file), secrets, paint));
  const more = diagnostics.length - shown.length;
  const rest =
    more > 0
      ? [`${more} more ${more === 1 ? 'diagnostic is' : 'diagnostics are'} not shown (-v lists all)`]
      : [];
  return [...blocks, ...rest, total(diagnostics)].join('\n\n') + '\n';
}

function block(
  one: LocatedDiagnostic,
  lines: Lines | undefined,
  secrets: readonly LocatedDiagnostic[],
  paint: Paint,
): string {
  const label = paint([COLOURS[one.severity], 'bold'], one.severity);
  const head = `${place(one)}: ${label}: ${paint('bold', printable(one.message))} [${one.code}]`;
  const frame = lines === undefined ? [] : frameLines(lines, one, secrets, paint);
  const related = one.related.map(other => `  ${place(other)}: ${printable(other.message)}`);
  const help = one.help === undefined ? [] : [`  ${paint('green', 'help')}: ${printable(one.help)}`];
  return [head, ...frame, ...related, ...help].join('\n');
}

const place = ({ file, line, column }: Location): string => `${printable(file)}:${line}:${column}`;

function frameLines(
  lines: Lines,
  one: LocatedDiagnostic,
  secrets: readonly LocatedDiagnostic[],
  paint: Paint,
): readonly string[] {
  const here = secrets.filter(({ file }) => file === one.file);
  return codeFrame(lines, one, here).map(({ kind, gutter, text }) => {
    const shown = kind === 'underline' ? paint(COLOURS[one.severity], text) : text;
    return `  ${paint('dim', `${gutter} |`)} ${shown}`.trimEnd();
  });
}

function total(diagnostics: readonly LocatedDiagnostic[]): string {
  const { errors, warnings, infos } = summarize(diagnostics);
  const counts: readonly (readonly [number, Severity])[] = [
    [errors, 'error'],
    [warnings, 'warning'],
    [infos, 'info'],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => plural(count, what))
    .join(', ');
}

const plural = (count: number, what: Severity): string =>
  `${count} ${what}${count === 1 || what === 'info' ? '' : 's'}`;
