/**
 * Runs one command and turns however it ends into an exit code: 0 clean, 1 findings or differences, 2 wrong usage or
 * input that cannot be read, 3 a bug in offsite. Nothing thrown passes this function.
 */
import type { LoadCompiler } from './commands/input.ts';
import type { Io } from './commands/io.ts';
import { parseSettings, type Settings, UsageError } from './commands/parse.ts';
import type { CommandName } from './commands/usage.ts';
import { FileFailure } from './failure.ts';
import { version } from './version.ts';

export { processIo } from './process-io.ts';

/** A command prints through `io` and returns the exit code. */
export type Run = (settings: Settings, io: Io, load: LoadCompiler) => number | Promise<number>;

const RUNS = {
  render: async () => (await import('./commands/render.ts')).render,
  check: async () => (await import('./commands/check.ts')).check,
  explain: async () => (await import('./commands/explain.ts')).explain,
  drift: async () => (await import('./commands/drift.ts')).drift,
  verify: async () => (await import('./commands/verify.ts')).verify,
  schema: async () => (await import('./commands/schema.ts')).schema,
  rules: async () => (await import('./commands/rules.ts')).rules,
  init: async () => (await import('./commands/init.ts')).init,
} satisfies Readonly<Record<CommandName, () => Promise<Run>>>;

const loadCompiler: LoadCompiler = () => import('./compile.ts');

/** `argv` is the command line without its first two words. Help and version were answered before (`cli.ts`). */
export async function main(
  argv: readonly string[],
  io: Io,
  load: LoadCompiler = loadCompiler,
): Promise<number> {
  try {
    const settings = parseSettings(argv);
    const run: Run = await RUNS[settings.command]();
    return await run(settings, io, load);
  } catch (error) {
    if (error instanceof UsageError) return refuse(io, `${error.message}\nTry \`offsite --help\`.`);
    if (error instanceof FileFailure) return refuse(io, error.message);
    return reportBug(error, argv, io);
  }
}

function refuse(io: Io, message: string): number {
  io.stderr(`offsite: ${message}\n`);
  return 2;
}

function reportBug(error: unknown, argv: readonly string[], io: Io): number {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const verbose = argv.includes('-v') || argv.includes('--verbose');
  const detail = verbose && error instanceof Error ? `${error.stack}\n` : '';
  io.stderr(
    `offsite: this is a bug in offsite, please report it (offsite ${version}, Node ${process.versions.node}):\n` +
      `  ${oneLine(message)}\n${detail || 'The option -v shows where it happened.\n'}`,
  );
  return 3;
}

/** A message may quote input: printable, on one line, and short. */
function oneLine(message: string): string {
  const line = message.replace(/[\s\p{Cc}]+/gu, ' ');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
