/**
 * What lies below a directory of `out/`, as one text: that is how it goes from one thread to another without a copy of
 * every path. The parts are separated by NUL, which no path has.
 */
import { hash } from 'node:crypto';
import { constants } from 'node:fs';
import { once } from '../once.ts';
import { type Disk, fill, NOFOLLOW } from './disk.ts';

/** First character of a part. Behind that of a file come 64 hexadecimal digits, behind them all the path. */
const FILE = '#';
const OTHER = '!';
const DIGITS = 64;

/** A file that fills it is not hashed: whatever lies in `out/`, no more memory is taken. In bytes. */
const buffer = once(() => Buffer.allocUnsafeSlow(1 << 20));

/**
 * Lists `directory` of `outDir` and all below it; no symbolic link is followed. What cannot be read is no file here: who
 * wants it looks again, and says why that fails.
 */
export function listingText(outDir: string, directory: string, disk: Disk): string {
  const parts: string[] = [];
  const visit = (path: string): void => {
    const entries = unlessItFails(() => disk.readdirSync(`${outDir}/${path}`, { withFileTypes: true })) ?? [];
    if (entries.length === 0) parts.push(OTHER + path);
    for (const entry of entries) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(below);
      else {
        const digest = entry.isFile() ? digestOf(`${outDir}/${below}`, disk) : undefined;
        parts.push(digest === undefined ? OTHER + below : FILE + digest + below);
      }
    }
  };
  visit(directory);
  return parts.join('\0');
}

/** Undefined for a file that is too large or cannot be read. */
const digestOf = (full: string, disk: Disk): string | undefined =>
  unlessItFails(() => {
    const bytes = buffer();
    const handle = disk.openSync(full, constants.O_RDONLY | NOFOLLOW);
    try {
      const read = fill(handle, bytes, disk);
      return read.length < bytes.length ? hash('sha256', read) : undefined;
    } finally {
      disk.closeSync(handle);
    }
  });

function unlessItFails<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** What of a listing nobody has asked for yet. */
export class Listing {
  readonly #text: string;
  /** Where in the text the hash of a path begins. */
  readonly #files = new Map<string, number>();
  #others = 0;

  /** @param text of `listingText`. */
  constructor(text: string) {
    this.#text = text;
    for (let start = 0; start <= text.length; ) {
      const found = text.indexOf('\0', start);
      const end = found < 0 ? text.length : found;
      if (text.startsWith(FILE, start)) this.#files.set(text.slice(start + 1 + DIGITS, end), start + 1);
      else this.#others++;
      start = end + 1;
    }
  }

  /** Whether the file is there with this hash, for the first time that it is asked for. */
  take(path: string, sha256: string): boolean {
    const at = this.#files.get(path);
    return at !== undefined && this.#text.startsWith(sha256, at) && this.#files.delete(path);
  }

  /** Files that were not taken, links, empty directories and whatever else there is. */
  get left(): number {
    return this.#files.size + this.#others;
  }
}
