/**
 * What `emit` would do to `out/`, as plain values: `render` applies them, `check` prints them, and both come from
 * the same comparison, so that a preview cannot differ from what is done.
 */

/** A file below `out/`: `path` is relative, `/`-separated and made of validated names only. */
export interface OutFile {
  readonly path: string;
  readonly text: string;
  /** What the text is made of, where it is so long that it had better not be in memory as a whole. */
  readonly pieces?: (() => Iterable<string>) | undefined;
  /** `out/` was found to hold just this: nobody asks for its text any more. */
  readonly isHeld?: boolean;
  /** A stage has its text, which is not at hand any more. */
  readonly isStaged?: boolean;
}

export type Change =
  | Written<'create'>
  | Staged
  | (Written<'update'> & { readonly old: string })
  | { readonly verb: 'delete'; readonly path: string; readonly old: string };

/** A file of a target that a stage has. */
export interface Staged {
  readonly verb: 'create';
  readonly path: string;
  readonly isStaged: true;
}

interface Written<Verb extends string> extends Pick<OutFile, 'path' | 'text' | 'pieces'> {
  readonly verb: Verb;
  readonly isStaged?: undefined;
}

/** A file that stays although nothing renders it: nobody listed it, or it is listed but was edited since. */
export interface Kept {
  readonly path: string;
  readonly why: 'foreign' | 'edited';
}

/** Something in the way of a rendered path. Nothing at all is written while there is one. */
export interface Blocked {
  readonly path: string;
  readonly why: 'symlink' | 'not-a-directory' | 'not-a-file';
}

export interface Plan {
  readonly outDir: string;
  /** Sorted by path. */
  readonly changes: readonly Change[];
  /** Number of files that are already as rendered. */
  readonly unchanged: number;
  readonly kept: readonly Kept[];
  readonly blocked: readonly Blocked[];
  /** Temporary files and directories of a run that was killed. */
  readonly leftovers: readonly string[];
  /** Directories that hold nothing any more, deepest first. */
  readonly emptied: readonly string[];
  /** Names of the journals of earlier runs that did not finish. */
  readonly journals: readonly string[];
}

/** True when `out/` is exactly as rendered and no earlier run was interrupted. */
export function isFresh(plan: Plan): boolean {
  const { changes, blocked, leftovers, emptied, journals } = plan;
  return [changes, blocked, leftovers, emptied, journals].every(({ length }) => length === 0);
}
