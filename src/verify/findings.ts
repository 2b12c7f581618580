/** What most tools need to turn what a program printed into findings. */
import type { ToolRun } from './process.ts';
import type { Finding, JudgedFile } from './tool.ts';

/** Longest message that is quoted from a tool, in UTF-16 units. */
const QUOTED = 400;

/** `message` on one line. */
export function refused(file: JudgedFile, message: string, line?: number): Finding {
  return { kind: 'refused', file, message: oneLine(message), ...(line === undefined ? {} : { line }) };
}

/** A program that did not end by itself, or that said `what` nobody expects. */
export function unclear(file: JudgedFile, run: ToolRun, what = 'ended in an unknown way'): Finding {
  const said = oneLine(run.stderr || run.stdout);
  const status = run.status === undefined ? '' : ` with status ${run.status}`;
  const message = run.trouble ?? `${what}${status}${said === '' ? '' : `: ${said}`}`;
  return { kind: 'unclear', file, message };
}

export function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > QUOTED ? `${line.slice(0, QUOTED)}…` : line;
}

/** Lines that are not empty. */
export const linesIn = (text: string): readonly string[] =>
  text.split('\n').filter(line => line.trim() !== '');

/**
 * The first line of a file that contains `wanted` (or that `fits`), blanks aside; undefined when there is none.
 */
export function lineWith(
  file: JudgedFile,
  wanted: string,
  fits: (line: string) => boolean = line => line.includes(wanted.replace(/\s+/g, '')),
): number | undefined {
  const lines = file.text.split('\n').map(line => line.replace(/\s+/g, ''));
  const index = wanted.trim() === '' ? -1 : lines.findIndex(fits);
  return index < 0 ? undefined : index + 1;
}

/** The line of an offset in a text, from 1. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Parts of a list of at most `size` items: a command line has a limit. */
export function parts<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}

/** The results of one run per file. */
export async function eachFile(
  files: readonly JudgedFile[],
  judge: (file: JudgedFile, index: number) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  return (await Promise.all(files.map(judge))).flat();
}
