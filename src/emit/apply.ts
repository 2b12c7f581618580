/**
 * The only writer of `out/`. Order of a run: journal of everything that is to be written, leftovers and deletions,
 * changed files (each as a temporary file that is synced and renamed), the manifest, removal of the journal.
 *
 * Invariant: at every moment each file of ours in `out/` has a hash that the manifest or the journal lists. So a run
 * that is killed anywhere is repaired by the next one, even when the topology has changed in between, and a file that
 * somebody edited is never taken for ours.
 */
import { constants } from 'node:fs';
import { join, sep } from 'node:path';
import { attempt, FileFailure, failureOf } from '../failure.ts';
import type { Plan } from './change.ts';
import type { Disk } from './disk.ts';
import { realDisk } from './disk.ts';
import { JOURNAL, journalText, MANIFEST, sha256, temporaryName } from './previous.ts';

// Not defined on Windows, where O_EXCL alone has to do.
const NOFOLLOW = constants.O_NOFOLLOW ?? 0;
const CREATE = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | NOFOLLOW;

/**
 * Makes `out/` what the plan says. Nothing is done for a plan with `blocked` entries or without changes.
 * Throws `FileFailure` when the disk refuses; what was written until then is complete file by file.
 */
export function applyChanges(plan: Plan, disk: Disk = realDisk): void {
  const { outDir, changes, leftovers, emptied, interrupted } = plan;
  if (plan.blocked.length > 0) throw new Error('applyChanges: the plan is blocked');
  const writes = changes.filter(change => change.verb !== 'delete');
  const writer = { outDir, disk, safe: new Set<string>() };
  for (const path of leftovers) remove(writer, path);
  if (changes.length > 0) writeJournal(writer, plan);
  for (const change of changes) if (change.verb === 'delete') remove(writer, change.path);
  for (const path of emptied) removeDirectory(writer, path);
  for (const change of writes) if (change.path !== MANIFEST) write(writer, change.path, change.text);
  for (const change of writes) if (change.path === MANIFEST) write(writer, change.path, change.text);
  if (changes.length > 0 || interrupted !== undefined) remove(writer, JOURNAL);
}

interface Writer {
  readonly outDir: string;
  readonly disk: Disk;
  /** Directories below `out/` that are known to be real directories. */
  readonly safe: Set<string>;
}

/** Deletions need no entry: what is deleted is in the manifest (or in the journal) that the run found. */
function writeJournal(writer: Writer, plan: Plan): void {
  const journal = new Map(plan.interrupted);
  for (const change of plan.changes) {
    if (change.verb === 'delete') continue;
    const hash = change.sha256 ?? sha256(change.text);
    const known = journal.get(change.path);
    if (known?.includes(hash) !== true) journal.set(change.path, known ? [...known, hash] : [hash]);
  }
  write(writer, JOURNAL, journalText(journal));
  syncDirectory(writer);
}

function write({ outDir, disk, safe }: Writer, path: string, text: string): void {
  const directory = parentOf(path);
  const full = `${outDir}${sep}${path}`;
  const temporary = `${outDir}${sep}${directory}${sep}${temporaryName(process.pid)}`;
  const doing = `write ${full}`;
  makeDirectory({ outDir, disk, safe }, directory, doing);
  let open = false;
  try {
    const handle = disk.openSync(temporary, CREATE, 0o644);
    open = true;
    try {
      disk.writeFileSync(handle, text);
      disk.fsyncSync(handle);
    } finally {
      disk.closeSync(handle);
    }
    disk.renameSync(temporary, full);
  } catch (error) {
    if (open) discard(disk, temporary);
    throw failureOf(error, doing);
  }
}

/** The reason of the failure matters, not that its temporary file stayed: the next run removes it. */
function discard(disk: Disk, temporary: string): void {
  try {
    disk.unlinkSync(temporary);
  } catch {}
}

/** Makes `directory` and those above it, one by one, refusing anything there that is no real directory. */
function makeDirectory(writer: Writer, directory: string, doing: string): void {
  const { outDir, disk, safe } = writer;
  if (safe.has(directory)) return;
  if (directory !== '') makeDirectory(writer, parentOf(directory), doing);
  const full = join(outDir, directory);
  attempt(doing, () => {
    if (makesNew(writer, full, directory === '')) return;
    const stat = disk.lstatSync(full);
    if (!stat.isDirectory()) throw new FileFailure(`cannot ${doing}: ${full} is no directory`);
  });
  safe.add(directory);
}

/** Makes a directory unless something is there. `out/` itself may be missing together with those above it. */
function makesNew({ disk }: Writer, full: string, isOut: boolean): boolean {
  // Made together with its parents, a directory that exists is no error, nor is a link to one.
  if (isOut && disk.lstatSync(full, { throwIfNoEntry: false }) !== undefined) return false;
  try {
    disk.mkdirSync(full, { recursive: isOut });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function remove(writer: Writer, path: string): void {
  const full = join(writer.outDir, path);
  makeDirectory(writer, parentOf(path), `delete ${full}`);
  attempt(`delete ${full}`, () => writer.disk.unlinkSync(full));
}

function removeDirectory({ outDir, disk, safe }: Writer, path: string): void {
  const full = join(outDir, path);
  attempt(`remove the empty directory ${full}`, () => disk.rmdirSync(full));
  safe.delete(path);
}

/** Puts the journal's name on the disk before the first change. Some file systems cannot; they lose nothing by it. */
function syncDirectory({ outDir, disk }: Writer): void {
  try {
    const handle = disk.openSync(outDir, constants.O_RDONLY);
    try {
      disk.fsyncSync(handle);
    } finally {
      disk.closeSync(handle);
    }
  } catch {}
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
