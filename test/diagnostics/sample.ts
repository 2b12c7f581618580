import type { LocatedDiagnostic } from '../../src/diagnostics/located.ts';

const place = { file: 'a b/topology.yaml', line: 3, column: 5, endLine: 3, endColumn: 9 };

/** A finding with all that a format prints. */
export const finding: LocatedDiagnostic = {
  ...place,
  code: 'unresolved-reference',
  severity: 'error',
  message: 'no tunnel is named `ba*kup`',
  path: ['flows', 'x', 'via'],
  related: [{ ...place, line: 9, message: 'the tunnel' }],
  help: 'did you mean `backup`?',
  secret: false,
};
