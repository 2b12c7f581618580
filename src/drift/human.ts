/** Drift as people read it: per file what differs, with the lines of the topology behind the rendered side. */
import { printable } from '../diagnostics/printable.ts';
import type { PlacedFile, PlacedFinding, PlacedTarget } from './place.ts';
import { isDrift } from './report.ts';

export interface HumanOptions {
  /** Lines of the topology, to be shown beside a place. */
  readonly sourceLines: readonly string[];
  /** Also what belongs to the host, and files that are the same. */
  readonly verbose: boolean;
  readonly quiet: boolean;
}

/** The text; empty when there is nothing to say. */
export function humanDrift(targets: readonly PlacedTarget[], options: HumanOptions): string {
  return targets
    .flatMap(({ target, files }) => files.flatMap(file => fileLines(target, file, options)))
    .join('');
}

function fileLines(target: string, file: PlacedFile, options: HumanOptions): readonly string[] {
  const { path, state, note } = file;
  const said = note === undefined ? '' : `: ${note}`;
  const foreign = file.findings.filter(({ kind }) => kind === 'foreign');
  const head = `${target}:${printable(path)}`;
  const owned = foreign.length > 0 && !options.quiet ? foreignLines(foreign, options) : [];
  if (!isDrift(file)) {
    if (state === 'not-compared' && !options.quiet && (options.verbose || note !== undefined))
      return [`${head}: not compared${said}\n`];
    return options.verbose ? [`${head}: no drift\n`, ...owned] : [];
  }
  const what = state === 'missing' ? 'missing on the host' : 'drift';
  const findings = file.findings.filter(({ kind }) => kind !== 'foreign');
  return [`${head}: ${what}${said}\n`, ...findings.flatMap(one => findingLines(one, options)), ...owned];
}

const TITLES = {
  'only-live': 'only live',
  'only-rendered': 'only rendered',
  different: 'different',
  damaged: 'damaged',
  foreign: 'foreign',
} as const;

function findingLines(finding: PlacedFinding, { sourceLines }: HumanOptions): readonly string[] {
  const { kind, at, live, rendered, line, message, causes } = finding;
  const where = line === undefined || at === `line ${line}` ? '' : ` (line ${line})`;
  const why = message === undefined ? '' : `: ${printable(message)}`;
  return [
    `  ${TITLES[kind]}: ${printable(at)}${where}${why}\n`,
    ...(live === undefined ? [] : [`    live      ${printable(live)}\n`]),
    ...(rendered === undefined ? [] : [`    rendered  ${printable(rendered)}\n`]),
    ...causes.map(
      cause =>
        `    from ${cause.file}:${cause.line}:${cause.column}  ${printable((sourceLines[cause.line - 1] ?? '').trim())}\n`,
    ),
  ];
}

function foreignLines(findings: readonly PlacedFinding[], { verbose }: HumanOptions): readonly string[] {
  if (!verbose) return [`  ${findings.length} of the host's own: not compared (-v lists them)\n`];
  return findings.map(({ at, line, message }) => {
    const why = message === undefined ? '' : `: ${printable(message)}`;
    return `  foreign: ${printable(at)} (line ${line})${why}\n`;
  });
}
