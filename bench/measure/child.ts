/** Runs one child process and says what it took. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const MEMORY = join(import.meta.dirname, '../yardstick/memory.cjs');

/** Without what makes the start of Node dearer for reasons of this machine. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...rest } = process.env;
  return rest;
}

/** Wall time in milliseconds. Throws when the child fails: a failed run is no measurement. */
export function wallTime(command: string, args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment(),
  });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw failure(command, args, stderr.toString());
  return took;
}

export const nodeTime = (...args: readonly string[]): number => wallTime(process.execPath, args);

/** What a Node process prints: a number. */
export function printedNumber(...args: readonly string[]): number {
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    stdio: [...stdio],
    env: environment(),
  });
  if (status !== 0) throw failure(process.execPath, args, stderr.toString());
  return Number(stdout.toString());
}

/** Largest resident set of a Node process, in MiB. */
export function nodeMemory(...args: readonly string[]): number {
  const all = ['--require', MEMORY, ...args];
  const stdio = ['ignore', 'ignore', 'pipe', 'pipe'] as const;
  const { status, stderr, output } = spawnSync(process.execPath, all, {
    stdio: [...stdio],
    env: environment(),
  });
  if (status !== 0) throw failure(process.execPath, all, stderr.toString());
  return Number(output[3]?.toString()) / 1024;
}

const failure = (command: string, args: readonly string[], stderr: string): Error =>
  new Error(`${command} ${args.join(' ')} failed:\n${stderr.slice(-2000)}`);
