/**
 * The artifact IR: complete plain data per rendered file, in the words of the file. `lower` makes it, a template
 * lays it out, a reader that shares no code with the template reads the text back, and the two lists of facts
 * must be equal (translation validation). Facts carry the topology paths that caused them, read facts carry the
 * line where they were found: zipped together they are the provenance of every rendered line.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';

/** A statement that the rendered file makes. */
export interface Fact {
  /** Where in the file's own structure, for example `sync: pull-home/ns` or `[Peer] 0/AllowedIPs`. */
  readonly at: string;
  readonly value: string;
  /** Topology paths that caused this fact; never empty. */
  readonly causes: readonly TopologyPath[];
}

/** The same statement as found in a text. */
export interface ReadFact {
  readonly at: string;
  readonly value: string;
  /** Line of the text, from 1. */
  readonly line: number;
}

/**
 * Takes the facts of a text one by one, in the order in which it states them. Their place comes in parts (`placeOf`),
 * which need not be put together to be compared.
 */
export type TakeFound = (section: string, key: string, count: number, value: string, line: number) => void;

/** Facts as lists of one length. */
export interface FactColumns {
  readonly sections: readonly string[];
  readonly keys: readonly string[];
  readonly counts: readonly number[];
  readonly values: readonly string[];
  readonly causes: readonly (readonly TopologyPath[])[];
}

/** `section` if there is no key, `section/key`, and `[count]` for a place that may repeat; one that may not has -1. */
export function placeOf(section: string, key: string, count: number): string {
  const place = key === '' ? section : `${section}/${key}`;
  return count < 0 ? place : `${place}[${count}]`;
}

/** A text that the owning program would not read as meant. */
export interface ReadError {
  readonly line: number;
  readonly message: string;
}

export interface ReadResult {
  readonly facts: readonly ReadFact[];
  readonly errors: readonly ReadError[];
}

/**
 * `root/`: copy as it is; `fill/`: copy after secrets are filled in; `merge/`: the host owns the rest of the file;
 * `doc`: for people, directly below the target (APPLY.md) or below `_external/`.
 */
export type Folder = 'root' | 'fill' | 'merge' | 'doc';

export type Ownership = 'whole' | 'sections' | 'block' | 'fragment' | 'keys';

export interface Artifact<View = unknown> {
  /** Name of the artifact kind: the folder below `src/artifacts/` and `templates/`. */
  readonly kind: string;
  /** Host or cluster name: the folder below `out/`. */
  readonly target: string;
  readonly folder: Folder;
  /** Absolute path on the host. */
  readonly path: string;
  readonly ownership: Ownership;
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  /** Names of secrets whose placeholders the file holds; only in `fill/`. */
  readonly secrets: readonly string[];
  /** Ids of sections (`type: id`) for `sections` and `whole` files in section formats. */
  readonly sections?: readonly string[];
  /** Plain data for the template: strings, booleans, lists; no undefined, no null. */
  readonly view: View;
  /** What a reader must find, in file order. */
  readonly facts: readonly Fact[];
  /** The same facts for comparing, for kinds with many or large files; `facts` is then made when asked for. */
  readonly columns?: FactColumns | undefined;
}

export interface ArtifactKind {
  readonly name: string;
  /** Independent reader: parses rendered text with the strictness of the program that owns the file. */
  read(text: string): ReadResult;
  /** The same, fact by fact, and without a document: gives the errors. For kinds whose artifacts have `columns`. */
  find?(text: string, take: TakeFound): readonly ReadError[];
}

/** Path below out/, for example `pbs-home/root/etc/proxmox-backup/sync.cfg` or `pbs-home/APPLY.md`. */
export function outPath({ target, folder, path }: Pick<Artifact, 'target' | 'folder' | 'path'>): string {
  return folder === 'doc' ? `${target}${path}` : `${target}/${folder}${path}`;
}
