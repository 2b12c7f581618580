/**
 * `out/` as it lies. Reads only. One `readdir` per directory, when it is first asked for, gives the names and the kinds
 * of everything in it, so that symbolic links are seen without a call per file, and nothing behind one is ever opened.
 */
import type { Dirent } from 'node:fs';
import { sep } from 'node:path';
import { attempt } from '../failure.ts';
import { once } from '../once.ts';
import type { Disk } from './disk.ts';
import { realDisk } from './disk.ts';

export interface OutTree {
  /** Absolute. */
  readonly outDir: string;
  /** What lies at `out/` itself. Throws `FileFailure`. */
  root(): 'missing' | 'directory' | 'symlink' | 'not-a-directory';
  /** What is in a real directory below `out/` ('' is `out/`). Throws `FileFailure` when it cannot be read. */
  list(directory: string): readonly Dirent[];
  /** Whether `path` is a regular file with this text, and no symbolic link leads there. Throws `FileFailure`. */
  holds(path: string, text: string): boolean;
  /** The text of a regular file that `list` gave, and whether it is `text`. */
  compare(path: string, text: string): { readonly isSame: boolean; readonly old: string };
}

export function openOutTree(outDir: string, disk: Disk = realDisk): OutTree {
  const rootOf = once(() => {
    const stat = attempt(`look at ${outDir}`, () => disk.lstatSync(outDir, { throwIfNoEntry: false }));
    if (stat === undefined) return 'missing';
    return stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : 'not-a-directory';
  });
  const lists = new Map<string, readonly Dirent[]>();
  const byName = new Map<string, ReadonlyMap<string, Dirent>>();

  const list = (directory: string): readonly Dirent[] => {
    let entries = lists.get(directory);
    if (entries === undefined) {
      const full = directory === '' ? outDir : `${outDir}${sep}${directory}`;
      entries = attempt(`list ${full}`, () => disk.readdirSync(full, { withFileTypes: true }));
      lists.set(directory, entries);
    }
    return entries;
  };
  const find = (directory: string, name: string): Dirent | undefined => {
    const entries = list(directory);
    if (entries.length <= SHORT) return entries.find(entry => entry.name === name);
    let names = byName.get(directory);
    if (names === undefined) {
      names = new Map(entries.map(entry => [entry.name, entry]));
      byName.set(directory, names);
    }
    return names.get(name);
  };
  const isDirectory = (directory: string): boolean => {
    if (lists.has(directory)) return true;
    return directory === '' ? rootOf() === 'directory' : entryAt(directory)?.isDirectory() === true;
  };
  const entryAt = (path: string): Dirent | undefined => {
    const slash = path.lastIndexOf('/');
    const directory = slash < 0 ? '' : path.slice(0, slash);
    if (!isDirectory(directory)) return undefined;
    return find(directory, path.slice(slash + 1));
  };
  const compare: OutTree['compare'] = (path, text) => {
    const full = `${outDir}${sep}${path}`;
    const old = attempt(`read ${full}`, () => disk.readFileSync(full, 'utf8'));
    // Bytes that are no UTF-8 read as U+FFFD, so a text with that character has to be compared as bytes.
    const isSame = old === text && !(text.includes('\uFFFD') && differs(disk.readFileSync(full), text));
    return { isSame, old };
  };
  const holds = (path: string, text: string): boolean =>
    entryAt(path)?.isFile() === true && compare(path, text).isSame;
  return { outDir, root: rootOf, list, holds, compare };
}

/** Names of so many entries are compared one by one; `out/` itself has one entry for every target. */
const SHORT = 16;

function differs(bytes: Uint8Array, text: string): boolean {
  return !Buffer.from(text, 'utf8').equals(bytes);
}
