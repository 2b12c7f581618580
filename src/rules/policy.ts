/** Severities as the owner wants them (`policy.severity`). An error stays an error: it would not work. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';

export function applyPolicy(
  diagnostics: readonly Diagnostic[],
  policy: Topology['policy'],
): readonly Diagnostic[] {
  const wanted = policy?.severity;
  if (wanted === undefined) return diagnostics;
  return diagnostics.flatMap(diagnostic => {
    const severity = Object.hasOwn(wanted, diagnostic.code) ? wanted[diagnostic.code] : undefined;
    if (severity === undefined || diagnostic.severity === 'error') return [diagnostic];
    return severity === 'off' ? [] : [{ ...diagnostic, severity }];
  });
}
