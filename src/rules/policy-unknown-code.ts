import { atKey } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Rule } from './rule.ts';

/** @param codes every code there is, that of this rule included. */
export const policyUnknownCode = (codes: () => ReadonlySet<string>): Rule => ({
  id: 'policy-unknown-code',
  severity: 'error',
  summary: '`policy.severity` names a code that does not exist.',
  why: 'The severity that was wanted is not applied, most often because of a misspelt code.',
  fix: 'Correct the code; `offsite rules` lists all of them.',
  example: {
    bad: 'policy: { severity: { declared_only: warning } }',
    good: 'policy: { severity: { declared-only: warning } }',
  },
  *check({ topology }) {
    for (const code of Object.keys(topology.policy?.severity ?? {})) {
      if (codes().has(code)) continue;
      const guess = suggest(code, codes());
      yield {
        message: `no diagnostic has the code \`${code}\``,
        place: atKey(['policy', 'severity', code]),
        help: guess === undefined ? '`offsite rules` lists all codes' : `did you mean \`${guess}\`?`,
      };
    }
  },
});
