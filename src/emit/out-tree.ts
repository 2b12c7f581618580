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
  /** Whether a file in `out/` itself is made of these pieces: such a text is never in memory as a whole. */
  holdsPieces(name: string, pieces: Iterable<string>): boolean;
  /** Whether an entry of `out/` is nothing besides what `holds` or `holdsPieces` found. */
  isHeld(name: string): boolean;
  /** The text of a regular file that was listed, and whether it is `text`. Of a large one `old` is read when it is asked for. */
  compare(path: string, text: string): { readonly isSame: boolean; readonly old: string };
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
  const compare: OutTree['compare'] = (path, text) => {
    const full = fullPath(path);
    const read = (): string => attempt(`read ${full}`, () => disk.readFileSync(full, 'utf8'));
    if (text.length >= LARGE) {
      const isSame = attempt(`read ${full}`, () => isMadeOf(full, slices(text), disk));
      return {
        isSame,
        get old(): string {
          return read();
        },
      };
    }
    const old = read();
    // Bytes that are no UTF-8 read as U+FFFD, so a text with that character has to be compared as bytes.
    const isSame = old === text && !(text.includes('\uFFFD') && differs(disk.readFileSync(full), text));
    return { isSame, old };
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
  const whole = new Set<string>();
  const holdsPieces: OutTree['holdsPieces'] = (name, pieces) => {
    const full = fullPath(name);
    if (inOut()?.get(name)?.isFile() !== true) return false;
    const isMade = attempt(`read ${full}`, () => isMadeOf(full, pieces, disk));
    if (isMade) whole.add(name);
    return isMade;
  };
  const isFree = (name: string): boolean =>
    root() === 'missing' || (root() === 'directory' && inOut()?.has(name) === false);
  const isHeld = (name: string): boolean => whole.has(name) || listings.get(name)?.left === 0;
  return { outDir, disk, root, list, holds, isFree, holdsPieces, isHeld, compare };
}

/** Reads a file along with the pieces, a buffer full of them at a time. */
function isMadeOf(full: string, pieces: Iterable<string>, disk: Disk): boolean {
  const handle = disk.openSync(full, constants.O_RDONLY | NOFOLLOW);
  const chunk = Buffer.allocUnsafe(CHUNK);
  const read = Buffer.allocUnsafe(CHUNK);
  let length = 0;
  const isNext = (wanted: Buffer): boolean => {
    const found = wanted.length > CHUNK ? Buffer.allocUnsafe(wanted.length) : read.subarray(0, wanted.length);
    return fill(handle, found, disk).equals(wanted);
  };
  try {
    for (const piece of pieces) {
      // A UTF-16 unit takes three bytes at most.
      const size = 3 * piece.length;
      if (length + size > CHUNK) {
        if (!isNext(chunk.subarray(0, length))) return false;
        length = 0;
      }
      if (size <= CHUNK) length += chunk.write(piece, length);
      else if (!isNext(Buffer.from(piece))) return false;
    }
    return isNext(chunk.subarray(0, length)) && fill(handle, Buffer.alloc(1), disk).length === 0;
  } finally {
    disk.closeSync(handle);
  }
}

/** In bytes. */
const CHUNK = 1 << 16;

/** In UTF-16 units. */
const LARGE = 1 << 20;

/** A text piece by piece, without cutting through a character. */
function* slices(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = start + (CHUNK >> 2);
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end++;
    yield text.slice(start, end);
    start = end;
  }
}

function differs(bytes: Uint8Array, text: string): boolean {
  return !Buffer.from(text, 'utf8').equals(bytes);
}
