/**
 * Compares the rendered files with the directory `out/` and says what would have to change. Reads only.
 * One `readdir` per directory gives the names and the kinds of everything in it, so that symbolic links are seen
 * without a call per file, and nothing behind one is ever opened.
 */
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../failure.ts';
import type { Blocked, Change, Kept, OutFile, Plan } from './change.ts';
import type { Disk } from './disk.ts';
import { realDisk } from './disk.ts';
import type { Journal, Owned } from './previous.ts';
import {
  addParents,
  isTemporaryName,
  JOURNAL,
  ownedBy,
  readJournal,
  readManifest,
  sha256,
} from './previous.ts';

interface Wanted {
  /** Texts by name, by directory. */
  readonly files: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly directories: ReadonlySet<string>;
}

interface Survey {
  readonly outDir: string;
  /** Of every path below `outDir`; `join` would take each of them apart. */
  readonly start: string;
  readonly disk: Disk;
  readonly wanted: Wanted;
  readonly seen: Set<string>;
  readonly changes: Change[];
  readonly kept: Kept[];
  readonly blocked: Blocked[];
  readonly leftovers: string[];
  readonly emptied: string[];
  unchanged: number;
  interrupted: Journal | undefined;
  /** Read only when something is found that is not rendered: the manifest of a large fleet is large. */
  owned(): Owned;
}

/**
 * What has to change in `outDir` (absolute) so that it holds exactly `files`. A missing directory is an empty one.
 * Throws `FileFailure` when something in it cannot be read.
 */
export function planChanges(outDir: string, files: readonly OutFile[], disk: Disk = realDisk): Plan {
  const survey = startSurvey(outDir, files, disk);
  const stat = attempt(`look at ${outDir}`, () => disk.lstatSync(outDir, { throwIfNoEntry: false }));
  if (stat?.isDirectory()) surveyDirectory(survey, '');
  else if (stat !== undefined) block(survey, '', stat.isSymbolicLink() ? 'symlink' : 'not-a-directory');
  if (survey.blocked.length === 0) createUnseen(survey);
  survey.changes.sort(byPath);
  const { changes, unchanged, kept, blocked, leftovers, emptied, interrupted } = survey;
  return { outDir, changes, unchanged, kept, blocked, leftovers, emptied, interrupted };
}

function startSurvey(outDir: string, files: readonly OutFile[], disk: Disk): Survey {
  let owned: Owned | undefined;
  const survey: Survey = {
    outDir,
    start: join(outDir, '/'),
    disk,
    wanted: groupByDirectory(files),
    seen: new Set(),
    changes: [],
    kept: [],
    blocked: [],
    leftovers: [],
    emptied: [],
    unchanged: 0,
    interrupted: undefined,
    owned: () => {
      owned ??= ownedBy(readManifest(outDir, disk), survey.interrupted ?? new Map());
      return owned;
    },
  };
  return survey;
}

function groupByDirectory(files: readonly OutFile[]): Wanted {
  const grouped = new Map<string, Map<string, string>>();
  const directories = new Set<string>();
  for (const { path, text } of files) {
    const slash = path.lastIndexOf('/');
    const directory = slash < 0 ? '' : path.slice(0, slash);
    let names = grouped.get(directory);
    if (names === undefined) {
      names = new Map();
      grouped.set(directory, names);
      addParents(path, directories);
    }
    names.set(path.slice(slash + 1), text);
  }
  return { files: grouped, directories };
}

/** Compares one directory and all below it. Returns whether nothing of it will be left. */
function surveyDirectory(survey: Survey, directory: string): boolean {
  const { outDir, disk, wanted } = survey;
  const full = directory === '' ? outDir : survey.start + directory;
  const entries = attempt(`list ${full}`, () => disk.readdirSync(full, { withFileTypes: true }));
  if (directory === '' && entries.some(isJournal)) survey.interrupted = readJournal(outDir, disk);
  const files = wanted.files.get(directory);
  if (files !== undefined) survey.seen.add(directory);
  let present = 0;
  let left = files === undefined ? 0 : files.size;
  for (const entry of entries) {
    const path = directory === '' ? entry.name : directory + '/' + entry.name;
    const text = files?.get(entry.name);
    if (text !== undefined) {
      present++;
      surveyWanted(survey, path, entry, text);
    } else if (!surveyOther(survey, path, entry)) left++;
  }
  if (files !== undefined && present < files.size) createMissing(survey, directory, files, entries);
  return left === 0 && !wanted.directories.has(directory);
}

/** Something lies where a file is to be. */
function surveyWanted(survey: Survey, path: string, entry: Dirent, text: string): void {
  const full = survey.start + path;
  if (entry.isFile()) {
    const old = attempt(`read ${full}`, () => survey.disk.readFileSync(full, 'utf8'));
    // Bytes that are no UTF-8 read as U+FFFD, so a text with that character has to be compared as bytes.
    if (old === text && !(text.includes('\uFFFD') && differs(survey.disk.readFileSync(full), text))) {
      survey.unchanged++;
    } else survey.changes.push({ verb: 'update', path, text, old });
  } else if (entry.isDirectory() && surveyDirectory(survey, path)) {
    survey.emptied.push(path);
    survey.changes.push({ verb: 'create', path, text });
  } else block(survey, path, entry.isSymbolicLink() ? 'symlink' : 'not-a-file');
}

/** Something lies where no file is to be. Returns whether it will be gone. */
function surveyOther(survey: Survey, path: string, entry: Dirent): boolean {
  const { wanted, outDir } = survey;
  if (entry.isDirectory()) {
    if (!surveyDirectory(survey, path)) return false;
    // An empty directory is removed only where offsite made it: `out/` may hold somebody else's tree.
    if (!survey.owned().madeDirectory(path)) return false;
    survey.emptied.push(path);
    return true;
  }
  if (entry.isFile()) {
    if (path === JOURNAL) return true;
    if (isTemporaryName(entry.name)) return survey.leftovers.push(path) > 0;
    const full = join(outDir, path);
    if (survey.owned().lists(path)) {
      const bytes = attempt(`read ${full}`, () => survey.disk.readFileSync(full));
      if (survey.owned().owns(path, sha256(bytes))) {
        survey.changes.push({ verb: 'delete', path, old: bytes.toString('utf8') });
        return true;
      }
    }
  }
  if (wanted.directories.has(path)) {
    block(survey, path, entry.isSymbolicLink() ? 'symlink' : 'not-a-directory');
  } else survey.kept.push({ path, why: survey.owned().lists(path) ? 'edited' : 'foreign' });
  return false;
}

function createMissing(
  survey: Survey,
  directory: string,
  files: ReadonlyMap<string, string>,
  entries: readonly Dirent[],
): void {
  const names = new Set(entries.map(entry => entry.name));
  for (const [name, text] of files) {
    if (names.has(name)) continue;
    survey.changes.push({ verb: 'create', path: directory === '' ? name : directory + '/' + name, text });
  }
}

/** Directories that were not come across do not exist yet. */
function createUnseen(survey: Survey): void {
  for (const [directory, files] of survey.wanted.files) {
    if (!survey.seen.has(directory)) createMissing(survey, directory, files, []);
  }
}

const isJournal = (entry: Dirent): boolean => entry.name === JOURNAL && entry.isFile();

function block(survey: Survey, path: string, why: Blocked['why']): void {
  survey.blocked.push({ path, why });
}

function differs(bytes: Uint8Array, text: string): boolean {
  return !Buffer.from(text, 'utf8').equals(bytes);
}

/** By code unit, not by locale. */
function byPath(a: Change, b: Change): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
