import { CELLS, NEXT, type PositionIndex } from './positions.ts';

/** Collects a `PositionIndex` while a document is walked in preorder. Offsets are UTF-16 units into the text. */
export class PositionBuilder {
  #cells = new Int32Array(1024 * CELLS);
  #count = 0;
  readonly #names: string[] = [];
  readonly #ids = new Map<string, number>();
  readonly #aliases = new Map<number, number>();
  readonly #merges = new Map<number, readonly number[]>();

  /** Number for a key, the same for equal keys. */
  nameId(name: string): number {
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.#names.push(name) - 1;
      this.#ids.set(name, id);
    }
    return id;
  }

  /** The key of a number: the same text each time, which is cheaper to use as a key of a map than an equal one. */
  name(id: number): string {
    return this.#names[id]!;
  }

  /** Starts a node and gives its number. */
  open(name: number, keyStart: number, keyEnd: number, valueStart: number): number {
    const at = this.#count * CELLS;
    if (at === this.#cells.length) this.#grow();
    const cells = this.#cells;
    cells[at] = name;
    cells[at + 1] = keyStart;
    cells[at + 2] = keyEnd;
    cells[at + 3] = valueStart;
    return this.#count++;
  }

  /** Ends a node, after all nodes below it. */
  close(node: number, valueEnd: number): void {
    this.#cells[node * CELLS + 4] = valueEnd;
    this.#cells[node * CELLS + NEXT] = this.#count;
  }

  alias(node: number, target: number): void {
    this.#aliases.set(node, target);
  }

  merge(node: number, sources: readonly number[]): void {
    this.#merges.set(node, sources);
  }

  /** Children of a closed node, an alias followed. */
  children(node: number): number[] {
    const parent = this.#aliases.get(node) ?? node;
    const end = this.#cells[parent * CELLS + NEXT]!;
    const found: number[] = [];
    for (let child = parent + 1; child < end; child = this.#cells[child * CELLS + NEXT]!) found.push(child);
    return found;
  }

  finish(): PositionIndex {
    return {
      cells: this.#cells.subarray(0, this.#count * CELLS),
      count: this.#count,
      names: this.#names,
      ids: this.#ids,
      aliases: this.#aliases,
      merges: this.#merges,
      wide: new Map(),
    };
  }

  #grow(): void {
    const larger = new Int32Array(this.#cells.length * 2);
    larger.set(this.#cells);
    this.#cells = larger;
  }
}
