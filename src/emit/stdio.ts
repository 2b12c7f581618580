/**
 * Standard output and error without `process.stdout`: touching it costs a tenth of Node's start-up, and a write
 * through it may be lost when the process exits.
 */
import { readFileSync, writeSync } from 'node:fs';

/** What a command may use of the world around it. */
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

/** The reader of our output went away (`| head`): nothing more to say, and no fault of ours. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

/** Writes all of `text` to a file descriptor, waiting where a pipe is full. Throws `ReaderGone` on EPIPE. */
export function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EPIPE') throw new ReaderGone();
      if (code !== 'EAGAIN') throw error;
      // A pipe that somebody made non-blocking: wait a moment and go on where it stopped.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

export const readStandardInput = (): Uint8Array => readFileSync(0);
