/** What drift is, as data: the JSON form of `offsite drift` but for places, which are looked up when printing. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';

/**
 * `only-live`, `only-rendered`, `different`: drift. `damaged`: the owning program would refuse, lose or misread it, drift
 * too. `foreign`: belongs to the host, no drift.
 */
export type FindingKind = 'only-live' | 'only-rendered' | 'different' | 'damaged' | 'foreign';

export interface DriftFinding {
  readonly kind: FindingKind;
  /** Place in the file's own structure, for example `sync: pull-home/schedule`. */
  readonly at: string;
  /** Values as they may be printed: never a secret. Absent for whole sections. */
  readonly live?: string;
  readonly rendered?: string;
  /** Line of the live file, from 1. */
  readonly line?: number;
  /** What is wrong, for `damaged`. */
  readonly message?: string;
  /** What made the rendered side. */
  readonly causes: readonly TopologyPath[];
}

/** `not-compared`: the copy lacks it and its directory, or it is not rendered yet. */
export type FileState = 'same' | 'drift' | 'missing' | 'not-compared';

export interface FileReport {
  /** Absolute path on the host. */
  readonly path: string;
  readonly state: FileState;
  readonly findings: readonly DriftFinding[];
  /** Why it was not compared, where that is not plain. */
  readonly note?: string;
}

export interface TargetReport {
  readonly target: string;
  /** By path. */
  readonly files: readonly FileReport[];
}

export const isDrift = ({ state }: Pick<FileReport, 'state'>): boolean =>
  state === 'drift' || state === 'missing';
