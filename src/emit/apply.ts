/**
 * The only writer of `out/`. Order of a run: journal of everything that is to be written, leftovers and deletions,
 * changed files (each as a temporary file that is synced and renamed), the manifest, removal of the journal.
 *
 * Invariant: at every moment each file of ours in `out/` has a hash that the manifest or the journal lists. So a run
 * that is killed anywhere is repaired by the next one, even when the topology has changed in between, and a file that
 * somebody edited is never taken for ours.
 */
import { constants } from 'node:fs';
import { FileFailure } from '../failure.ts';
import type { Change, Plan } from './change.ts';
import type { Disk } from './disk.ts';
import { realDisk } from './disk.ts';
import { JOURNAL, journalText, MANIFEST, sha256 } from './previous.ts';
import { startThread } from './threads/start.ts';
import { type Writer, writer } from './write.ts';

type Write = Exclude<Change, { verb: 'delete' }>;

/** So many files take longer to write than a thread takes to start. */
const MANY = 5000;

/**
 * Makes `out/` what the plan says. Nothing is done for a plan with `blocked` entries or without changes.
 * Throws `FileFailure` when the disk refuses; what was written until then is complete file by file.
 * @param many from how many files on a second thread writes some of them.
 */
export function applyChanges(plan: Plan, disk: Disk = realDisk, many = MANY): void {
  const { outDir, changes, leftovers, emptied, interrupted } = plan;
  if (plan.blocked.length > 0) throw new Error('applyChanges: the plan is blocked');
  const writes = changes.filter(change => change.verb !== 'delete');
  const out = writer(outDir, disk);
  for (const path of leftovers) out.remove(path);
  if (changes.length > 0) {
    out.write(JOURNAL, journalOf(plan));
    syncDirectory(outDir, disk);
  }
  for (const change of changes) if (change.verb === 'delete') out.remove(change.path);
  for (const path of emptied) out.removeDirectory(path);
  const files = writes.filter(({ path }) => path !== MANIFEST);
  if (disk === realDisk && files.length >= many) writeByTwo(out, outDir, files);
  else writeAll(out, files);
  writeAll(
    out,
    writes.filter(({ path }) => path === MANIFEST),
  );
  if (changes.length > 0 || interrupted !== undefined) out.remove(JOURNAL);
}

function writeAll(out: Writer, files: readonly Write[]): void {
  for (const { path, text } of files) out.write(path, text);
}

/**
 * A thread writes the second half, of other targets: no directory has temporary files of both. It has ended when this
 * returns or throws.
 */
function writeByTwo(out: Writer, outDir: string, files: readonly Write[]): void {
  const half = files.length >> 1;
  const target = topOf(files[half]?.path ?? '');
  const cut = files.findIndex(({ path }) => topOf(path) === target);
  const theirs = files.slice(cut).map(({ path, text }) => [path, text] as const);
  const thread = startThread({ kind: 'write', outDir, files: theirs });
  if (thread === undefined) {
    writeAll(out, files);
    return;
  }
  let answer: ReturnType<typeof thread.answer>;
  try {
    writeAll(out, files.slice(0, cut));
  } finally {
    answer = thread.answer();
  }
  if (answer === undefined) throw new FileFailure(`cannot write ${outDir}: a thread died; run it again`);
  if (answer.of !== undefined) throw new FileFailure(answer.of);
}

/** The entry of `out/` in which a path lies. */
const topOf = (path: string): string => path.split('/', 1)[0] ?? '';

/** Deletions need no entry: what is deleted is in the manifest (or in the journal) that the run found. */
function journalOf({ interrupted, changes }: Plan): string {
  const journal = new Map(interrupted);
  for (const change of changes) {
    if (change.verb === 'delete') continue;
    const hash = change.sha256 ?? sha256(change.text);
    const known = journal.get(change.path);
    if (known?.includes(hash) !== true) journal.set(change.path, known ? [...known, hash] : [hash]);
  }
  return journalText(journal);
}

/** Puts the journal's name on the disk before the first change. Some file systems cannot; they lose nothing by it. */
function syncDirectory(outDir: string, disk: Disk): void {
  try {
    const handle = disk.openSync(outDir, constants.O_RDONLY);
    try {
      disk.fsyncSync(handle);
    } finally {
      disk.closeSync(handle);
    }
  } catch {}
}
