/** Builds the facts of a file as columns: a large topology has a million of them. Shares no code with the readers. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { type Fact, type FactColumns, placeOf } from './artifact.ts';

/** A class: of what a literal makes V8 learns from one kind of files that it lives long, and is wrong with the next. */
export class ColumnList implements FactColumns {
  readonly sections: string[];
  readonly keys: string[];
  readonly counts: number[];
  readonly values: string[];
  readonly causes: (readonly TopologyPath[])[];
  #next = 0;

  /**
   * @param length how many facts there will be, if that is known: lists that grow are copied again and again. If there may
   * be fewer, `end` is called when all are there.
   */
  constructor(length = 0) {
    this.sections = new Array<string>(length);
    this.keys = new Array<string>(length);
    this.counts = new Array<number>(length);
    this.values = new Array<string>(length);
    this.causes = new Array<readonly TopologyPath[]>(length);
  }

  add(section: string, key: string, count: number, value: string, causes: readonly TopologyPath[]): void {
    const next = this.#next++;
    this.sections[next] = section;
    this.keys[next] = key;
    this.counts[next] = count;
    this.values[next] = value;
    this.causes[next] = causes;
  }

  end(): this {
    for (const list of [this.sections, this.keys, this.counts, this.values, this.causes])
      list.length = this.#next;
    return this;
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

export const factsFrom = ({ sections, keys, counts, values, causes }: FactColumns): Fact[] =>
  sections.map((section, i) => ({
    at: placeOf(section, keys[i]!, counts[i]!),
    value: values[i]!,
    causes: causes[i]!,
  }));
