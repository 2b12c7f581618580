/**
 * Compares the rendered files with the directory `out/` and says what would have to change. Reads only.
 */
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../failure.ts';
import { once } from '../once.ts';
import type { Blocked, Change, Kept, OutFile, Plan } from './change.ts';
import type { Disk } from './disk.ts';
import { realDisk } from './disk.ts';
import { type OutTree, openOutTree } from './out-tree.ts';
import type { Owned } from './previous.ts';
import { addParents, sha256 as hashOf, readOwned } from './previous.ts';
import { isJournalName, isStageName, isTemporaryName } from './temporary.ts';

interface Survey {
  readonly tree: OutTree;
  readonly disk: Disk;
  /** Files by path that were not come across yet. */
  readonly wanted: Map<string, OutFile>;
  /** Paths of the files that `out/` was found to hold before. */
  held(): ReadonlySet<string>;
  readonly changes: Change[];
  readonly kept: Kept[];
  readonly blocked: Blocked[];
  readonly leftovers: string[];
  readonly emptied: string[];
  readonly journals: string[];
  unchanged: number;
  /** Directories with a file to be in them or below them. */
  directories(): ReadonlySet<string>;
  /** Read only when something is found that is not rendered: the manifest of a large fleet is large. */
  owned(): Owned;
}

/**
 * What has to change in `outDir` (absolute) so that it holds exactly `files`. A missing directory is an empty one.
 * Throws `FileFailure` when something in it cannot be read.
 * @param tree the same directory, if something of it was looked at before.
 */
export function planChanges(
  outDir: string,
  files: readonly OutFile[],
  disk: Disk = realDisk,
  tree: OutTree = openOutTree(outDir, disk),
): Plan {
  const survey = startSurvey(tree, files, disk);
  const root = tree.root();
  if (root === 'directory') surveyRest(survey);
  else if (root !== 'missing') block(survey, '', root);
  // What lies behind an obstacle is not known.
  if (survey.blocked.length === 0) createRest(survey);
  for (const list of [survey.changes, survey.kept, survey.blocked]) list.sort(byPath);
  const { changes, unchanged, kept, blocked, leftovers, emptied, journals } = survey;
  return { outDir, changes, unchanged, kept, blocked, leftovers, emptied, journals };
}

function startSurvey(tree: OutTree, files: readonly OutFile[], disk: Disk): Survey {
  const journals: string[] = [];
  const survey: Survey = {
    tree,
    disk,
    wanted: new Map(files.filter(isMissed).map(file => [file.path, file])),
    held: once(() => new Set(files.filter(isHeld).map(({ path }) => path))),
    directories: once(() => directoriesOf(files)),
    changes: [],
    kept: [],
    blocked: [],
    leftovers: [],
    emptied: [],
    journals,
    unchanged: files.filter(isHeld).length,
    owned: once(() => readOwned(tree.outDir, journals, disk)),
  };
  return survey;
}

function directoriesOf(files: readonly OutFile[]): ReadonlySet<string> {
  const directories = new Set<string>();
  for (const { path } of files) addParents(path, directories);
  return directories;
}

/** Compares all that was not found to be right before. */
function surveyRest(survey: Survey): void {
  const { tree, journals } = survey;
  const entries = tree.list('');
  for (const entry of entries) if (entry.isFile() && isJournalName(entry.name)) journals.push(entry.name);
  surveyEntries(
    survey,
    '',
    entries.filter(({ name }) => !tree.isHeld(name)),
  );
}

/** Compares one directory and all below it. Returns whether nothing of it will be left. */
const surveyDirectory = (survey: Survey, directory: string): boolean =>
  surveyEntries(survey, directory, survey.tree.list(directory)) && !survey.directories().has(directory);

/** Returns whether all entries will be gone. */
function surveyEntries(survey: Survey, directory: string, entries: readonly Dirent[]): boolean {
  const { wanted } = survey;
  let left = 0;
  for (const entry of entries) {
    const path = directory === '' ? entry.name : directory + '/' + entry.name;
    const file = wanted.get(path);
    if (file !== undefined) {
      wanted.delete(path);
      surveyWanted(survey, file, entry);
    } else if (survey.held().has(path) || !surveyOther(survey, path, entry)) left++;
  }
  return left === 0;
}

/** Something lies where a file is to be. */
function surveyWanted(survey: Survey, file: OutFile, entry: Dirent): void {
  const { path } = file;
  if (entry.isFile()) {
    const { old, isSame } = survey.tree.compare(file);
    if (isSame) survey.unchanged++;
    else survey.changes.push(new Update(file, old));
  } else if (entry.isDirectory() && surveyDirectory(survey, path)) {
    survey.emptied.push(path);
    survey.changes.push(new Creation(file));
  } else block(survey, path, entry.isSymbolicLink() ? 'symlink' : 'not-a-file');
}

/** Something lies where no file is to be. Returns whether it will be gone. */
function surveyOther(survey: Survey, path: string, entry: Dirent): boolean {
  const { tree } = survey;
  if (entry.isDirectory()) {
    if (isStageName(path)) return survey.leftovers.push(path) > 0;
    if (!surveyDirectory(survey, path)) return false;
    // An empty directory is removed only where offsite made it: `out/` may hold somebody else's tree.
    if (!survey.owned().madeDirectory(path)) return false;
    survey.emptied.push(path);
    return true;
  }
  if (entry.isFile()) {
    if (survey.journals.includes(path)) return true;
    if (isTemporaryName(entry.name)) return survey.leftovers.push(path) > 0;
    const full = join(tree.outDir, path);
    if (survey.owned().lists(path)) {
      const bytes = attempt(`read ${full}`, () => survey.disk.readFileSync(full));
      if (survey.owned().owns(path, hashOf(bytes))) {
        survey.changes.push({ verb: 'delete', path, old: bytes.toString('utf8') });
        return true;
      }
    }
  }
  if (survey.directories().has(path)) {
    block(survey, path, entry.isSymbolicLink() ? 'symlink' : 'not-a-directory');
  } else survey.kept.push({ path, why: survey.owned().lists(path) ? 'edited' : 'foreign' });
  return false;
}

function createRest({ wanted, changes }: Survey): void {
  for (const file of wanted.values()) {
    const { path, isStaged } = file;
    if (isStaged) changes.push({ verb: 'create', path, isStaged });
    else changes.push(new Creation(file));
  }
}

/** What is written: a text in pieces is put together only for somebody who wants to see it. */
class ToWrite {
  readonly path: string;
  readonly pieces: OutFile['pieces'];
  readonly #file: OutFile;

  constructor(file: OutFile) {
    this.path = file.path;
    this.pieces = file.pieces;
    this.#file = file;
  }

  get text(): string {
    return this.#file.text;
  }
}

class Creation extends ToWrite {
  readonly verb = 'create';
}

class Update extends ToWrite {
  readonly verb = 'update';
  readonly #old: () => string;

  constructor(file: OutFile, old: () => string) {
    super(file);
    this.#old = old;
  }

  get old(): string {
    return this.#old();
  }
}

function block(survey: Survey, path: string, why: Blocked['why']): void {
  survey.blocked.push({ path, why });
}

const isHeld = (file: OutFile): boolean => file.isHeld === true;
const isMissed = (file: OutFile): boolean => file.isHeld !== true;

/** By code unit, not by locale. */
function byPath(a: Pick<OutFile, 'path'>, b: Pick<OutFile, 'path'>): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
