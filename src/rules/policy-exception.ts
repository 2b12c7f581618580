import { atValue } from '../diagnostics/diagnostic.ts';
import type { RequirementRule } from './require.ts';
import { exceptionFor, objectOf } from './require-exceptions.ts';
import type { Rule } from './rule.ts';

/** @param requirements all that exceptions can be from. */
export const policyException = (requirements: readonly RequirementRule[]): Rule => ({
  id: 'policy-exception',
  severity: 'info',
  summary: 'An object does not meet a requirement of the policy, and an exception says why it need not yet.',
  why: 'An exception is a debt with a date. It stays in sight until it is paid.',
  fix: 'Mend the object before the day, and remove the exception. `--as-of YYYY-MM-DD` tells which have ended.',
  example: {
    bad: 'exceptions: [{ rule: own_accounts, object: accounts.backup, reason: the old NAS goes in spring, until: "2027-03-31" }]',
  },
  *check(facts) {
    for (const { requirement, violations } of requirements) {
      for (const object of new Set(violations(facts).map(({ place }) => objectOf(place)))) {
        const exception = exceptionFor(facts, requirement, object);
        if (exception === undefined || exception.isExpired) continue;
        const { reason, until } = exception.spec;
        yield {
          message: `\`${object}\` need not meet \`${requirement}\` until ${until}: ${reason}`,
          place: atValue([...exception.path, 'until']),
          ...(facts.asOf === undefined && {
            help: 'with `--as-of YYYY-MM-DD` exceptions end on their day',
          }),
        };
      }
    }
  },
});
