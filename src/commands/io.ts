/** What a command may use of the world around it. Tests hand in their own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output and standard error are terminals. */
  readonly terminal: { readonly stdout: boolean; readonly stderr: boolean };
  /** Data. */
  stdout(text: string): void;
  /** Talk. */
  stderr(text: string): void;
  /** All of standard input. */
  stdin(): Uint8Array;
}
