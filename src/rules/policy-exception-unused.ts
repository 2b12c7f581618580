import { atValue } from '../diagnostics/diagnostic.ts';
import type { RequirementRule } from './require.ts';
import { exceptionFor, objectOf, sectionsOf } from './require-exceptions.ts';
import type { Rule } from './rule.ts';

/** @param requirements all that exceptions can be from. */
export const policyExceptionUnused = (requirements: readonly RequirementRule[]): Rule => ({
  id: 'policy-exception-unused',
  needsAll: true,
  severity: 'warning',
  summary: 'An exception from the policy is for something that is not found.',
  why: 'It outlived its cause, or names another object than was meant. Left in place it would hide the next finding there.',
  fix: 'Remove it, or correct `rule` and `object`: the finding of the requirement is at the object to name.',
  example: {
    bad: 'policy: { exceptions: [{ rule: copies, object: guests.web, reason: …, until: "2027-03-31" }] } # and `copies` is not required',
  },
  *check(facts) {
    const { require, exceptions = [] } = facts.topology.policy ?? {};
    const sections = sectionsOf(facts.topology);
    const found = new Map(
      requirements.map(
        ({ requirement, violations }) =>
          [requirement, new Set(violations(facts).map(({ place }) => objectOf(place)))] as const,
      ),
    );
    for (const [index, { rule, object }] of exceptions.entries()) {
      const wanted = require?.[rule];
      const isFound = found.get(rule)?.has(object) === true;
      if (isFound && exceptionFor(facts, rule, object)?.path[2] === index) continue;
      const [section = '', key = ''] = object.split('.');
      // A name that nothing has is a mistake of its own.
      if (wanted !== undefined && wanted !== false && !sections.get(section)?.has(key)) continue;
      yield {
        message:
          wanted === undefined || wanted === false
            ? `\`${rule}\` is not required, and so needs no exception`
            : isFound
              ? `another exception from \`${rule}\` for \`${object}\` ends later or on the same day`
              : `\`${rule}\` finds nothing at \`${object}\`, and so needs no exception`,
        place: atValue(['policy', 'exceptions', index, 'object']),
        help: 'remove the exception, or correct it',
      };
    }
  },
});
