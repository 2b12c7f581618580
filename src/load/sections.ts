import {
  Composer,
  type CST,
  type DocumentOptions,
  isMap,
  type Node,
  type Pair,
  type ParseOptions,
  type SchemaOptions,
} from 'yaml';

export type ComposeOptions = ParseOptions & DocumentOptions & SchemaOptions;

/** What the package calls an error or a warning. */
export interface Complaint {
  readonly code: string;
  readonly message: string;
  readonly pos: [number, number];
}

/** Entries of a section that are composed together, and how many must be there before any is. */
const BATCH = 256;
/** The parser still looks at the last two entries of a map that it is building. */
const IN_USE = 2;

/**
 * Tokens of a whole document take three times the memory of its tree, so the entries of a top-level map
 * (`hosts:`) are turned into nodes while the parser is still reading that map, and put back at the end.
 */
export class Sections {
  readonly complaints: Complaint[] = [];
  /** Finished pairs by the offset at which their map starts. */
  readonly #pairs = new Map<number, Pair[]>();
  readonly #options: ComposeOptions;

  constructor(options: ComposeOptions) {
    this.#options = options;
  }

  /** Takes finished entries away from the section that is being read: the third token of the parser's stack. */
  drain(stack: readonly CST.Token[]): void {
    const section = stack[2];
    if (section?.type !== 'block-map' || section.items.length < BATCH + IN_USE) return;
    const items = section.items.splice(0, section.items.length - IN_USE);
    const known = this.#pairs.get(section.offset) ?? [];
    if (known.length === 0) this.#pairs.set(section.offset, known);
    known.push(...this.#compose(section, items));
  }

  #compose(section: CST.BlockMap, items: CST.BlockMap['items']): readonly Pair[] {
    const first = items[0]!;
    const offset = first.start[0]?.offset ?? first.key?.offset ?? section.offset;
    const token: CST.Document = { type: 'document', offset, start: [], value: { ...section, offset, items } };
    for (const doc of new Composer(this.#options).compose([token], false)) {
      this.complaints.push(...doc.errors, ...doc.warnings);
      if (isMap(doc.contents)) return doc.contents.items as Pair[];
    }
    return [];
  }

  /** Puts the pairs back in front of those that the rest of each section had. */
  restore(root: Node | null): void {
    if (!isMap(root)) return;
    for (const { value } of root.items) {
      const pairs = isMap(value) && value.range ? this.#pairs.get(value.range[0]) : undefined;
      if (pairs && isMap(value)) value.items = pairs.concat(value.items as Pair[]);
    }
  }
}
