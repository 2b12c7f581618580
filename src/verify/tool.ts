/**
 * A real tool that judges rendered files: the program that reads such a file on a host, or a checker that knows its
 * format. The readers of the artifact kinds have judged the same files before, on every render.
 */
import type { RenderedFile } from '../render/render-all.ts';
import type { World } from './world.ts';

/** A rendered file as it lies in the scratch directory: with dummies in place of secrets. */
export interface JudgedFile {
  /** Path below out/. */
  readonly path: string;
  readonly text: string;
  /** Absolute path of the copy. */
  readonly copy: string;
  readonly artifact: RenderedFile['artifact'];
}

export type Finding =
  /** The tool does not take the file. */
  | {
      readonly kind: 'refused';
      readonly file: JudgedFile;
      /** Line of the rendered file, from 1; undefined when the tool names none. */
      readonly line?: number;
      readonly message: string;
    }
  /** The tool did not judge: it hung, died, or printed what nobody expected. */
  | { readonly kind: 'unclear'; readonly file: JudgedFile; readonly message: string };

export interface Tool {
  /** As people know it, for example `systemd-analyze verify`. */
  readonly name: string;
  /** Debian package. */
  readonly package: string;
  /** Programs that must exist: names to look up, or absolute paths. */
  readonly programs: readonly string[];
  /** The tool asks for root; a user namespace will do. */
  readonly root?: true;
  /**
   * `text`: the verdict depends on the text alone, so equal texts are judged once. `files`: the tool sees everything
   * that it wants, because files name one another.
   */
  readonly scope: 'text' | 'files';
  wants(file: JudgedFile): boolean;
  /** Gives what is wrong; empty when the tool takes everything. Never rejects for what a tool does. */
  judge(files: readonly JudgedFile[], world: World): Promise<readonly Finding[]>;
}
