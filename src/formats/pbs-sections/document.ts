/** A section file of PBS as read: every section and property with its line, and what PBS would say of it. */
import type { ReadError } from '../../artifacts/artifact.ts';
import type { Version } from '../../proxmox/version.ts';

export interface PbsPropertyLine {
  readonly key: string;
  /** Trimmed; `''` for `key` and a trailing blank. */
  readonly value: string;
  readonly line: number;
}

export interface PbsSectionLines {
  readonly type: string;
  readonly id: string;
  readonly line: number;
  /** In file order. */
  readonly properties: readonly PbsPropertyLine[];
}

export interface PbsReadError extends ReadError {
  /** `schema`: the whole file is unreadable; `typed`: it loads, but every list of its sections fails. */
  readonly stage: 'schema' | 'typed';
}

export interface PbsReadOptions {
  /** Name of the file's table, such as `sync.cfg`. */
  readonly file: string;
  /** Refuse what this version does not know; without it everything up to the newest is known. */
  readonly version?: Version;
  /** Puts something in for the secrets of a value before it is judged; the text says what stands there. */
  readonly filled?: (value: string) => string;
}

export interface PbsDocument {
  readonly file: string;
  readonly sections: readonly PbsSectionLines[];
  /** In line order. */
  readonly errors: readonly PbsReadError[];
  /** What PBS accepts and what then harms: duplicate ids, values that cannot be saved again. */
  readonly hazards: readonly ReadError[];
}
