/**
 * A rule is one file that looks at facts and reports; it never prints, throws, reads files or knows other rules.
 * Its id is its file name and its diagnostic code. Facts that take computing belong into `src/analyses/`.
 */
import type { Facts } from '../analyses/facts.ts';
import type { CodeEntry, Diagnostic, Place, Related, Severity } from '../diagnostics/diagnostic.ts';
import { once } from '../once.ts';

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
  /** Instead of `help`, where it takes trying out: most findings of a long list are counted and not printed. */
  readonly helpLater?: () => string;
}

export interface Rule extends CodeEntry {
  /** Kebab-case, equal to the file name. */
  readonly id: string;
  /**
   * It concludes from something that is not there, and so says nothing while errors have left objects out of the
   * topology.
   */
  readonly needsAll?: true;
  check(facts: Facts): Iterable<Finding>;
}

/**
 * Runs rules in the order of their list.
 * @param complete nothing was left out of the topology because of an error.
 */
export function runRules(rules: readonly Rule[], facts: Facts, complete = true): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const rule of rules) {
    if (rule.needsAll && !complete) continue;
    for (const finding of rule.check(facts)) found.push(diagnosticOf(rule, finding));
  }
  return found;
}

export function diagnosticOf({ id, severity }: Rule, finding: Finding): Diagnostic {
  if (finding.helpLater === undefined) return { code: id, severity, ...finding };
  const { helpLater, ...rest } = finding;
  const help = once(helpLater);
  return {
    code: id,
    severity,
    ...rest,
    get help() {
      return help();
    },
  };
}
