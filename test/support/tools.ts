import { spawnSync } from 'node:child_process';

const known = new Map<string, boolean>();

/**
 * Whether a test must be skipped because a program is not installed. In CI nothing is skipped: a missing program is
 * an error there. Elsewhere it is said once, loudly.
 */
export function missingTool(name: string): boolean {
  let missing = known.get(name);
  if (missing === undefined) {
    missing = spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0;
    known.set(name, missing);
    if (missing && process.env['CI'] !== undefined) throw new Error(`${name} is not installed`);
    if (missing) console.warn(`SKIPPED: ${name} is not installed, its tests do not run`);
  }
  return missing;
}
