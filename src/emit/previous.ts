/**
 * What earlier runs wrote. The manifest lists it once a run is complete; while a run is under way its journal lists
 * what the run means to write, so that a killed run leaves nothing behind that the next one does not know.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { attempt } from '../failure.ts';
import type { Disk } from './disk.ts';

export const MANIFEST = 'manifest.json';
export const JOURNAL = '.offsite-journal';

/** Hashes that offsite wrote or meant to write, by path below `out/`. */
export type Journal = ReadonlyMap<string, readonly string[]>;

/** SHA-256 of a text (as UTF-8) or of bytes, in lower-case hexadecimal, as in the manifest. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The journal of an unfinished run; undefined when there is none. A journal that cannot be read lists nothing. */
export function readJournal(outDir: string, disk: Disk): Journal {
  const found = new Map<string, readonly string[]>();
  const parsed = parse(readText(join(outDir, JOURNAL), disk));
  if (!isRecord(parsed)) return found;
  for (const [path, hashes] of Object.entries(parsed)) {
    if (Array.isArray(hashes))
      found.set(
        path,
        hashes.filter(hash => typeof hash === 'string'),
      );
  }
  return found;
}

export function journalText(journal: Journal): string {
  const members: string[] = [];
  for (const [path, hashes] of journal) members.push(`${JSON.stringify(path)}:${JSON.stringify(hashes)}`);
  return `{${members.join(',')}}\n`;
}

/** Path to hash as the manifest in `out/` has it; empty when there is no manifest or it is damaged. */
export function readManifest(outDir: string, disk: Disk): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const parsed = parse(readText(join(outDir, MANIFEST), disk));
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

export function ownedBy(manifest: ReadonlyMap<string, string>, journal: Journal): Owned {
  const directories = new Set<string>();
  for (const paths of [manifest.keys(), journal.keys()])
    for (const path of paths) addParents(path, directories);
  return {
    owns: (path, hash) => manifest.get(path) === hash || (journal.get(path)?.includes(hash) ?? false),
    lists: path => path === MANIFEST || manifest.has(path) || journal.has(path),
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
