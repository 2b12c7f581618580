import { groupBy } from '../multimap.ts';
import type { LocatedDiagnostic } from './located.ts';

export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Diagnostics that are printed unless told otherwise; the rest is counted. */
export const DEFAULT_LIMIT = 200;

/** Where there are more than `limit`, the most severe of them: an error is not hidden by warnings before it. In their order. */
export function mostSevere(
  diagnostics: readonly LocatedDiagnostic[],
  limit: number,
): readonly LocatedDiagnostic[] {
  if (diagnostics.length <= limit) return diagnostics;
  const bySeverity = groupBy(diagnostics, one => one.severity);
  const all = (['error', 'warning', 'info'] as const).flatMap(severity => bySeverity.get(severity) ?? []);
  const shown = new Set(all.slice(0, limit));
  return diagnostics.filter(one => shown.has(one));
}

export function summarize(diagnostics: readonly LocatedDiagnostic[]): Summary {
  const count = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) count[severity] += 1;
  return { errors: count.error, warnings: count.warning, infos: count.info };
}
