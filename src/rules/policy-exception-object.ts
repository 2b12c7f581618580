import { atValue } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { sectionsOf } from './require-exceptions.ts';
import type { Rule } from './rule.ts';

export const policyExceptionObject: Rule = {
  id: 'policy-exception-object',
  needsAll: true,
  severity: 'error',
  summary: 'An exception from the policy names an object that does not exist.',
  why: 'It does nothing, most often because of a misspelt key.',
  fix: 'Name the object as section and key, such as `accounts.backup`.',
  example: {
    bad: 'exceptions: [{ rule: own_accounts, object: accounts.bakup, reason: …, until: "2027-03-31" }]',
    good: 'exceptions: [{ rule: own_accounts, object: accounts.backup, reason: …, until: "2027-03-31" }]',
  },
  *check({ topology }) {
    const sections = sectionsOf(topology);
    for (const [index, { object }] of (topology.policy?.exceptions ?? []).entries()) {
      const [section = '', key = ''] = object.split('.');
      const keys = sections.get(section);
      if (keys?.has(key)) continue;
      yield {
        message:
          keys === undefined ? `there are no objects in \`${section}\`` : `\`${section}\` has no \`${key}\``,
        place: atValue(['policy', 'exceptions', index, 'object']),
        help:
          keys === undefined
            ? candidates(section, [...sections.keys()], name => name)
            : candidates(key, [...keys.keys()], name => `${section}.${name}`),
      };
    }
  },
};

function candidates(word: string, names: readonly string[], shown: (name: string) => string): string {
  const guess = suggest(word, names);
  if (guess !== undefined) return `did you mean \`${shown(guess)}\`?`;
  if (names.length === 0) return 'remove the exception';
  const some = names.slice(0, 6).map(name => `\`${shown(name)}\``);
  return `there ${names.length === 1 ? 'is' : 'are'} ${some.join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}`;
}
