/**
 * The change list of `out/` as unified diff text: what `check` prints when `out/` is stale. Bounded in lines per
 * file and in all, and it says what it leaves out.
 */
import { printable } from '../diagnostics/printable.ts';
import type { Change } from './change.ts';
import type { Hunk } from './unified.ts';
import { hunksBetween } from './unified.ts';

interface DiffLimits {
  readonly linesPerFile: number;
  readonly linesInAll: number;
}

const DIFF_LIMITS: DiffLimits = { linesPerFile: 200, linesInAll: 1000 };

/**
 * Unified diff of all changes, lines without line feeds. `label` is put before each path (`out/`). Control
 * characters are shown as escapes, since a file found in `out/` may hold anything.
 */
export function diffFiles(
  changes: readonly Change[],
  label: string,
  limits: DiffLimits = DIFF_LIMITS,
): readonly string[] {
  const lines: string[] = [];
  let shown = 0;
  for (const change of changes) {
    const room = Math.min(limits.linesPerFile, limits.linesInAll - lines.length);
    if (room <= 0) break;
    lines.push(...diffFile(change, label, room));
    shown++;
  }
  const rest = changes.length - shown;
  if (rest > 0) lines.push(`… ${rest} more ${rest === 1 ? 'file differs' : 'files differ'}`);
  return lines;
}

function diffFile(change: Change, label: string, room: number): string[] {
  const before = change.verb === 'create' ? '' : change.old;
  // Only what is to be written at once is in a stage, and not shown.
  const after = change.verb === 'delete' || change.isStaged ? '' : change.text;
  const body = hunksBetween(before, after).flatMap(hunk => [range(hunk), ...hunk.lines]);
  const name = printable(label + change.path);
  const header = [
    `--- ${change.verb === 'create' ? '/dev/null' : name}`,
    `+++ ${change.verb === 'delete' ? '/dev/null' : name}`,
  ];
  const shown = body.slice(0, room).map(line => line.split('\t').map(printable).join('\t'));
  const rest = body.length - shown.length;
  if (rest > 0) shown.push(`… ${rest} more ${rest === 1 ? 'line' : 'lines'} of ${name}`);
  return [...header, ...shown];
}

function range({ oldStart, oldLines, newStart, newLines }: Hunk): string {
  return `@@ -${span(oldStart, oldLines)} +${span(newStart, newLines)} @@`;
}

const span = (start: number, count: number): string => (count === 1 ? `${start}` : `${start},${count}`);
