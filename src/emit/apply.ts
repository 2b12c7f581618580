/**
 * The only writer of `out/`. Order of a run: the new manifest as the run's journal, leftovers and deletions, new targets
 * that wait in a stage, changed files (each as a temporary file that is synced and renamed), the journal's renaming to
 * the manifest, removal of older journals.
 *
 * Invariant: at every moment each file of ours in `out/` has a hash that the manifest or a journal lists. So a run
 * that is killed anywhere is repaired by the next one, even when the topology has changed in between, and a file that
 * somebody edited is never taken for ours.
 */
import { constants } from 'node:fs';
import type { Change, Plan, Staged } from './change.ts';
import type { Disk } from './disk.ts';
import { realDisk } from './disk.ts';
import { MANIFEST } from './previous.ts';
import type { Stage } from './stage.ts';
import { journalName } from './temporary.ts';
import { type Writer, writer } from './write.ts';

/**
 * Makes `out/` what the plan says. Nothing is done for a plan with `blocked` entries or without changes.
 * Throws `FileFailure` when the disk refuses; what was written until then is complete file by file.
 * @param stage has the texts that the plan does not have.
 */
export function applyChanges(plan: Plan, disk: Disk = realDisk, stage?: Stage): void {
  const { outDir, changes, leftovers, emptied, journals } = plan;
  if (plan.blocked.length > 0) throw new Error('applyChanges: the plan is blocked');
  const out = writer(outDir, disk);
  for (const path of leftovers) out.removeAll(path);
  // Without a new manifest, all that is written is in the one that is there.
  const manifest = changes.find(({ path }) => path === MANIFEST);
  const journal = journalName(process.pid, journals);
  if (manifest !== undefined) {
    write(out, manifest, journal);
    syncDirectory(outDir, disk);
  }
  for (const change of changes) if (change.verb === 'delete') out.remove(change.path);
  for (const path of emptied) out.removeDirectory(path);
  if (changes.some(isStaged)) stage?.move();
  for (const change of changes) if (change !== manifest) write(out, change);
  if (manifest !== undefined) out.rename(journal, MANIFEST);
  for (const name of journals) out.remove(name);
}

function write(out: Writer, change: Change, path = change.path): void {
  if (change.verb !== 'delete' && !isStaged(change)) out.write(path, change.pieces ?? change.text);
}

const isStaged = (change: Change): change is Staged => change.verb === 'create' && change.isStaged === true;

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
