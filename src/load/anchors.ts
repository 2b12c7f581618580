import type { Data } from './document.ts';

/** What an anchor names: its value and its node in the position index (-1 for an anchored key). */
export interface Anchor {
  readonly data: Data;
  readonly record: number;
}

interface Entry extends Anchor {
  /** Nodes that a walk over the value would visit, aliases followed. */
  readonly size: number;
}

/**
 * Nodes that aliases and merge keys may add to a document. Values are shared, so this bounds not memory but the
 * time of every later walk over the data; 10,000 hosts that each merge a hundred defaults stay within it.
 */
export const MAX_EXPANSION = 2_000_000;

export type AliasFault = 'unknown' | 'cycle' | 'expansion';

/** The anchors seen so far, and a running count of how large the document is with every alias followed. */
export class AnchorTable {
  readonly #entries = new Map<string, Entry | 'open'>();
  #size = 0;
  #added = 0;

  visit(): void {
    this.#size += 1;
  }

  /** Starts an anchored node; the result is handed to `close` when its value is known. */
  open(name: string): number {
    this.#entries.set(name, 'open');
    return this.#size;
  }

  close(name: string, sizeBefore: number, anchor: Anchor): void {
    this.#entries.set(name, { ...anchor, size: this.#size - sizeBefore + 1 });
  }

  /** Follows an alias: the latest anchor of that name, or why there is none. */
  use(name: string): Anchor | AliasFault {
    const entry = this.#entries.get(name);
    if (entry === undefined) return 'unknown';
    if (entry === 'open') return 'cycle';
    return this.expand(entry.size) ? entry : 'expansion';
  }

  /** Counts nodes that an alias or a merge adds; false when that is too many. */
  expand(nodes: number): boolean {
    this.#added += nodes;
    this.#size += nodes;
    return this.#added <= MAX_EXPANSION;
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }
}
