/** Where the bytes of input files come from. With `emit`, the only code that touches the file system. */
import { closeSync, existsSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { attempt, FileFailure } from '../failure.ts';
import { packageRoot } from '../package-root.ts';

/** The nearest file called `name` in `from` or a directory above it. */
export function findUpwards(name: string, from: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    const file = join(directory, name);
    if (existsSync(file)) return file;
    if (directory === dirname(directory)) return undefined;
  }
}

/** The bytes of a file (or pipe). `FileFailure` when it cannot be opened or is a file of more than `maxBytes`. */
export function readInput(file: string, maxBytes: number): Uint8Array {
  const doing = `read ${file}`;
  const handle = attempt(doing, () => openSync(file, 'r'));
  try {
    // Looked at before reading: nobody wants gigabytes in memory to be told that they are too many.
    const { size } = attempt(doing, () => fstatSync(handle));
    if (size > maxBytes) {
      throw new FileFailure(
        `cannot ${doing}: it has ${size} bytes, the limit is ${maxBytes} (--max-bytes raises it)`,
      );
    }
    return attempt(doing, () => readFileSync(handle));
  } finally {
    closeSync(handle);
  }
}

/** A text file that is installed with offsite; `path` is relative to the package. */
export function readPackageFile(path: string): string {
  const file = join(packageRoot, path);
  return attempt(`read ${file} of this installation`, () => readFileSync(file, 'utf8'));
}
