/**
 * Judges of shell text: ShellCheck (shellcheck(1)) of scripts and of the commands in documents, and the shells that run
 * them on a host, `dash` for scripts and `bash` for steps, which only parse (`-n`).
 */
import { eachFile, parts, refused, unclear } from '../findings.ts';
import type { Finding, JudgedFile, Tool } from '../tool.ts';
import type { World } from '../world.ts';

const isScript = ({ text }: JudgedFile): boolean => text.startsWith('#!/bin/sh\n');
const isLibrary = ({ artifact }: JudgedFile): boolean => artifact.path.endsWith('/apply-functions.sh');
const hasCommands = ({ artifact, text }: JudgedFile): boolean =>
  artifact.folder === 'doc' && artifact.path.endsWith('.md') && /^```sh$/m.test(text);

/** Files on one command line. */
const MANY = 50;
/**
 * Of commands that a person types: the functions are read from a file beside them, and a failing `cd` is seen.
 */
const TYPED = ['--exclude=SC1091,SC2164'];

/** The text with all but the commands blanked, so that lines keep their numbers. */
export function commandsIn(markdown: string): string {
  let inside = false;
  return markdown
    .split('\n')
    .map(line => {
      if (line.startsWith('```')) {
        inside = line === '```sh';
        return '';
      }
      return inside ? line : '';
    })
    .join('\n');
}

/** What is to be judged, with the number of lines as in the file. */
const shellText = (file: JudgedFile): string => (hasCommands(file) ? commandsIn(file.text) : file.text);

export const shellcheck: Tool = {
  name: 'shellcheck',
  package: 'shellcheck',
  programs: ['shellcheck'],
  scope: 'text',
  wants: file => isScript(file) || isLibrary(file) || hasCommands(file),
  async judge(files, world) {
    const runs = [
      ...parts(files.filter(isScript), MANY).map(some => check(some, ['--shell=sh'], world)),
      ...parts(files.filter(isLibrary), MANY).map(some => check(some, ['--shell=bash'], world)),
      ...parts(files.filter(hasCommands), MANY).map(some => check(some, ['--shell=bash', ...TYPED], world)),
    ];
    return (await Promise.all(runs)).flat();
  },
};

interface Comment {
  readonly file: string;
  readonly line: number;
  readonly code: number;
  readonly message: string;
}

async function check(
  files: readonly JudgedFile[],
  options: readonly string[],
  world: World,
): Promise<readonly Finding[]> {
  const copies = new Map(
    files.map(file => [world.write(`shell/${file.path}`, shellText(file)), file] as const),
  );
  const run = await world.run(['shellcheck', '--norc', '--format=json', ...options, ...copies.keys()]);
  const [first] = files;
  if (first === undefined) return [];
  const comments = run.status === 0 || run.status === 1 ? readComments(run.stdout) : undefined;
  if (comments === undefined) return [unclear(first, run)];
  return comments.flatMap(({ file, line, code, message }) => {
    const judged = copies.get(file);
    return judged === undefined ? [] : [refused(judged, `SC${code}: ${message}`, line)];
  });
}

function readComments(text: string): readonly Comment[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as readonly Comment[]) : undefined;
  } catch {
    return undefined;
  }
}

export const dash: Tool = {
  name: 'dash -n',
  package: 'dash',
  programs: ['dash'],
  scope: 'text',
  wants: isScript,
  judge: (files, world) => eachFile(files, file => parse('dash', file, file.copy, world)),
};

export const bash: Tool = {
  name: 'bash -n',
  package: 'bash',
  programs: ['bash'],
  scope: 'text',
  wants: file => isLibrary(file) || hasCommands(file),
  judge: (files, world) =>
    eachFile(files, file => parse('bash', file, world.write(`bash/${file.path}`, shellText(file)), world)),
};

async function parse(
  shell: string,
  file: JudgedFile,
  copy: string,
  world: World,
): Promise<readonly Finding[]> {
  const run = await world.run([shell, '-n', copy]);
  if (run.status === undefined) return [unclear(file, run)];
  if (run.status === 0 && run.stderr === '') return [];
  const line = /(?:: line |: )(\d+): /.exec(run.stderr)?.[1];
  return [refused(file, run.stderr.replaceAll(copy, ''), line === undefined ? undefined : Number(line))];
}
