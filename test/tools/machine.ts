/**
 * A machine for live tests: a network namespace with loopback addresses, and private copies of the directories that
 * rendered files go to. Rendered files lie at their real paths, and services listen on their real ports, while nothing
 * outside is touched; all of it ends with the namespace.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { splitWords } from '../../src/formats/systemd-unit/exec.ts';
import { readUnit, unitValues } from '../../src/formats/systemd-unit/read.ts';
import { closeNamespaces, mustRunIn, openNamespace, runIn } from '../kernel/namespaces.ts';
import { mustRun, type Ran } from '../kernel/run.ts';
import { missingTool } from '../support/tools.ts';

export interface Machine {
  run(...command: string[]): Promise<Ran>;
  mustRun(...command: string[]): Promise<string>;
  /** Writes a file at its path on the machine, which must lie in a private directory. */
  write(path: string, text: string, mode?: number): void;
  read(path: string): string;
  /** Starts a service that ends with the machine; what it prints goes to `/run/NAME.log`. */
  start(name: string, ...command: string[]): Promise<void>;
  stop(name: string): Promise<void>;
  /** Runs the commands of a unit as systemd would, up to the first that fails. */
  runUnit(path: string, more?: readonly string[]): Promise<Ran>;
  close(): Promise<void>;
}

const PRIVATE = ['etc', 'home', 'srv', 'run', 'mnt', 'var/lib', 'var/spool', 'var/log', 'usr/local/lib'];

/** Whether live tests must be skipped: a program is missing, or namespaces cannot be made. In CI neither may be. */
export function machineUnavailable(...programs: readonly string[]): boolean {
  const tools = ['ip', 'mount', 'nsenter', 'unshare', 'wg', ...programs];
  if (tools.map(missingTool).includes(true)) return true;
  const { status, stderr } = spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', 'true']);
  if (status === 0) return false;
  if (process.env['CI'] !== undefined) throw new Error(`namespaces cannot be made: ${stderr}`);
  console.warn(`SKIPPED: namespaces cannot be made (root is needed): ${stderr}`);
  return true;
}

export async function openMachine(addresses: readonly string[]): Promise<Machine> {
  const directory = mkdtempSync(join(tmpdir(), 'offsite-machine-'));
  const namespace = await openNamespace('machine', directory);
  const root = join(directory, 'private');
  for (const one of PRIVATE) mkdirSync(join(root, one), { recursive: true });
  await mustRun(['cp', '-a', '/etc/.', join(root, 'etc')]);
  const inside = (command: readonly string[]) => mustRunIn(namespace, command);
  const mounts = PRIVATE.map(one => `mount --bind '${join(root, one)}' /${one}`);
  const loopback = addresses.map(address => `ip address add ${address}/32 dev lo`);
  await inside(['sh', '-euc', [...mounts, ...loopback].join('\n')]);

  const run: Machine['run'] = (...command) => runIn(namespace, command);
  const machine: Machine = {
    run,
    mustRun: (...command) => inside(command),
    write(path, text, mode = 0o644) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode });
      chmodSync(file, mode);
    },
    read: path => readFileSync(join(root, path), 'utf8'),
    async start(name, ...command) {
      // Its own session and no open pipes: the call ends while the service runs.
      await inside([
        'sh',
        '-c',
        `setsid "$@" </dev/null >/run/${name}.log 2>&1 & echo $! >/run/${name}.pid`,
        'sh',
        ...command,
      ]);
    },
    async stop(name) {
      await inside(['kill', machine.read(`run/${name}.pid`).trim()]);
    },
    runUnit: (path, more) => runUnit(machine, path, more),
    async close() {
      await closeNamespaces([namespace]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return machine;
}

const CREDENTIALS = '/run/credentials';
const EXPANDED: Readonly<Record<string, string>> = { '%t': '/run', '%d': CREDENTIALS };

const wordsOf = (value: string): string[] =>
  splitWords(value.replace(/%[td]/g, all => EXPANDED[all] ?? all)).words.map(({ text }) => text);
/** No variable of systemd is in our command lines, but those of a shell are. */
const execWordsOf = (value: string): string[] => wordsOf(value).map(text => text.replaceAll('$$', '$'));

async function runUnit(machine: Machine, path: string, more: readonly string[] = []): Promise<Ran> {
  const unit = readUnit(machine.read(path));
  const values = (key: string) => unitValues(unit, 'Service', key);
  for (const credential of values('LoadCredential')) {
    const [name = '', file = ''] = credential.split(':');
    machine.write(`${CREDENTIALS}/${name}`, machine.read(file), 0o400);
  }
  for (const name of values('RuntimeDirectory')) await machine.mustRun('mkdir', '-p', `/run/${name}`);
  const environment = values('Environment').flatMap(wordsOf);
  let last: Ran = { status: 0, stdout: '', stderr: '' };
  for (const key of ['ExecStartPre', 'ExecStart', 'ExecStartPost']) {
    for (const value of values(key)) {
      const [program = '', ...args] = execWordsOf(value);
      const extra = key === 'ExecStart' ? more : [];
      const command = [program.replace(/^[-@:+!]+/, ''), ...args, ...extra];
      last = await machine.run('env', '-i', 'PATH=/usr/bin:/bin', ...environment, ...command);
      if (last.status !== 0) return last;
    }
  }
  return last;
}

/** Waits until something listens on a TCP port of the machine. */
export async function listening(machine: Machine, address: string, port: number): Promise<void> {
  const script =
    'for i in $(seq 100); do (: <"/dev/tcp/$0/$1") 2>/dev/null && exit 0; sleep 0.1; done; exit 1';
  await machine.mustRun('bash', '-c', script, address, String(port));
}
