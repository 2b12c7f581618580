/**
 * Standard input and output without `process.stdout`: touching it costs a tenth of Node's start-up, and what is
 * written through it may be lost when the process exits.
 */
import { readFileSync, writeSync } from 'node:fs';

/**
 * Writes all of `text` to a file descriptor, waiting where a pipe is full. Returns false when nobody reads any more
 * (`| head`): that is no fault, and there is nothing more to say. Throws the system's error otherwise.
 */
export function writeAll(descriptor: number, text: string): boolean {
  const bytes = Buffer.from(text, 'utf8');
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EPIPE') return false;
      if (code !== 'EAGAIN') throw error;
      // A pipe that somebody made non-blocking: wait a moment (ms) and go on where it stopped.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
  return true;
}

/** All bytes of standard input; none when it is closed. */
export function readStandardInput(): Uint8Array {
  return readFileSync(0);
}
