/**
 * What a large fleet gets for the first time, on its way to `out/`: while the compiler is at work a thread writes it into a
 * directory of its own there, and when all is judged each target is moved to its place as a whole. Of a killed run the
 * directory stays, and the next run removes it by its name.
 */
import { dirname, join } from 'node:path';
import { attempt, FileFailure } from '../failure.ts';
import { realDisk } from './disk.ts';
import { stageName } from './temporary.ts';
import type { Written } from './threads/jobs.ts';
import { startWriting, type Writing } from './threads/start.ts';

export interface Stage {
  /**
   * Takes a text of a target that `out/` does not have. False where the text has to be kept and written as any other.
   * @param target the first part of `path`.
   */
  take(target: string, path: string, text: string): boolean;
  /** Moves all that was taken to its place. Throws `FileFailure` when something of it could not be written. */
  move(): void;
  /** Removes what was taken and not moved. To be called in any case. */
  close(): void;
}

/** In UTF-16 units: so much is sent at a time. */
const BATCH = 1 << 18;

/**
 * Nothing is made before a first text is taken.
 * @param isFree whether `out/` is a real directory, or missing, and has nothing of this name.
 */
export function openStage(outDir: string, isFree: (name: string) => boolean): Stage {
  const directory = join(outDir, stageName(process.pid));
  const targets = new Set<string>();
  /** Undefined: not tried yet. */
  let opened: Opened | 'refused' | undefined;
  let batch: Written[] = [];
  let size = 0;
  const send = ({ thread }: Opened): void => {
    thread.send(batch);
    batch = [];
    size = 0;
  };
  return {
    take: (target, path, text) => {
      if (opened === 'refused' || !(targets.has(target) || isFree(target))) return false;
      opened ??= open(outDir, directory) ?? 'refused';
      if (opened === 'refused') return false;
      targets.add(target);
      batch.push([path, text]);
      size += text.length;
      if (size >= BATCH) send(opened);
      return true;
    },
    move: () => {
      if (opened === undefined || opened === 'refused') return;
      send(opened);
      const answer = opened.thread.answer();
      if (answer === undefined) throw new FileFailure(`cannot write ${outDir}: a thread died; run it again`);
      if (answer.of !== undefined) throw new FileFailure(answer.of);
      for (const target of targets) {
        const full = join(outDir, target);
        attempt(`write ${full}`, () => realDisk.renameSync(join(directory, target), full));
      }
      targets.clear();
    },
    close: () => {
      if (opened === undefined || opened === 'refused') return;
      // Not while it writes there.
      opened.thread.answer();
      attempt(`delete ${directory}`, () => realDisk.rmSync(directory, { recursive: true, force: true }));
      if (targets.size > 0) removeEmpty(opened.made);
    },
  };
}

interface Opened {
  readonly thread: Writing;
  /** `out/` and the directories above it that were missing, the outermost first. */
  readonly made: readonly string[];
}

/** Undefined where it cannot be had. Whether `out/` can be written at all is found, and said, later. */
function open(outDir: string, directory: string): Opened | undefined {
  const made: string[] = [];
  try {
    const missing: string[] = [];
    for (let at = outDir; realDisk.lstatSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at))
      missing.unshift(at);
    for (const path of [...missing, directory]) {
      realDisk.mkdirSync(path);
      made.push(path);
    }
    const thread = startWriting(directory);
    if (thread !== undefined) return { thread, made: missing };
  } catch {}
  removeEmpty(made);
  return undefined;
}

function removeEmpty(directories: readonly string[]): void {
  try {
    for (const path of directories.toReversed()) realDisk.rmdirSync(path);
  } catch {}
}
