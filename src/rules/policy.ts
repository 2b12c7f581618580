/**
 * Severities as the owner wants them (`policy.severity`). An error stays an error, since it would not work; but what is
 * an error only because the owner requires it may become less.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';
import { REQUIREMENT_CODES } from './policy-rules.ts';

export function applyPolicy(
  diagnostics: readonly Diagnostic[],
  policy: Topology['policy'],
): readonly Diagnostic[] {
  const wanted = policy?.severity;
  if (wanted === undefined) return diagnostics;
  return diagnostics.flatMap(diagnostic => {
    const { code } = diagnostic;
    const severity = Object.hasOwn(wanted, code) ? wanted[code] : undefined;
    const isFixed = diagnostic.severity === 'error' && !REQUIREMENT_CODES.has(code);
    if (severity === undefined || isFixed) return [diagnostic];
    return severity === 'off' ? [] : [{ ...diagnostic, severity }];
  });
}
