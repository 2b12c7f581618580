/**
 * The only writer of `out/`. Order of a run: journal of everything that is to be written, leftovers and deletions, new
 * targets that wait in a stage, changed files (each as a temporary file that is synced and renamed), the manifest, removal
 * of the journal.
 *
 * Invariant: at every moment each file of ours in `out/` has a hash that the manifest or the journal lists. So a run
 * that is killed anywhere is repaired by the next one, even when the topology has changed in between, and a file that
 * somebody edited is never taken for ours.
 */
import { constants } from 'node:fs';
import type { Change, Plan, Staged } from './change.ts';
import type { Disk } from './disk.ts';
import { realDisk } from './disk.ts';
import { JOURNAL, journalText, MANIFEST, sha256 } from './previous.ts';
import type { Stage } from './stage.ts';
import { type Writer, writer } from './write.ts';

/**
 * Makes `out/` what the plan says. Nothing is done for a plan with `blocked` entries or without changes.
 * Throws `FileFailure` when the disk refuses; what was written until then is complete file by file.
 * @param stage has the texts that the plan does not have.
 */
export function applyChanges(plan: Plan, disk: Disk = realDisk, stage?: Stage): void {
  const { outDir, changes, leftovers, emptied, interrupted } = plan;
  if (plan.blocked.length > 0) throw new Error('applyChanges: the plan is blocked');
  const out = writer(outDir, disk);
  for (const path of leftovers) out.removeAll(path);
  if (changes.length > 0) {
    out.write(JOURNAL, journalOf(plan));
    syncDirectory(outDir, disk);
  }
  for (const change of changes) if (change.verb === 'delete') out.remove(change.path);
  for (const path of emptied) out.removeDirectory(path);
  if (changes.some(isStaged)) stage?.move();
  const isManifest = ({ path }: Change): boolean => path === MANIFEST;
  writeAll(
    out,
    changes.filter(change => !isManifest(change)),
  );
  writeAll(out, changes.filter(isManifest));
  if (changes.length > 0 || interrupted !== undefined) out.remove(JOURNAL);
}

function writeAll(out: Writer, changes: readonly Change[]): void {
  for (const change of changes)
    if (change.verb !== 'delete' && !isStaged(change)) out.write(change.path, change.text);
}

const isStaged = (change: Change): change is Staged => change.verb === 'create' && change.text === undefined;

/**
 * Deletions need no entry: what is deleted is in the manifest (or in the journal) that the run found. Nor does the manifest,
 * which is ours whatever is in it.
 */
function journalOf({ interrupted, changes }: Plan): string {
  const journal = new Map(interrupted);
  for (const change of changes) {
    if (change.verb === 'delete' || change.path === MANIFEST) continue;
    const hash = isStaged(change) ? change.sha256 : (change.sha256 ?? sha256(change.text));
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
