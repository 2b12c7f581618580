/**
 * Takes a loaded document, gives what of it satisfies the schema. Judges each value on its own; what values say
 * of each other is for `resolve`. Never changes the data.
 */

import type { Diagnostic, Place, TopologyPath } from '../diagnostics/diagnostic.ts';
import { offsetsOf, valueText } from '../diagnostics/locate.ts';
import type { PositionIndex } from '../diagnostics/positions.ts';
import type { DataMap, LoadedDocument } from '../load/document.ts';
import { once } from '../once.ts';
import type { ValidateFunction } from './ajv-error.ts';
import { validate as failFast } from './generated/fail-fast.js';
import { isUnder, type Pruned, prune } from './prune.ts';
import { unresolvedIn } from './references.ts';
import type { Schema } from './schema.ts';
import { secretsInText, secretsInValues } from './secrets.ts';
import { translate } from './translate.ts';

export interface Validators {
  /** Asked for only when there is something to say. */
  readonly schema: () => Schema;
  /** Stops at the first error. */
  readonly failFast: ValidateFunction;
  /** Finds all errors. Asked for only when the other one fails, so that it need not be loaded before. */
  readonly allErrors: () => ValidateFunction | Promise<ValidateFunction>;
}

export interface Validated {
  /** What satisfies the schema: all of it, or all but the poisoned parts. Undefined when too little is left. */
  readonly data: DataMap | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Objects left out because something in them is wrong. References to them are no mistakes of their own. */
  readonly poisoned: readonly TopologyPath[];
}

/** The validators of the topology schema. `schema` gives the parsed `schema/topology.schema.json`. */
export const topologyValidators = (schema: () => Schema): Validators => ({
  schema: once(schema),
  failFast,
  allErrors: async () => (await import('./generated/all-errors.js')).validate,
});

export async function validate(document: LoadedDocument, validators: Validators): Promise<Validated> {
  const secrets = [...secretsInText(document.text), ...secretsInValues(document, validators.schema)];
  if (document.poisoned.length === 0 && validators.failFast(document.data)) {
    return { data: document.data, diagnostics: secrets, poisoned: [] };
  }
  const found = schemaDiagnostics(document, validators.schema(), await validators.allErrors(), secrets);
  const places = found.flatMap(({ place }) => (place.kind === 'path' ? [place.path] : []));
  const { data, poisoned }: Pruned = prune(document.data, [...document.poisoned, ...places]);
  const said = isUnder([...document.poisoned, ...places]);
  return {
    data: validators.failFast(data) ? data : undefined,
    diagnostics: [...secrets, ...found, ...unresolvedIn(poisoned, document.data, validators.schema(), said)],
    poisoned,
  };
}

function schemaDiagnostics(
  { data, text, index, poisoned }: LoadedDocument,
  schema: Schema,
  allErrors: ValidateFunction,
  secrets: readonly Diagnostic[],
): readonly Diagnostic[] {
  allErrors(data);
  const raw = (path: TopologyPath): string | undefined => valueText(text, index, path);
  const isSecret = overlaps(secrets.map(({ place }) => offsets(place, index)));
  const isPoisoned = isUnder(poisoned);
  // What is poisoned was reported when it was loaded, and no message may quote a secret.
  return translate(schema, data, allErrors.errors ?? [], raw).filter(
    ({ place }) => place.kind !== 'path' || !(isPoisoned(place.path) || isSecret(offsets(place, index))),
  );
}

type Range = readonly [start: number, end: number];

const offsets = (place: Place, index: PositionIndex): Range =>
  place.kind === 'path' ? offsetsOf(place, index) : place.kind === 'span' ? [place.start, place.end] : [0, 0];

/** Whether a range touches one of many, none of which overlap much. */
function overlaps(ranges: readonly Range[]): (range: Range) => boolean {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0]);
  return ([start, end]) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]![0] < end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && sorted[low - 1]![1] > start;
  };
}
