/**
 * Command-line cases as single text files. Above the first `-- name --` line stand commands with what they must
 * print, below it the files that the case starts with:
 *
 *     $ offsite check            a command, run in an empty directory that holds the files
 *     > text                     a line of its standard output
 *     ! text                     a line of its standard error
 *     ? 1                        its exit code; 0 where none is given
 *
 * Other commands: `write FILE TEXT`, `append FILE TEXT`, `replace FILE OLD NEW`, `remove FILE`, `link FILE TARGET`, `mkdir DIR`, `show FILE`, `list DIR`,
 * `stdin FILE` (for the next command), `env NAME=VALUE`, `cd DIR`. Absolute paths of the directory read `$WORK`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { quickAnswer } from '../../src/commands/help.ts';
import type { LoadCompiler } from '../../src/commands/input.ts';
import type { Io } from '../../src/commands/io.ts';
import { main } from '../../src/main.ts';
import { emptyDirectory, readTree, writeTree } from '../emit/tree.ts';

export interface Step {
  readonly command: string;
  readonly expected: readonly string[];
}

export interface Case {
  readonly preamble: readonly string[];
  readonly steps: readonly Step[];
  readonly files: Readonly<Record<string, string>>;
  /** The part with the files, as it stands. */
  readonly tail: string;
}

export function parseCase(text: string): Case {
  const at = text.search(/^-- .* --$/m);
  const [head, tail] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
  const preamble: string[] = [];
  const steps: { command: string; expected: string[] }[] = [];
  for (const line of head.split('\n')) {
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), expected: [] });
    else if (/^[>!?]/.test(line)) steps.at(-1)?.expected.push(line);
    else if (line !== '' && steps.length === 0) preamble.push(line);
    else if (line !== '') throw new Error(`not understood: ${line}`);
  }
  const files: Record<string, string> = {};
  const parts = tail.split(/^-- (.*) --\n/m).slice(1);
  for (let i = 0; i < parts.length; i += 2) files[parts[i]!] = parts[i + 1] ?? '';
  return { preamble, steps, files, tail };
}

/** The case with what its commands really printed. */
export async function runCase(given: Case, load?: LoadCompiler): Promise<string> {
  const work = emptyDirectory();
  writeTree(work, given.files);
  const world = { work, cwd: work, env: {}, stdin: '' };
  const lines = given.preamble.map(line => `${line}\n`);
  for (const { command } of given.steps)
    lines.push(`\n$ ${command}\n`, ...(await runStep(command, world, load)));
  return `${lines.join('').replace(/^\n/, '')}${given.tail === '' ? '' : `\n${given.tail}`}`;
}

interface World {
  readonly work: string;
  cwd: string;
  env: Record<string, string>;
  stdin: string;
}

async function runStep(command: string, world: World, load?: LoadCompiler): Promise<string[]> {
  const [word = '', ...args] =
    command.match(/'[^']*'|\S+/g)?.map(part => part.replace(/^'(.*)'$/s, '$1')) ?? [];
  const file = path.join(world.cwd, args[0] ?? '.');
  const text = `${args.slice(1).join(' ')}\n`;
  const output: string[] = [];
  if (word === 'offsite') return runOffsite(args, world, load);
  else if (word === 'write') writeTree(world.cwd, { [args[0]!]: text });
  else if (word === 'append') fs.appendFileSync(file, text);
  else if (word === 'remove') fs.rmSync(file, { recursive: true });
  else if (word === 'replace')
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(args[1]!, args[2]!));
  else if (word === 'link') fs.symlinkSync(args[1]!, file);
  else if (word === 'mkdir') fs.mkdirSync(file);
  else if (word === 'show') output.push(...prefixed('>', fs.readFileSync(file, 'utf8')));
  else if (word === 'list') output.push(...Object.keys(readTree(file)).map(name => `> ${name}\n`));
  else if (word === 'stdin') world.stdin = fs.readFileSync(file, 'utf8');
  else if (word === 'cd') world.cwd = file;
  else if (word === 'env') Object.assign(world.env, Object.fromEntries([args[0]!.split('=')]));
  else throw new Error(`unknown command: ${command}`);
  return output;
}

async function runOffsite(args: readonly string[], world: World, load?: LoadCompiler): Promise<string[]> {
  let [stdout, stderr] = ['', ''];
  const io: Io = {
    cwd: world.cwd,
    env: world.env,
    terminal: { stdout: false, stderr: false },
    stdout: text => {
      stdout += text;
    },
    stderr: text => {
      stderr += text;
    },
    stdin: () => Buffer.from(world.stdin),
  };
  const answer = quickAnswer(args, '0.0.0');
  const code = answer === undefined ? await main(args, io, load) : 0;
  const seen = (text: string): string =>
    text
      .replaceAll(world.work, '$WORK')
      .replace(/offsite \d+\.\d+\.\d+, Node [\d.]+/g, 'offsite VERSION, Node VERSION');
  return [
    ...prefixed('>', seen(answer ?? stdout)),
    ...prefixed('!', seen(stderr)),
    ...(code === 0 ? [] : [`? ${code}\n`]),
  ];
}

function prefixed(mark: string, text: string): string[] {
  if (text === '') return [];
  const lines = text.replace(/\n$/, '').split('\n');
  const open = text.endsWith('\n') ? [] : [`${mark} (no line feed at the end)\n`];
  return [...lines.map(line => `${mark} ${line}`.trimEnd() + '\n'), ...open];
}
