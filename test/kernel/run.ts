/** Runs a program with a time limit; used for everything that the harness does to the kernel. */
import { spawn } from 'node:child_process';

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const LIMIT_MS = 20_000;
const LINGER_MS = 500;

/** Runs `command` and gives what it printed; never throws for an exit status. A signal counts as status 128. */
export function run(command: readonly string[], stdin = ''): Promise<Ran> {
  const [program = '', ...args] = command;
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: 'pipe', timeout: LIMIT_MS, killSignal: 'SIGKILL' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text;
    });
    child.on('error', failed);
    const finish = (status: number | null): void => done({ status: status ?? 128, stdout, stderr });
    child.on('close', finish);
    // A daemon that the program leaves behind may keep the pipes open.
    child.on('exit', status => setTimeout(finish, LINGER_MS, status));
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

/** The same, where failing is a mistake of the harness. */
export async function mustRun(command: readonly string[], stdin = ''): Promise<string> {
  const { status, stdout, stderr } = await run(command, stdin);
  if (status !== 0) throw new Error(`${command.join(' ')}\n${stdin}\nexit ${status}: ${stderr}${stdout}`);
  return stdout;
}
