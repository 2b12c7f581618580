/** A file of `key: value` lines as read. */
import type { ReadError, ReadFact } from '../../artifacts/artifact.ts';

export interface KeyValueLine {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

export interface KeyValueDocument {
  /** In file order. */
  readonly entries: readonly KeyValueLine[];
  /** Comment lines in front of the first key, without `#`: in `node.cfg` the description of the node. */
  readonly description: readonly KeyValueLine[];
  readonly errors: readonly ReadError[];
  /** Accepted, but lost or not as meant. */
  readonly hazards: readonly ReadError[];
}

/** One statement per entry (at the key), and one per line of the description (at `#0`, `#1`, …) if asked for. */
export function facts(document: KeyValueDocument, withDescription = false): ReadFact[] {
  const description = withDescription ? document.description : [];
  return [...description, ...document.entries].map(({ key, value, line }) => ({ at: key, value, line }));
}
