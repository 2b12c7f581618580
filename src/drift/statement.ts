/**
 * What a configuration file says, in a form in which two files can be compared: statements with one spelling for each
 * meaning. A normaliser per format makes it, of live and of rendered texts alike.
 */
import type { Ownership, ReadError } from '../artifacts/artifact.ts';

/** A part of a file that is there or not as a whole: a section, a peer, a mount, a key. */
export interface Section {
  /** What makes it the same in two files, whatever its type: two sections of one id cannot be in one file. */
  readonly id: string;
  /** As it is printed, for example `sync: pull-home`; a differing name of one id is a differing type. */
  readonly name: string;
  readonly line: number;
}

export interface Statement {
  /** Name of its section; absent for files without sections. */
  readonly section?: string;
  /** Its place, for example `sync: pull-home/schedule`; several statements may share one. */
  readonly at: string;
  /** As it stands in the file. */
  readonly value: string;
  /** One spelling for each meaning. */
  readonly meaning: string;
  readonly line: number;
  /** The value must never be printed. */
  readonly secret?: true;
  /** Says what holds without it: its absence is no difference. */
  readonly silent?: true;
  /** Among the statements of one place the order counts, as of commands. */
  readonly ordered?: true;
}

export interface Understood {
  readonly sections: readonly Section[];
  readonly statements: readonly Statement[];
  /** What the owning program would refuse, lose or take differently than written. */
  readonly damage: readonly ReadError[];
  /** Parts that are none of ours by where they stand, such as fstab lines outside of our block. */
  readonly foreign: readonly Section[];
}

export interface FileContext {
  /** Absolute path on the host. */
  readonly path: string;
  readonly ownership: Ownership;
}

/** Understands any text; never throws. */
export type Normaliser = (text: string, context: FileContext) => Understood;

/** Last component of a path: `sync.cfg`. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
