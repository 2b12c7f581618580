/**
 * One file's difference as hunks of unified-diff lines. What both texts begin and end with is cut off first, and
 * the search for the shortest edit is bounded: two long texts without a common line would otherwise take seconds.
 */
import { structuredPatch } from 'diff';

/** Lines of unchanged text around a change. */
const CONTEXT = 3;
/** Insertions plus deletions that are searched for; beyond it the differing part is shown as replaced. */
const MAX_EDIT_LENGTH = 400;

export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Each begins with ` `, `-`, `+` or `\`. */
  readonly lines: readonly string[];
}

/** The hunks that turn `before` into `after`; none when they are equal. */
export function hunksBetween(before: string, after: string): readonly Hunk[] {
  if (before === after) return [];
  const old = linesOf(before);
  const now = linesOf(after);
  const head = commonHead(old, now);
  const tail = commonTail(old, now, head);
  const from = Math.max(0, head - CONTEXT);
  const oldPart = old.slice(from, Math.min(old.length, old.length - tail + CONTEXT));
  const nowPart = now.slice(from, Math.min(now.length, now.length - tail + CONTEXT));
  const found =
    oldPart.length === 0 || nowPart.length === 0
      ? undefined
      : structuredPatch('', '', oldPart.join(''), nowPart.join(''), undefined, undefined, {
          context: CONTEXT,
          maxEditLength: MAX_EDIT_LENGTH,
        });
  if (found === undefined) return [replaced(oldPart, nowPart, head - from, Math.min(tail, CONTEXT), from)];
  return found.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    oldStart: oldStart + from,
    oldLines,
    newStart: newStart + from,
    newLines,
    lines,
  }));
}

/** A hunk that takes out everything between the common head and tail and puts the new lines in its place. */
function replaced(
  old: readonly string[],
  now: readonly string[],
  head: number,
  tail: number,
  from: number,
): Hunk {
  const lines = [
    ...old.slice(0, head).flatMap(line => marked(' ', line)),
    ...old.slice(head, old.length - tail).flatMap(line => marked('-', line)),
    ...now.slice(head, now.length - tail).flatMap(line => marked('+', line)),
    ...old.slice(old.length - tail).flatMap(line => marked(' ', line)),
  ];
  // An empty side counts its lines from the line before, as `diff -u` has it.
  const oldStart = from + (old.length === 0 ? 0 : 1);
  const newStart = from + (now.length === 0 ? 0 : 1);
  return { oldStart, oldLines: old.length, newStart, newLines: now.length, lines };
}

function marked(mark: string, line: string): string[] {
  if (line.endsWith('\n')) return [mark + line.slice(0, -1)];
  return [mark + line, '\\ No newline at end of file'];
}

/** Lines with their line feeds, so that a missing last one is a difference. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function commonHead(a: readonly string[], b: readonly string[]): number {
  const limit = Math.min(a.length, b.length);
  let count = 0;
  while (count < limit && a[count] === b[count]) count++;
  return count;
}

function commonTail(a: readonly string[], b: readonly string[], head: number): number {
  const limit = Math.min(a.length, b.length) - head;
  let count = 0;
  while (count < limit && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
  return count;
}
