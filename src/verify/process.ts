/** Runs one program with a limit on its time and on what it prints; the only place that starts processes. */

export interface Limits {
  readonly milliseconds: number;
  /** For each of the two streams. */
  readonly bytes: number;
}

export interface ToolRun {
  readonly program: string;
  /** Exit status; undefined when the program did not end by itself. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why there is no exit status, as the end of a sentence that begins with the program. */
  readonly trouble?: string;
}

export const LIMITS: Limits = { milliseconds: 60_000, bytes: 8 * 2 ** 20 };
/** How long to wait for the end of a program that was killed. */
const GRACE_MS = 2_000;

/**
 * Runs `command` and gives what it printed; never rejects. A program that exceeds a limit is ended together with what
 * it has started: it leads a process group of its own, which is named by its process id.
 */
export async function runProgram(
  command: readonly string[],
  { env, cwd }: { readonly env: Readonly<Record<string, string>>; readonly cwd: string },
  limits: Limits = LIMITS,
): Promise<ToolRun> {
  const [program = '', ...args] = command;
  // Loaded here: every command would wait for it.
  const { spawn } = await import('node:child_process');
  return new Promise(done => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const streams = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    const sizes = { stdout: 0, stderr: 0 };
    let trouble: string | undefined;
    const finish = (status: number | undefined, why?: string): void => {
      clearTimeout(timer);
      const text = (name: 'stdout' | 'stderr') => Buffer.concat(streams[name]).toString('utf8');
      const said = { program, status, stdout: text('stdout'), stderr: text('stderr') };
      done(why === undefined ? said : { ...said, trouble: why });
    };
    const stop = (why: string): void => {
      if (trouble !== undefined) return;
      trouble = why;
      endGroup(child.pid);
      // What cannot be ended, because it waits for a device, is not waited for.
      setTimeout(() => finish(undefined, why), GRACE_MS).unref();
    };
    const timer = setTimeout(
      () => stop(`did not end within ${limits.milliseconds / 1000} s`),
      limits.milliseconds,
    );
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        sizes[name] += chunk.length;
        if (sizes[name] > limits.bytes) stop(`printed more than ${limits.bytes} bytes`);
        else streams[name].push(chunk);
      });
    }
    child.once('error', error => finish(undefined, `cannot be started: ${error.message}`));
    child.once('close', (status, signal) => {
      const why = trouble ?? (status === null ? `was ended by ${signal}` : undefined);
      finish(why === undefined ? (status ?? undefined) : undefined, why);
    });
  });
}

/** Ends a process group that `runProgram` has started. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
