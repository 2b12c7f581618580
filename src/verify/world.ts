/** What tools may use: a scratch directory, the programs of this machine, and how to run them. */
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { attempt } from '../failure.ts';
import { LIMITS, type Limits, runProgram, type ToolRun } from './process.ts';

export interface World {
  /** Absolute; removed at the end. */
  readonly scratch: string;
  /** Absolute path of a program, looked up once. */
  find(program: string): string | undefined;
  /** Runs a program by name or path, not more at a time than there are processors. */
  run(command: readonly string[], env?: Readonly<Record<string, string>>): Promise<ToolRun>;
  /** The same as root with mounts of its own: really root, or root of a user namespace. */
  runAsRoot(command: readonly string[], env?: Readonly<Record<string, string>>): Promise<ToolRun>;
  /** Whether `runAsRoot` works here. */
  canBeRoot(): Promise<boolean>;
  /** Writes a file below the scratch directory and gives its absolute path. Only the owner can read it. */
  write(path: string, text: string): string;
}

export interface WorldOptions {
  /** Directories to look programs up in, separated as in `PATH`. */
  readonly path: string;
  readonly limits?: Limits;
}

/** Administration programs are often missing from the path of a user, and run for him all the same. */
const ADMINISTRATION = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The search path for tools: that of the user, then where programs for administrators are. */
export const searchPath = (path: string | undefined): string =>
  [path ?? '/usr/local/bin:/usr/bin:/bin', ...ADMINISTRATION].join(delimiter);

/** Only `verify` needs it. */
const os = () => process.getBuiltinModule('node:os');

/** Runs `use` with a world whose scratch directory is gone afterwards, whatever happens. */
export async function withWorld<T>(options: WorldOptions, use: (world: World) => Promise<T>): Promise<T> {
  const scratch = attempt('make a temporary directory', () =>
    mkdtempSync(join(os().tmpdir(), 'offsite-verify-')),
  );
  try {
    return await use(worldIn(scratch, options));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function worldIn(scratch: string, { path, limits = LIMITS }: WorldOptions): World {
  const found = new Map<string, string | undefined>();
  const limited = limiter(os().availableParallelism());
  // Nothing is inherited: what a tool says must not depend on the settings of whoever calls it.
  const base = { PATH: path, HOME: scratch, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const find = (program: string): string | undefined => {
    if (!found.has(program)) found.set(program, lookUp(program, path));
    return found.get(program);
  };
  const run: World['run'] = ([program = '', ...args], env = {}) =>
    limited(() => {
      const command = [find(program) ?? program, ...args];
      return runProgram(command, { env: { ...base, ...env }, cwd: scratch }, limits);
    });
  const prefix = process.getuid?.() === 0 ? ['unshare', '-m'] : ['unshare', '-rm'];
  const runAsRoot: World['runAsRoot'] = (command, env) => run([...prefix, ...command], env);
  let rootWorks: Promise<boolean> | undefined;
  return {
    scratch,
    find,
    run,
    runAsRoot,
    canBeRoot() {
      rootWorks ??= runAsRoot(['true']).then(({ status }) => status === 0);
      return rootWorks;
    },
    write(file, text) {
      const full = join(scratch, file);
      return attempt(`write ${full}`, () => {
        mkdirSync(dirname(full), { recursive: true, mode: 0o700 });
        writeFileSync(full, text, { mode: 0o600 });
        return full;
      });
    },
  };
}

function lookUp(program: string, path: string): string | undefined {
  const candidates = isAbsolute(program) ? [program] : path.split(delimiter).map(one => join(one, program));
  return candidates.find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Runs at most `most` tasks at a time, in the order in which they come. */
function limiter(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async task => {
    if (running >= most) await new Promise<void>(go => waiting.push(go));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
