/**
 * Runs the built program on complete topologies and keeps what V8 compiled on the way (`core-loader.cjs`). A process of
 * its own: in that of the build, code would be collected as garbage before it is kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Io } from '../src/commands/io.ts';

interface Core {
  main(argv: readonly string[], io: Io): Promise<number>;
  keep(): void;
}

const root = resolve(import.meta.dirname, '..');

function silentIo(cwd: string): Io {
  const nothing = (): void => undefined;
  const terminal = { stdout: false, stderr: false };
  return { cwd, env: {}, terminal, stdout: nothing, stderr: nothing, stdin: () => new Uint8Array() };
}

async function main(): Promise<void> {
  const core = createRequire(import.meta.url)(join(root, 'dist/core.cjs')) as Core;
  const out = mkdtempSync(join(tmpdir(), 'offsite-build-'));
  try {
    // Once each: what ran more often is remembered as worth compiling, and a cold run would do that beside its work.
    await core.main(['render', '--topology', 'topology.yaml', '--out', out], silentIo(root));
    await core.main(['check', '--topology', 'starter/topology.yaml', '--out', out], silentIo(root));
    core.keep();
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

await main();
