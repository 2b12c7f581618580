/** Writes files that must not exist yet: a new repository. */
import { join } from 'node:path';
import { attempt } from '../failure.ts';
import type { OutFile } from './change.ts';
import { type Disk, realDisk } from './disk.ts';

/**
 * What stands in the way of `files` below `directory`: paths that exist, or that lead through something which is no
 * real directory. Sorted as the files are, each once.
 */
export function conflictsOf(
  directory: string,
  files: readonly OutFile[],
  disk: Disk = realDisk,
): readonly string[] {
  const conflicts = new Set<string>();
  for (const { path } of files) {
    const steps = path.split('/');
    for (let depth = 1; depth <= steps.length; depth++) {
      const below = steps.slice(0, depth).join('/');
      const full = join(directory, below);
      const stat = attempt(`look at ${full}`, () => disk.lstatSync(full, { throwIfNoEntry: false }));
      if (stat === undefined) break;
      if (depth === steps.length || !stat.isDirectory()) conflicts.add(below);
      if (!stat.isDirectory()) break;
    }
  }
  return [...conflicts];
}

/** Writes all files. Overwrites nothing: `FileFailure` when one appeared since `conflictsOf`. */
export function createFiles(directory: string, files: readonly OutFile[], disk: Disk = realDisk): void {
  for (const { path, text } of files) {
    const full = join(directory, path);
    attempt(`create ${full}`, () => {
      disk.mkdirSync(join(full, '..'), { recursive: true });
      const handle = disk.openSync(full, 'wx', 0o644);
      try {
        disk.writeFileSync(handle, text);
      } finally {
        disk.closeSync(handle);
      }
    });
  }
}
