/** Exceptions from requirements (`policy.exceptions`), by what they are for. */
import type { Facts } from '../analyses/facts.ts';
import type { PathPlace, TopologyPath } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { memo } from '../once.ts';

export interface Exception {
  readonly spec: Spec.PolicyException;
  readonly path: TopologyPath;
  /** Its last day is before that of `--as-of`. */
  readonly isExpired: boolean;
}

type Declared = Omit<Exception, 'isExpired'>;

/** As an exception names it: `accounts.backup`. */
export const objectOf = ({ path }: PathPlace): string => path.slice(0, 2).join('.');

/** Those that an exception may name, by section. */
export const sectionsOf = (topology: Topology): ReadonlyMap<string, ReadonlyMap<string, unknown>> =>
  new Map<string, ReadonlyMap<string, unknown>>([
    ['hosts', topology.hosts],
    ['guests', topology.guests],
    ['datastores', topology.datastores],
    ['storages', topology.storages],
    ['shares', topology.shares],
    ['buckets', topology.buckets],
    ['accounts', topology.accounts],
    ['flows', topology.flows],
  ]);

const keyOf = (rule: string, object: string): string => `${rule} ${object}`;

const exceptionsByKey = memo(({ policy }: Topology): ReadonlyMap<string, readonly Declared[]> => {
  const byKey = new Map<string, Declared[]>();
  for (const [index, spec] of (policy?.exceptions ?? []).entries()) {
    const key = keyOf(spec.rule, spec.object);
    const declared = { spec, path: ['policy', 'exceptions', index] };
    push(byKey, key, declared);
  }
  return byKey;
});

/** The exception that counts for an object: of several the one that ends last. Dates compare as texts. */
export function exceptionFor(
  { topology, asOf }: Pick<Facts, 'topology' | 'asOf'>,
  rule: string,
  object: string,
): Exception | undefined {
  const declared = exceptionsByKey(topology).get(keyOf(rule, object)) ?? [];
  const last = declared.reduce<Declared | undefined>(
    (latest, one) => (latest === undefined || one.spec.until > latest.spec.until ? one : latest),
    undefined,
  );
  return last && { ...last, isExpired: asOf !== undefined && asOf > last.spec.until };
}
