/**
 * A copy of a host's files, read as the host would see them: `/` is the directory, and symbolic links, absolute ones
 * too, are followed inside it and never out of it. The files are whatever somebody copied; nothing is trusted.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../failure.ts';

export type LiveFile =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent' }
  /** There, and not to be read; `reason` is half a sentence. */
  | { readonly kind: 'unusable'; readonly reason: string };

export interface LiveTree {
  /** The file at an absolute path of the host. */
  read(path: string): LiveFile;
  /** Whether the copy has the directory of a path, so that a file missing in it is missing on the host. */
  hasDirectoryOf(path: string): boolean;
  /** Names of what lies directly in the copy. */
  readonly names: ReadonlySet<string>;
}

/** As many as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40;

type Found = { readonly real: string; readonly stats: Stats };
type Lookup = Found | { readonly reason: string } | undefined;

/** Opens a copy. `FileFailure` when the directory cannot be listed. */
export function openLiveTree(directory: string, maxBytes: number): LiveTree {
  const root = attempt(`read ${directory}`, () => realpathSync(directory));
  const names = new Set(attempt(`read ${directory}`, () => readdirSync(root)));
  return {
    names,
    read(path) {
      const found = lookUp(root, path);
      if (found === undefined) return { kind: 'absent' };
      return 'reason' in found ? { kind: 'unusable', reason: found.reason } : readFound(found, maxBytes);
    },
    hasDirectoryOf(path) {
      const found = lookUp(root, path.slice(0, path.lastIndexOf('/')));
      return found !== undefined && 'stats' in found && found.stats.isDirectory();
    },
  };
}

/** Walks a path part by part, so that no link is followed by the system. */
function lookUp(root: string, path: string): Lookup {
  const waiting = partsOf(path).reverse();
  let at: string[] = [];
  let links = 0;
  let isLink = false;
  let stats = statsOf(root);
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (part === '..') {
      at.pop();
      continue;
    }
    const real = join(root, ...at, part);
    stats = statsOf(real);
    if (stats === undefined && isLink) return { reason: 'is a symbolic link to what the copy lacks' };
    if (stats === undefined || 'reason' in stats) return stats;
    if (!stats.isSymbolicLink()) {
      at.push(part);
      continue;
    }
    links += 1;
    isLink ||= waiting.length === 0;
    if (links > MOST_LINKS) return { reason: 'is a symbolic link that leads nowhere' };
    const target = readlinkSync(real);
    if (target.startsWith('/')) at = [];
    waiting.push(...partsOf(target).reverse());
  }
  const real = join(root, ...at);
  stats = statsOf(real);
  return stats === undefined || 'reason' in stats ? stats : { real, stats };
}

const partsOf = (path: string): string[] => path.split('/').filter(part => part !== '' && part !== '.');

function statsOf(path: string): Stats | { readonly reason: string } | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { reason: reasonOf(error) };
  }
}

function readFound({ real, stats }: Found, maxBytes: number): LiveFile {
  if (!stats.isFile())
    return { kind: 'unusable', reason: `is ${stats.isDirectory() ? 'a directory' : 'no regular file'}` };
  try {
    const handle = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = fstatSync(handle);
      if (size > maxBytes) {
        return {
          kind: 'unusable',
          reason: `has ${size} bytes, the limit is ${maxBytes} (--max-bytes raises it)`,
        };
      }
      return { kind: 'file', bytes: readFileSync(handle) };
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    return { kind: 'unusable', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `cannot be read (${code})`;
}
