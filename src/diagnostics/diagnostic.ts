/**
 * A diagnostic is plain data. It names a *place* by its logical path in the topology; line and column are
 * looked up once, when it is printed (`locate.ts`), so that no phase has to carry positions along.
 */

export type Severity = 'error' | 'warning' | 'info';

/** Keys and indices from the root of the topology, for example `['hosts', 'pbs-home', 'nics', 'ens18', 'vlan']`. */
export type TopologyPath = readonly (string | number)[];

/** A place in the topology by path. `on: 'key'` underlines the key of the last step, `'value'` its value. */
export interface PathPlace {
  readonly kind: 'path';
  readonly path: TopologyPath;
  readonly on: 'key' | 'value';
}

/** A place in the topology text by UTF-16 offsets, for what has no path because it did not parse. */
export interface SpanPlace {
  readonly kind: 'span';
  readonly start: number;
  readonly end: number;
}

/** A place in another file (a template, a rendered file). Line and columns count from 1. */
export interface FilePlace {
  readonly kind: 'file';
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  readonly endColumn?: number;
}

export type Place = PathPlace | SpanPlace | FilePlace;

export interface Related {
  readonly message: string;
  readonly place: Place;
}

export interface Diagnostic {
  /** Stable kebab-case code; every code has an entry in the catalogue (`offsite rules CODE`). */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: the fact, with the offending value quoted. No final full stop, no line break. */
  readonly message: string;
  readonly place: Place;
  /** Every other place involved: the first of two duplicates, each hop of a cycle. */
  readonly related?: readonly Related[];
  /** What is allowed, or how to fix it. */
  readonly help?: string;
  /** The place holds a secret: no code frame may show it, neither this one's nor that of another diagnostic. */
  readonly secret?: true;
}

/** What the catalogue says of a code: the source of `offsite rules` and of `docs/rules/`. */
export interface CodeEntry {
  readonly severity: Severity;
  /** One sentence: what is reported. */
  readonly summary: string;
  /** Why it matters: what happens on the real system. */
  readonly why: string;
  /** How to fix it. */
  readonly fix: string;
  /** A minimal piece of YAML that fires, and (optionally) one that does not. */
  readonly example?: { readonly bad: string; readonly good?: string };
}

export type CodeTable = Readonly<Record<string, CodeEntry>>;

export const atKey = (path: TopologyPath): PathPlace => ({ kind: 'path', path, on: 'key' });
export const atValue = (path: TopologyPath): PathPlace => ({ kind: 'path', path, on: 'value' });
