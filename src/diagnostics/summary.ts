import type { LocatedDiagnostic } from './located.ts';

export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Diagnostics that are printed unless told otherwise; the rest is counted. */
export const DEFAULT_LIMIT = 200;

export function summarize(diagnostics: readonly LocatedDiagnostic[]): Summary {
  const count = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) count[severity] += 1;
  return { errors: count.error, warnings: count.warning, infos: count.info };
}
