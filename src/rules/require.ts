/**
 * Requirements of the owner (`policy.require`): rules that say nothing unless they are asked, and nothing of objects
 * that an exception names. The finding is at the object, and the first two steps of its path are its name.
 */

import type { Facts } from '../analyses/facts.ts';
import { atKey, atValue, type PathPlace } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import { memo } from '../once.ts';
import { parseDuration } from '../proxmox/quantity.ts';
import { exceptionFor, objectOf } from './require-exceptions.ts';
import type { Finding, Rule } from './rule.ts';

export type Requirement = keyof Spec.Requirements;

export interface Violation extends Finding {
  readonly place: PathPlace;
}

export interface RequirementRule extends Rule {
  readonly requirement: Requirement;
  /** What does not meet it, that with an exception included; nothing when it is not required. */
  violations(facts: Facts): readonly Violation[];
}

type Wanted<K extends Requirement> = Exclude<NonNullable<Spec.Requirements[K]>, false>;

type Definition<K extends Requirement> = Pick<
  Rule,
  'id' | 'summary' | 'why' | 'fix' | 'example' | 'needsAll'
> & {
  readonly requirement: K;
  find(facts: Facts, wanted: Wanted<K>): Iterable<Violation>;
};

/** The rule for one requirement; its code is `policy-` and the name of the requirement with hyphens. */
export function requirement<K extends Requirement>({ find, ...entry }: Definition<K>): RequirementRule {
  const key: Requirement = entry.requirement;
  const violations = memo((facts: Facts): readonly Violation[] => {
    const wanted = facts.topology.policy?.require?.[entry.requirement];
    return wanted === undefined || wanted === false ? [] : [...find(facts, wanted as Wanted<K>)];
  });
  return {
    ...entry,
    severity: 'error',
    violations,
    *check(facts) {
      for (const violation of violations(facts)) {
        const exception = exceptionFor(facts, key, objectOf(violation.place));
        if (exception === undefined) yield required(violation, key);
        else if (exception.isExpired) {
          const { message, related = [], ...rest } = required(violation, key);
          const ended = { message: 'the exception', place: atValue([...exception.path, 'until']) };
          yield {
            ...rest,
            message: `${message}; its exception ended on ${exception.spec.until}`,
            related: [...related, ended],
          };
        }
      }
    },
  };
}

const required = (violation: Violation, key: Requirement): Violation => ({
  ...violation,
  related: [
    ...(violation.related ?? []),
    { message: 'required here', place: atKey(['policy', 'require', key]) },
  ],
});

/** Minutes of a duration; undefined when it is none (rule `bad-quantity`). */
export function minutesOf(text: string): number | undefined {
  const parsed = parseDuration(text);
  return parsed.ok ? parsed.value / 60 : undefined;
}
