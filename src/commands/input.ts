/** Finds the topology, reads and compiles it: the first half of `render`, `check` and `explain`. */
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Compilation, CompileInput } from '../compile.ts';
import { realDisk } from '../emit/disk.ts';
import { type OutTree, openOutTree } from '../emit/out-tree.ts';
import { openStage, type Stage } from '../emit/stage.ts';
import { startListing } from '../emit/threads/start.ts';
import { findUpwards, readInput } from '../load/input.ts';
import type { Io } from './io.ts';
import type { Settings } from './parse.ts';
import { UsageError } from './parse.ts';

/** Loads the compiler: only when there is something to compile. */
export type LoadCompiler = () => Promise<{ compile(input: CompileInput): Promise<Compilation> }>;

export interface Compiled {
  readonly compilation: Compilation;
  /** Absolute path of the topology; undefined for standard input. */
  readonly topology: string | undefined;
  /** Absolute. */
  readonly outDir: string;
  /** `outDir` as it is printed, without a final slash. */
  readonly outLabel: string;
  readonly out: OutTree;
  /** For a command that writes: to be closed when it ends. */
  readonly stage: Stage | undefined;
}

const NAME = 'topology.yaml';

/** In bytes: of so much topology the output takes longer to read, or to write, than a thread takes to start. */
const LARGE = 1 << 20;

/**
 * Compiles what the settings name. `UsageError` when there is no topology, `FileFailure` when it is unreadable.
 * @param comparing each file with `out/` as soon as it is rendered, for commands that do so anyway.
 * @param writing what `out/` does not have in the meantime, for a command that will.
 */
export async function compileTopology(
  settings: Settings,
  io: Io,
  load: LoadCompiler,
  { comparing = false, writing = false } = {},
): Promise<Compiled> {
  const { topology, bytes, file } = readTopology(settings, io);
  const outDir = resolve(
    io.cwd,
    settings.out ?? resolve(topology === undefined ? io.cwd : dirname(topology), 'out'),
  );
  const isLarge = comparing && bytes.length >= LARGE;
  const out = openOutTree(outDir, realDisk, isLarge ? startListing(outDir) : undefined);
  const stage = writing && isLarge ? openStage(outDir, out.isFree) : undefined;
  const { compile } = await load();
  const compilation = await compile({
    bytes,
    file,
    maxBytes: settings.maxBytes,
    stage: stage?.take,
    ...(comparing ? { out } : {}),
    ...(settings.asOf === undefined ? {} : { asOf: settings.asOf }),
    ...(settings.templates === undefined ? {} : { templatesDir: resolve(io.cwd, settings.templates) }),
  }).catch((error: unknown) => {
    stage?.close();
    throw error;
  });
  return { compilation, topology, outDir, outLabel: shown(outDir, io.cwd), out, stage };
}

function readTopology(
  settings: Settings,
  io: Io,
): { topology: string | undefined; bytes: Uint8Array; file: string } {
  if (settings.topology === '-') return { topology: undefined, bytes: io.stdin(), file: '<stdin>' };
  const topology =
    settings.topology === undefined ? findUpwards(NAME, io.cwd) : resolve(io.cwd, settings.topology);
  if (topology === undefined) {
    throw new UsageError(
      `no ${NAME} in ${io.cwd} or above; give one with --topology, or start with \`offsite init DIR\``,
    );
  }
  return { topology, bytes: readInput(topology, settings.maxBytes), file: shown(topology, io.cwd) };
}

/** A path as it is printed: relative to the working directory where that is shorter, with `/`. */
export function shown(path: string, cwd: string): string {
  const below = relative(cwd, path);
  const printed = below === '' ? '.' : isAbsolute(below) || below.length > path.length ? path : below;
  return sep === '/' ? printed : printed.split(sep).join('/');
}
