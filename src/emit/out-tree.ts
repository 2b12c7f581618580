/**
 * `out/` as it lies. Reads only. One `readdir` per directory, when it is first asked for, gives the names and the kinds
 * of everything in it, so that symbolic links are seen without a call per file, and nothing behind one is ever opened.
 *
 * Texts can be compared one by one before all of them are there. What was found to be as wanted is forgotten: of a large
 * tree without a difference nothing is left to look at in the end.
 */
import { constants, type Dirent } from 'node:fs';
import { sep } from 'node:path';
import { attempt } from '../failure.ts';
import { once } from '../once.ts';
import type { Disk } from './disk.ts';
import { realDisk } from './disk.ts';

export interface OutTree {
  /** Absolute. */
  readonly outDir: string;
  readonly disk: Disk;
  /** What lies at `out/` itself. Throws `FileFailure`. */
  root(): 'missing' | 'directory' | 'symlink' | 'not-a-directory';
  /** What is in a real directory below `out/` ('' is `out/`). Throws `FileFailure` when it cannot be read. */
  list(directory: string): Dirent[];
  /**
   * Whether `path` is a regular file with this text, and no symbolic link leads there. Throws `FileFailure`. Such a file
   * is left out of `rest`.
   */
  holds(path: string, text: string): boolean;
  /** The same for a text that comes in pieces, and is never in memory as a whole. */
  holdsPieces(path: string, pieces: Iterable<string>): boolean;
  /**
   * Directories that were looked at for `holds`, with what is in them besides these and the files that it found: `out/`
   * itself, and the others of which anything is left.
   */
  rest(): ReadonlyMap<string, readonly Dirent[]>;
  /** The text of a regular file that was listed, and whether it is `text`. */
  compare(path: string, text: string): { readonly isSame: boolean; readonly old: string };
}

export function openOutTree(outDir: string, disk: Disk = realDisk): OutTree {
  const root = once(() => {
    const stat = attempt(`look at ${outDir}`, () => disk.lstatSync(outDir, { throwIfNoEntry: false }));
    if (stat === undefined) return 'missing';
    return stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : 'not-a-directory';
  });
  const fullPath = (path: string): string => (path === '' ? outDir : `${outDir}${sep}${path}`);
  const list = (directory: string): Dirent[] => {
    const full = fullPath(directory);
    return attempt(`list ${full}`, () => disk.readdirSync(full, { withFileTypes: true }));
  };
  const compare: OutTree['compare'] = (path, text) => {
    const full = fullPath(path);
    const old = attempt(`read ${full}`, () => disk.readFileSync(full, 'utf8'));
    // Bytes that are no UTF-8 read as U+FFFD, so a text with that character has to be compared as bytes.
    const isSame = old === text && !(text.includes('\uFFFD') && differs(disk.readFileSync(full), text));
    return { isSame, old };
  };

  const entered = new Map<string, Entries>();
  /** What is left in a directory; undefined when it is no real directory. */
  const enter = (directory: string): Entries | undefined => {
    const known = entered.get(directory);
    if (known !== undefined) return known;
    if (directory === '') {
      if (root() !== 'directory') return undefined;
    } else {
      const [parent, name] = splitPath(directory);
      const around = enter(parent);
      if (around === undefined || find(around, name)?.isDirectory() !== true) return undefined;
      entered.set(parent, without(around, name));
    }
    const entries = entriesOf(list(directory));
    entered.set(directory, entries);
    return entries;
  };
  const holdsAs = (path: string, isSame: (path: string) => boolean): boolean => {
    const [directory, name] = splitPath(path);
    const entries = enter(directory);
    if (entries === undefined || find(entries, name)?.isFile() !== true || !isSame(path)) return false;
    entered.set(directory, without(entries, name));
    return true;
  };
  const holds = (path: string, text: string): boolean => holdsAs(path, () => compare(path, text).isSame);
  const holdsPieces = (path: string, pieces: Iterable<string>): boolean =>
    holdsAs(path, () => {
      const full = fullPath(path);
      return attempt(`read ${full}`, () => isMadeOf(full, pieces, disk));
    });
  const rest = (): ReadonlyMap<string, readonly Dirent[]> => {
    const found = new Map<string, readonly Dirent[]>();
    entered.forEach((left, directory) => {
      if (directory === '' || left !== NOTHING) found.set(directory, [...left.values()]);
    });
    return found;
  };
  return { outDir, disk, root, list, holds, holdsPieces, rest, compare };
}

/** Most directories have few entries, and of most nothing is left; `out/` itself has one for every target. */
type Entries = readonly Dirent[] | Map<string, Dirent>;

const MANY = 16;
const NOTHING: readonly Dirent[] = [];

const entriesOf = (entries: readonly Dirent[]): Entries =>
  entries.length > MANY ? new Map(entries.map(entry => [entry.name, entry])) : entries;

const find = (entries: Entries, name: string): Dirent | undefined =>
  entries instanceof Map ? entries.get(name) : entries.find(entry => entry.name === name);

function without(entries: Entries, name: string): Entries {
  if (entries instanceof Map) entries.delete(name);
  else return entries.length === 1 ? NOTHING : entries.filter(entry => entry.name !== name);
  return entries;
}

/** Reads a file along with the pieces. */
function isMadeOf(full: string, pieces: Iterable<string>, disk: Disk): boolean {
  const handle = disk.openSync(full, constants.O_RDONLY | NOFOLLOW);
  try {
    for (const chunk of chunksOf(pieces)) {
      const wanted = Buffer.from(chunk, 'utf8');
      if (!bytesOf(handle, wanted.length, disk).equals(wanted)) return false;
    }
    return bytesOf(handle, 1, disk).length === 0;
  } finally {
    disk.closeSync(handle);
  }
}

/** Pieces put together, so that a read is worth its call. */
function* chunksOf(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** The next bytes of a file: less than `length` only at its end. */
function bytesOf(handle: number, length: number, disk: Disk): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = disk.readSync(handle, bytes, done, length - done, null);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

/** In characters. */
const CHUNK = 1 << 16;
// Not defined on Windows.
const NOFOLLOW = constants.O_NOFOLLOW ?? 0;

function splitPath(path: string): readonly [directory: string, name: string] {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? ['', path] : [path.slice(0, slash), path.slice(slash + 1)];
}

function differs(bytes: Uint8Array, text: string): boolean {
  return !Buffer.from(text, 'utf8').equals(bytes);
}
