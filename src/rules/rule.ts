/**
 * A rule is one file that looks at facts and reports; it never prints, throws, reads files or knows other rules.
 * Its id is its file name and its diagnostic code. Facts that take computing belong into `src/analyses/`.
 */
import type { Facts } from '../analyses/facts.ts';
import type { CodeEntry, Diagnostic, Place, Related, Severity } from '../diagnostics/diagnostic.ts';

/** A finding without what the rule's own entry says: code and severity, unless they differ. */
export interface Finding {
  /** A code of another table (that of the calendar's linter), where the rule passes findings on. */
  readonly code?: string;
  /** Where a single case weighs more or less than the rule's entry says. */
  readonly severity?: Severity;
  readonly message: string;
  readonly place: Place;
  readonly related?: readonly Related[];
  readonly help?: string;
}

export interface Rule extends CodeEntry {
  /** Kebab-case, equal to the file name. */
  readonly id: string;
  check(facts: Facts): Iterable<Finding>;
}

/** Runs rules in the order of their list; severities may be changed by the owner's policy, errors never lowered. */
export function runRules(rules: readonly Rule[], facts: Facts): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const rule of rules) {
    for (const finding of rule.check(facts))
      found.push({ code: rule.id, severity: rule.severity, ...finding });
  }
  return found;
}
