/** What a thread can do, and what it answers: one message, when it is done. */
export type Job =
  /** The answer is a text of `listingText` for each directory in `out/`, by its name. */
  | { readonly kind: 'list'; readonly outDir: string }
  /**
   * Writes what it is sent below `directory`, until it is told that this was all. The answer is a sentence that says why
   * it failed; undefined when everything was written.
   */
  | { readonly kind: 'write'; readonly directory: string };

/** Path and text. */
export type Written = readonly [path: string, text: string];

export interface Answers {
  readonly list: ReadonlyMap<string, string>;
  readonly write: string | undefined;
}
