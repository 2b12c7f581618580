import type { Severity, TopologyPath } from './diagnostic.ts';

/**
 * A stretch of a file. Lines and columns count from 1, columns in Unicode characters; the end is exclusive,
 * so that an empty stretch has `endColumn === column` on one line.
 */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface LocatedRelated extends Location {
  readonly message: string;
}

/** A diagnostic with its place looked up: what the formats print. */
export interface LocatedDiagnostic extends Location {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Path in the topology, when the place has one. */
  readonly path: TopologyPath | undefined;
  readonly related: readonly LocatedRelated[];
  readonly help: string | undefined;
  /** The characters at the location are masked in every code frame. */
  readonly secret: boolean;
}
