/** Writes, makes and removes below `out/`, each file whole or not at all, and never through a symbolic link. */
import { constants } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { attempt, FileFailure, failureOf } from '../failure.ts';
import { chunksOf } from './chunks.ts';
import { type Disk, NOFOLLOW } from './disk.ts';
import { temporaryName } from './temporary.ts';

// On Windows O_EXCL alone has to do.
export const CREATE = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | NOFOLLOW;

/** All throw `FileFailure` when the disk refuses. Paths are below `out/`. */
export interface Writer {
  /** As a temporary file that is synced and renamed. Makes the directories above. A text may come in pieces. */
  write(path: string, text: string | (() => Iterable<string>)): void;
  remove(path: string): void;
  /** A file in `out/` itself, over what is there. */
  rename(from: string, to: string): void;
  /** A file, or a directory with all that is in it. */
  removeAll(path: string): void;
  removeDirectory(path: string): void;
}

export function writer(outDir: string, disk: Disk): Writer {
  /** Directories that are known to be real ones. */
  const safe = new Set<string>();

  /** Makes `directory` and those above it, one by one, refusing anything there that is no real directory. */
  const makeDirectory = (directory: string, doing: string): void => {
    if (safe.has(directory)) return;
    if (directory !== '') makeDirectory(parentOf(directory), doing);
    const full = join(outDir, directory);
    attempt(doing, () => {
      if (makesNew(full, directory === '')) return;
      const stat = disk.lstatSync(full);
      if (!stat.isDirectory()) throw new FileFailure(`cannot ${doing}: ${full} is no directory`);
    });
    safe.add(directory);
  };

  /** Makes a directory unless something is there. `out/` itself may be missing together with those above it. */
  const makesNew = (full: string, isOut: boolean): boolean => {
    // Made together with its parents, a directory that exists is no error, nor is a link to one.
    if (isOut && disk.lstatSync(full, { throwIfNoEntry: false }) !== undefined) return false;
    // Not `recursive`: Node tries without end where a directory takes no entries and says that it is not there (/proc).
    const above = dirname(full);
    if (isOut && above !== full && disk.lstatSync(above, { throwIfNoEntry: false }) === undefined)
      makesNew(above, true);
    try {
      disk.mkdirSync(full);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  };

  const write: Writer['write'] = (path, text) => {
    const directory = parentOf(path);
    const full = `${outDir}${sep}${path}`;
    const temporary = `${outDir}${sep}${directory}${sep}${temporaryName(process.pid)}`;
    const doing = `write ${full}`;
    makeDirectory(directory, doing);
    let open = false;
    try {
      const handle = disk.openSync(temporary, CREATE, 0o644);
      open = true;
      try {
        if (typeof text === 'string') disk.writeFileSync(handle, text);
        else for (const chunk of chunksOf(text())) disk.writeFileSync(handle, chunk);
        disk.fsyncSync(handle);
      } finally {
        disk.closeSync(handle);
      }
      disk.renameSync(temporary, full);
    } catch (error) {
      if (open) discard(disk, temporary);
      throw failureOf(error, doing);
    }
  };

  const remove = (path: string): void => {
    const full = join(outDir, path);
    makeDirectory(parentOf(path), `delete ${full}`);
    attempt(`delete ${full}`, () => disk.unlinkSync(full));
  };

  const rename = (from: string, to: string): void =>
    attempt(`write ${join(outDir, to)}`, () => disk.renameSync(join(outDir, from), join(outDir, to)));

  const removeAll = (path: string): void => {
    const full = join(outDir, path);
    makeDirectory(parentOf(path), `delete ${full}`);
    attempt(`delete ${full}`, () => disk.rmSync(full, { recursive: true }));
  };

  const removeDirectory = (path: string): void => {
    const full = join(outDir, path);
    attempt(`remove the empty directory ${full}`, () => disk.rmdirSync(full));
    safe.delete(path);
  };

  return { write, remove, rename, removeAll, removeDirectory };
}

/** The reason of the failure matters, not that its temporary file stayed: the next run removes it. */
function discard(disk: Disk, temporary: string): void {
  try {
    disk.unlinkSync(temporary);
  } catch {}
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
