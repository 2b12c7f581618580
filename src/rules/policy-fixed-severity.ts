import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

/** @param isFixed whether errors of the code stay errors. */
export const policyFixedSeverity = (isFixed: (code: string) => boolean): Rule => ({
  id: 'policy-fixed-severity',
  severity: 'warning',
  summary: '`policy.severity` lowers an error.',
  why: 'What is an error would not work on the hosts, so that it stays one: the entry has no effect, and whoever reads it believes otherwise.',
  fix: 'Remove the entry, and mend what the error says.',
  example: {
    bad: 'policy: { severity: { duplicate-address: warning } }',
    good: 'policy: { severity: { never-verified: error } }',
  },
  *check({ topology }) {
    for (const [code, severity] of Object.entries(topology.policy?.severity ?? {})) {
      if (severity === 'error' || !isFixed(code)) continue;
      yield {
        message: `errors of \`${code}\` stay errors: \`${severity}\` has no effect on them`,
        place: atKey(['policy', 'severity', code]),
        help: 'remove the entry; warnings and notes can be lowered',
      };
    }
  },
});
