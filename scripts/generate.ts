/**
 * Runs every script that generates sources, in the order in which they depend on one another. With `--check` nothing
 * is written: the run fails if a generated file is not what its script would write.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const GENERATORS = ['build-validators.ts', 'build-types.ts', 'build-docs.ts'];
/** Nothing of these lies in the tree, but what they read can be wrong. */
const CHECKED = ['build-templates.ts'];

export function generateAll(args: readonly string[]): void {
  for (const name of args.includes('--check') ? [...GENERATORS, ...CHECKED] : GENERATORS) {
    const script = join(import.meta.dirname, name);
    if (!existsSync(script)) continue;
    const { status } = spawnSync(process.execPath, [script, ...args], {
      cwd: join(import.meta.dirname, '..'),
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`${name} ${args.join(' ')} failed`);
  }
}

if (import.meta.main) generateAll(process.argv.slice(2));
