import type { LocatedDiagnostic } from './located.ts';

/** Sorted by file, line, column, code and message, each thing said once. By code units: the same everywhere. */
export function sortAndDedupe(diagnostics: readonly LocatedDiagnostic[]): readonly LocatedDiagnostic[] {
  const sorted = diagnostics.toSorted(compare);
  return sorted.filter((one, i) => i === 0 || compare(sorted[i - 1]!, one) !== 0);
}

function compare(a: LocatedDiagnostic, b: LocatedDiagnostic): number {
  return (
    byText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    byText(a.code, b.code) ||
    byText(a.message, b.message)
  );
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
