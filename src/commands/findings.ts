/** Diagnostics of a run as the settings want them judged, counted once. */
import type { Compilation } from '../compile.ts';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/locate.ts';
import type { Settings } from './parse.ts';

export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly source: Source;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** The input is no text at all. */
  readonly unreadable: boolean;
}

/** All findings of a run; with `--strict` warnings are errors. */
export function judge(compilation: Compilation, more: readonly Diagnostic[], settings: Settings): Findings {
  const all = [...compilation.diagnostics, ...more];
  const diagnostics = settings.strict ? all.map(raised) : all;
  const count = (severity: Severity): number => diagnostics.filter(one => one.severity === severity).length;
  return {
    diagnostics,
    source: compilation.source,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    unreadable: compilation.unreadable,
  };
}

const raised = (one: Diagnostic): Diagnostic =>
  one.severity === 'warning' ? { ...one, severity: 'error' } : one;

export function exitCode({ errors, unreadable }: Findings): number {
  return unreadable ? 2 : errors > 0 ? 1 : 0;
}
