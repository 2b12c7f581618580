/** Builds the facts of a file as columns: a large topology has a million of them. Shares no code with the readers. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { type Fact, type FactColumns, placeOf } from './artifact.ts';

export interface ColumnList {
  readonly columns: FactColumns;
  add(section: string, key: string, count: number, value: string, causes: readonly TopologyPath[]): void;
}

/** A class: of what a literal makes V8 learns from one kind of files that it lives long, and is wrong with the next. */
class Columns implements FactColumns {
  readonly sections: string[];
  readonly keys: string[];
  readonly counts: number[];
  readonly values: string[];
  readonly causes: (readonly TopologyPath[])[];

  constructor(length: number) {
    this.sections = new Array<string>(length);
    this.keys = new Array<string>(length);
    this.counts = new Array<number>(length);
    this.values = new Array<string>(length);
    this.causes = new Array<readonly TopologyPath[]>(length);
  }
}

/** The columns of a file that is the same on every host, with what caused all of it on one. */
export const sameColumns = (columns: FactColumns, causes: readonly TopologyPath[]): FactColumns =>
  new SameColumns(columns, causes);

/** Causes are looked at by few. */
class SameColumns implements FactColumns {
  readonly sections: readonly string[];
  readonly keys: readonly string[];
  readonly counts: readonly number[];
  readonly values: readonly string[];
  readonly #causes: readonly TopologyPath[];

  constructor({ sections, keys, counts, values }: FactColumns, causes: readonly TopologyPath[]) {
    this.sections = sections;
    this.keys = keys;
    this.counts = counts;
    this.values = values;
    this.#causes = causes;
  }

  get causes(): readonly (readonly TopologyPath[])[] {
    return this.values.map(() => this.#causes);
  }
}

/** @param length how many facts there will be, if that is known: lists that grow are copied again and again. */
export function columnList(length = 0): ColumnList {
  const columns = new Columns(length);
  const { sections, keys, counts, values, causes } = columns;
  let next = 0;
  return {
    columns,
    add(section, key, count, value, cause) {
      sections[next] = section;
      keys[next] = key;
      counts[next] = count;
      values[next] = value;
      causes[next] = cause;
      next++;
    },
  };
}

/** Counts how often a key came before, for places that may repeat. */
export function counter(): (key: string) => number {
  const counts = new Map<string, number>();
  return key => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count;
  };
}

export const factsFrom = ({ sections, keys, counts, values, causes }: FactColumns): Fact[] =>
  sections.map((section, i) => ({
    at: placeOf(section, keys[i]!, counts[i]!),
    value: values[i]!,
    causes: causes[i]!,
  }));
