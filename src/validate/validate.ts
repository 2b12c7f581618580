/**
 * Takes a loaded document, gives what of it satisfies the schema. Judges each value on its own; what values say
 * of each other is for `resolve`. Never changes the data.
 */

import { atValue, type Diagnostic, type Place, type TopologyPath } from '../diagnostics/diagnostic.ts';
import { offsetsOf, valueText } from '../diagnostics/locate.ts';
import type { PositionIndex } from '../diagnostics/positions.ts';
import type { DataMap, LoadedDocument } from '../load/document.ts';
import { once } from '../once.ts';
import type { AjvError, ValidateFunction } from './ajv-error.ts';
import { validate as failFast } from './generated/fail-fast.js';
import { besides, misplacedSections, strayObjects } from './misplaced.ts';
import { isUnder, prune } from './prune.ts';
import { unresolvedIn } from './references.ts';
import type { Schema } from './schema.ts';
import { secretsInText, secretsInValues } from './secrets.ts';
import { translate } from './translate.ts';
import { type Value, valuesIn } from './values.ts';

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
  /** The texts in objects, without those of which something is said already. */
  valuesIn(objects: readonly TopologyPath[]): readonly Value[];
}

/** The validators of the topology schema. `schema` gives the parsed `schema/topology.schema.json`. */
export const topologyValidators = (schema: () => Schema): Validators => ({
  schema: once(schema),
  failFast,
  allErrors: async () => (await import('./generated/all-errors.js')).validate,
});

/** Errors of the schema that are told apart: each takes a hundred times the memory of its line. */
const MOST = 50_000;

const tooMany: Diagnostic = {
  code: 'too-many-mistakes',
  severity: 'error',
  message: `there are more than ${MOST} mistakes: those that follow are not looked at`,
  place: atValue([]),
};

export async function validate(document: LoadedDocument, validators: Validators): Promise<Validated> {
  const { data, index } = document;
  const secrets = [...secretsInText(document.text), ...secretsInValues(document, validators.schema)];
  const isSecret = overlaps(secrets.map(({ place }) => offsets(place, index)));
  const unsaid =
    (said: readonly TopologyPath[]) =>
    (objects: readonly TopologyPath[]): readonly Value[] => {
      const isSaid = isUnder(said);
      const isReported = (path: TopologyPath): boolean =>
        isSaid(path) || isSecret(offsets(atValue(path), index));
      return objects.length === 0 ? [] : [...valuesIn(objects, data, validators.schema(), isReported)];
    };
  if (document.poisoned.length === 0 && validators.failFast(data)) {
    return { data, diagnostics: secrets, poisoned: [], valuesIn: unsaid([]) };
  }
  const allErrors = await validators.allErrors();
  allErrors(data);
  const errors = allErrors.errors ?? [];
  const all = schemaDiagnostics(document, validators.schema(), errors.slice(0, MOST), isSecret);
  if (errors.length > MOST) {
    return { data: undefined, diagnostics: [...secrets, ...all, tooMany], poisoned: [], valuesIn: () => [] };
  }
  const misplaced = misplacedSections(data, Object.keys(validators.schema().properties ?? {}), all);
  const found = [...misplaced.diagnostics, ...besides(all, misplaced)];
  const places = all.flatMap(({ place }) => (place.kind === 'path' ? [place.path] : []));
  const pruned = prune(data, [...document.poisoned, ...places, ...misplaced.paths]);
  const poisoned = [...pruned.poisoned, ...strayObjects(all)];
  const values = unsaid([...document.poisoned, ...found.flatMap(judgedPath)]);
  return {
    data: validators.failFast(pruned.data) ? pruned.data : undefined,
    diagnostics: [...secrets, ...saidOnce(found, index), ...unresolvedIn(values(pruned.poisoned), data)],
    poisoned,
    valuesIn: values,
  };
}

/** Of a map that lacks a key or has an odd name, the values may be fine or not. */
const judgedPath = ({ code, place }: Diagnostic): readonly TopologyPath[] =>
  place.kind === 'path' && code !== 'missing-key' && code !== 'invalid-name' ? [place.path] : [];

function schemaDiagnostics(
  { data, text, index, poisoned }: LoadedDocument,
  schema: Schema,
  errors: readonly AjvError[],
  isSecret: (range: Range) => boolean,
): readonly Diagnostic[] {
  const raw = (path: TopologyPath): string | undefined => valueText(text, index, path);
  const isPoisoned = isUnder(poisoned);
  const isPartial = partial(poisoned);
  // What is poisoned was reported when it was loaded, and no message may quote a secret.
  return translate(schema, data, errors, raw).filter(
    ({ code, place }) =>
      place.kind !== 'path' ||
      !(
        isPoisoned(place.path) ||
        isSecret(offsets(place, index)) ||
        (code === 'missing-key' && isPartial(place.path))
      ),
  );
}

/** Whether a map was to take keys from another one that was refused: nobody knows which. */
function partial(poisoned: readonly TopologyPath[]): (path: TopologyPath) => boolean {
  const maps = poisoned.flatMap(path =>
    path.includes(MERGE) ? JSON.stringify(path.slice(0, path.indexOf(MERGE))) : [],
  );
  const keys = new Set(maps);
  return path => keys.size > 0 && keys.has(JSON.stringify(path));
}

const MERGE = '<<';

/** A key that many maps have from one place is unknown once. */
function saidOnce(found: readonly Diagnostic[], index: PositionIndex): readonly Diagnostic[] {
  const said = new Set<number>();
  return found.filter(({ code, place }) => {
    if (code !== 'unknown-key') return true;
    const [start] = offsets(place, index);
    const isNew = !said.has(start);
    said.add(start);
    return isNew;
  });
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
