/**
 * Writes files into a directory that was made for them, where nothing can be in the way. They are synced a batch at a
 * time, when all of it is written: on most file systems the first sync then does the work of all.
 */
import { dirname, join } from 'node:path';
import { attempt } from '../failure.ts';
import type { Disk } from './disk.ts';
import type { Written } from './threads/jobs.ts';
import { CREATE } from './write.ts';

/** Open at the same time. */
const BATCH = 32;

/** @returns writes files below `directory` and makes the directories above them. Throws `FileFailure`. */
export function newFiles(
  directory: string,
  disk: Disk,
  step: () => void,
): (files: readonly Written[]) => void {
  const made = new Set(['.']);
  const make = (path: string): void => {
    if (made.has(path)) return;
    make(dirname(path));
    disk.mkdirSync(join(directory, path));
    made.add(path);
  };

  const writeBatch = (files: readonly Written[]): void => {
    const open: { readonly handle: number; readonly doing: string }[] = [];
    try {
      for (const [path, text] of files) {
        const full = join(directory, path);
        const doing = `write ${full}`;
        attempt(doing, () => {
          make(dirname(path));
          const handle = disk.openSync(full, CREATE, 0o644);
          open.push({ handle, doing });
          disk.writeFileSync(handle, text);
        });
        step();
      }
      for (const { handle, doing } of open) {
        attempt(doing, () => disk.fsyncSync(handle));
        step();
      }
    } finally {
      for (const { handle } of open) disk.closeSync(handle);
    }
  };
  return files => {
    for (let at = 0; at < files.length; at += BATCH) writeBatch(files.slice(at, at + BATCH));
  };
}
