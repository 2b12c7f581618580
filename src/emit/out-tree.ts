/**
 * `out/` as it lies. Reads only. A directory in it is listed and hashed as a whole when one of its files is first asked
 * for, or was before by a thread (`threads/`). `readdir` gives the kinds with the names, so that symbolic links are seen
 * without a call per file, and nothing behind one is ever opened.
 *
 * Hashes can be asked for one by one before all texts are there. What was found to be as wanted is forgotten: of a large
 * tree without a difference nothing is left to look at in the end.
 */
import { constants, type Dirent } from 'node:fs';
import { sep } from 'node:path';
import { attempt } from '../failure.ts';
import { once } from '../once.ts';
import type { OutFile } from './change.ts';
import { chunksOf } from './chunks.ts';
import type { Disk } from './disk.ts';
import { fill, NOFOLLOW, realDisk } from './disk.ts';
import { Listing, listingText } from './listing.ts';
import type { Answers } from './threads/jobs.ts';
import type { Thread } from './threads/start.ts';

export interface OutTree {
  /** Absolute. */
  readonly outDir: string;
  readonly disk: Disk;
  /** What lies at `out/` itself. Throws `FileFailure`. */
  root(): 'missing' | 'directory' | 'symlink' | 'not-a-directory';
  /** What is in a real directory below `out/` ('' is `out/`). Throws `FileFailure` when it cannot be read. */
  list(directory: string): readonly Dirent[];
  /**
   * Whether `path`, below a directory of `out/`, is a regular file with a text of this hash, and no symbolic link leads
   * there. No, too, for a large file, which has to be compared, and for one that cannot be read. Throws `FileFailure` when
   * `out/` itself cannot be.
   * @param directory the first part of `path`.
   */
  holds(directory: string, path: string, sha256: string): boolean;
  /** Whether `out/` is missing, or a directory that has nothing of this name. */
  isFree(name: string): boolean;
  /** Whether an entry of `out/` is nothing besides what `holds` found. */
  isHeld(name: string): boolean;
  /** Whether a regular file that was listed is as wanted, and what it says. */
  compare(file: OutFile): { readonly isSame: boolean; old(): string };
}

/** @param ahead a thread that lists it. */
export function openOutTree(outDir: string, disk: Disk = realDisk, ahead?: Thread<Answers['list']>): OutTree {
  const root = once(() => {
    const stat = attempt(`look at ${outDir}`, () => disk.lstatSync(outDir, { throwIfNoEntry: false }));
    if (stat === undefined) return 'missing';
    return stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : 'not-a-directory';
  });
  const fullPath = (path: string): string => (path === '' ? outDir : `${outDir}${sep}${path}`);
  const read = (directory: string): Dirent[] => {
    const full = fullPath(directory);
    return attempt(`list ${full}`, () => disk.readdirSync(full, { withFileTypes: true }));
  };
  const top = once(() => read(''));
  const list = (directory: string): readonly Dirent[] => (directory === '' ? top() : read(directory));
  const compare: OutTree['compare'] = file => {
    const full = fullPath(file.path);
    const readText = (): string => attempt(`read ${full}`, () => disk.readFileSync(full, 'utf8'));
    const { pieces } = file;
    if (pieces !== undefined) {
      const isSame = attempt(`read ${full}`, () => isMadeOf(full, pieces(), disk));
      return { isSame, old: readText };
    }
    const old = readText();
    const { text } = file;
    // Bytes that are no UTF-8 read as U+FFFD, so a text with that character has to be compared as bytes.
    const isSame = old === text && !(text.includes('\uFFFD') && differs(disk.readFileSync(full), text));
    return { isSame, old: () => old };
  };

  const inOut = once(() =>
    root() === 'directory' ? new Map(top().map(entry => [entry.name, entry])) : undefined,
  );
  const listedAhead = once(() => ahead?.answer()?.of);
  const listings = new Map<string, Listing>();
  const listingOf = (directory: string): Listing | undefined => {
    const known = listings.get(directory);
    if (known !== undefined) return known;
    if (inOut()?.get(directory)?.isDirectory() !== true) return undefined;
    const listing = new Listing(listedAhead()?.get(directory) ?? listingText(outDir, directory, disk));
    listings.set(directory, listing);
    return listing;
  };
  const holds: OutTree['holds'] = (directory, path, sha256) =>
    listingOf(directory)?.take(path, sha256) === true;
  const isFree = (name: string): boolean =>
    root() === 'missing' || (root() === 'directory' && inOut()?.has(name) === false);
  const isHeld = (name: string): boolean => listings.get(name)?.left === 0;
  return { outDir, disk, root, list, holds, isFree, isHeld, compare };
}

/** Reads a file along with the pieces, a buffer full of them at a time. */
function isMadeOf(full: string, pieces: Iterable<string>, disk: Disk): boolean {
  const handle = disk.openSync(full, constants.O_RDONLY | NOFOLLOW);
  try {
    for (const wanted of chunksOf(pieces)) {
      const found = Buffer.allocUnsafe(wanted.length);
      if (!fill(handle, found, disk).equals(wanted)) return false;
    }
    return fill(handle, Buffer.alloc(1), disk).length === 0;
  } finally {
    disk.closeSync(handle);
  }
}

function differs(bytes: Uint8Array, text: string): boolean {
  return !Buffer.from(text, 'utf8').equals(bytes);
}
