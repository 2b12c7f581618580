/** What a thread can do, and what it answers: one message, when it is done. */
export type Job =
  /** The answer is a text of `listingText` for each directory in `out/`, by its name. */
  | { readonly kind: 'list'; readonly outDir: string }
  /** The answer is a sentence that says why it failed; undefined when everything was written. */
  | { readonly kind: 'write'; readonly outDir: string; readonly files: readonly Written[] };

/** Path below `out/` and text. */
export type Written = readonly [path: string, text: string];

export interface Answers {
  readonly list: ReadonlyMap<string, string>;
  readonly write: string | undefined;
}
