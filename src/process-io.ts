/** The process as commands see it. */
import { fstatSync, statSync } from 'node:fs';
import type { Io } from './commands/io.ts';
import { readStandardInput, writeAll } from './emit/stdio.ts';
import { attempt } from './failure.ts';

export function processIo(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    terminal: {
      get stdout() {
        return isTerminal(1);
      },
      get stderr() {
        return isTerminal(2);
      },
    },
    stdout: writer(1, 'write to standard output'),
    stderr: silently(writer(2, 'write to standard error')),
    stdin: () => attempt('read standard input', readStandardInput),
  };
}

/** Loading `node:tty` takes a tenth of a start, and what goes to a file, to a pipe or nowhere needs no colours. */
function isTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isCharacterDevice() || stats.rdev === statSync('/dev/null').rdev) return false;
  } catch {
    return false;
  }
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}

/** Once the reader is gone the rest is dropped: the exit code is still that of the command. */
function writer(descriptor: number, doing: string): (text: string) => void {
  let open = true;
  return text => {
    if (open) open = attempt(doing, () => writeAll(descriptor, text));
  };
}

/** Where talk cannot be printed there is nobody to tell. */
function silently(write: (text: string) => void): (text: string) => void {
  return text => {
    try {
      write(text);
    } catch {}
  };
}
