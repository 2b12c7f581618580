/**
 * What earlier runs wrote. The manifest lists it once a run is complete; until then it is there under another name, the
 * run's journal, so that a killed run leaves nothing behind that the next one does not know.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { attempt } from '../failure.ts';
import type { Disk } from './disk.ts';

export const MANIFEST = 'manifest.json';

/** SHA-256 of a text (as UTF-8) or of bytes, in lower-case hexadecimal, as in the manifest. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Path to hash as a manifest or journal in `out/` has it; empty when it is not there or damaged. */
function readManifest(file: string, disk: Disk): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const parsed = parse(readText(file, disk));
  if (!isRecord(parsed) || !Array.isArray(parsed['files'])) return found;
  for (const entry of parsed['files']) {
    if (!isRecord(entry)) continue;
    const { file, sha256: hash } = entry;
    if (typeof file === 'string' && typeof hash === 'string') found.set(file, hash);
  }
  return found;
}

/** Everything that offsite knows to be its own, and the directories that it made for it. */
export interface Owned {
  owns(path: string, hash: string): boolean;
  lists(path: string): boolean;
  madeDirectory(path: string): boolean;
}

/** @param journals their names in `outDir`. */
export function readOwned(outDir: string, journals: readonly string[], disk: Disk): Owned {
  const lists = [MANIFEST, ...journals].map(name => readManifest(join(outDir, name), disk));
  const directories = new Set<string>();
  for (const list of lists) for (const path of list.keys()) addParents(path, directories);
  return {
    owns: (path, hash) => lists.some(list => list.get(path) === hash),
    lists: path => path === MANIFEST || lists.some(list => list.has(path)),
    madeDirectory: path => directories.has(path),
  };
}

/** Adds every directory above `path` to `into`; stops at the first that is there already. */
export function addParents(path: string, into: Set<string>): void {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const directory = path.slice(0, end);
    if (into.has(directory)) return;
    into.add(directory);
  }
}

function readText(file: string, disk: Disk): string | undefined {
  const stat = attempt(`look at ${file}`, () => disk.lstatSync(file, { throwIfNoEntry: false }));
  if (!stat?.isFile()) return undefined;
  return attempt(`read ${file}`, () => disk.readFileSync(file, 'utf8'));
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
