import type { TopologyPath } from '../../diagnostics/diagnostic.ts';

/** What decided about a packet: a rendered line, or what the topology says of the host itself. */
export interface Decision {
  /** The line, or what is declared, in words. */
  readonly text: string;
  /** Rendered file, by its path below out/, and line from 1. */
  readonly at?: { readonly file: string; readonly line: number };
  readonly path?: TopologyPath;
}
