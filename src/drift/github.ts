/** Drift as diagnostics on the topology, for workflow commands: each at what made the rendered side. */
import type { LocatedDiagnostic } from '../diagnostics/located.ts';
import type { PlacedFinding, PlacedTarget } from './place.ts';

/** One for each finding that is drift; those without a cause stand at the first line of the topology. */
export function driftDiagnostics(
  targets: readonly PlacedTarget[],
  file: string,
): readonly LocatedDiagnostic[] {
  return targets.flatMap(({ target, files }) =>
    files.flatMap(({ path, findings }) =>
      findings
        .filter(({ kind }) => kind !== 'foreign')
        .map(finding => diagnostic(`${target}:${path}`, finding, file)),
    ),
  );
}

function diagnostic(where: string, finding: PlacedFinding, topology: string): LocatedDiagnostic {
  const { kind, at, live, rendered, message, causes } = finding;
  const { file, line, column } = causes[0] ?? { file: topology, line: 1, column: 1 };
  const sides = [
    live === undefined ? '' : `live ${live}`,
    rendered === undefined ? '' : `rendered ${rendered}`,
  ];
  const details = [message ?? '', ...sides].filter(part => part !== '').join('; ');
  return {
    code: `drift-${kind}`,
    severity: 'error',
    message: `${where}: ${at}${details === '' ? '' : `: ${details}`}`,
    file,
    line,
    column,
    endLine: line,
    endColumn: column,
    path: causes[0]?.path,
    related: [],
    help: undefined,
    secret: false,
  };
}
