/**
 * Network namespaces without names: each belongs to one process that waits for the end of its input. That process is
 * also the first one of a PID namespace, so whatever was started inside (WireGuard, listeners) ends with it, even when
 * the test run itself is killed. Nothing is left in /run/netns, and nothing outside is ever touched.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, type Ran, run } from './run.ts';

export interface Counters {
  readonly received: number;
  readonly sent: number;
}

export interface Namespace {
  readonly name: string;
  /** Directory with what it sees as its own /etc/wireguard, /run and /etc/hosts. */
  readonly root: string;
  readonly holder: ChildProcess;
  readonly pid: number;
}

/** Directories that each namespace has for itself: control sockets and keys have the same names on both ends. */
const PRIVATE = ['etc/wireguard', 'run'] as const;

const START = `set -e
for directory in ${PRIVATE.join(' ')}; do mount --bind "$ROOT/$directory" "/$directory"; done
mount --bind "$ROOT/etc/hosts" /etc/hosts
# What a machine has switched on for itself must not leak in: forwarding is what is tested.
for family in ipv4 ipv6; do echo 0 >/proc/sys/net/$family/conf/all/forwarding; done
for scope in all default; do
  echo 0 >/proc/sys/net/ipv4/conf/$scope/rp_filter
  for key in accept_dad accept_ra router_solicitations; do echo 0 >/proc/sys/net/ipv6/conf/$scope/$key; done
done
ip link set lo up
echo ready
exec "$@"`;

/**
 * Opens a namespace. `command` must end when its standard input does.
 * @param directory where the private files go, one subdirectory for each namespace.
 */
export async function openNamespace(
  name: string,
  directory: string,
  command: readonly string[] = ['cat'],
): Promise<Namespace> {
  const root = join(directory, name);
  for (const path of PRIVATE) mkdirSync(join(root, path), { recursive: true, mode: 0o700 });
  writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n::1 localhost\n');
  const wrapper = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const holder = spawn('unshare', [...wrapper, 'sh', '-c', START, 'sh', ...command], {
    stdio: 'pipe',
    env: { ...process.env, ROOT: root },
  });
  await ready(name, holder);
  return { name, root, holder, pid: holder.pid ?? 0 };
}

function ready(name: string, { stdout, stderr }: ChildProcess): Promise<void> {
  return new Promise((done, failed) => {
    let said = '';
    stderr?.setEncoding('utf8').on('data', text => {
      said += text;
    });
    stdout?.once('data', () => done());
    stdout?.once('end', () => failed(new Error(`namespace ${name} did not start: ${said}`)));
  });
}

/** Ends the namespaces and all that runs in them. */
export async function closeNamespaces(namespaces: Iterable<Namespace>): Promise<void> {
  await Promise.all(
    [...namespaces].map(
      ({ holder }) =>
        new Promise<void>(done => {
          if (holder.exitCode !== null || holder.signalCode !== null) return done();
          holder.once('exit', () => done());
          holder.stdin?.end();
          // A process that ignores the end of its input is ended by its id.
          setTimeout(() => holder.kill('SIGKILL'), 2000).unref();
        }),
    ),
  );
}

const inside = ({ pid }: Namespace, command: readonly string[]): readonly string[] => [
  'nsenter',
  `--net=/proc/${pid}/ns/net`,
  `--mount=/proc/${pid}/ns/mnt`,
  `--pid=/proc/${pid}/ns/pid_for_children`,
  '--',
  ...command,
];

/** Runs a program inside. */
export const runIn = (namespace: Namespace, command: readonly string[], stdin = ''): Promise<Ran> =>
  run(inside(namespace, command), stdin);

/** Runs a program inside that must succeed. */
export const mustRunIn = (namespace: Namespace, command: readonly string[], stdin = ''): Promise<string> =>
  mustRun(inside(namespace, command), stdin);

/**
 * `ip` commands in one process. The PID namespace is that of the caller, so that `netns PID` names a namespace.
 */
export async function ipBatch({ pid }: Namespace, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  await mustRun(['nsenter', `--net=/proc/${pid}/ns/net`, '--', 'ip', '-batch', '-'], `${lines.join('\n')}\n`);
}

/** Bytes so far on each interface, without starting a process. */
export function countersOf({ pid }: Namespace): ReadonlyMap<string, Counters> {
  const counters = new Map<string, Counters>();
  for (const line of readFileSync(`/proc/${pid}/net/dev`, 'utf8').split('\n').slice(2)) {
    const colon = line.lastIndexOf(':');
    if (colon < 0) continue;
    const numbers = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
      .map(Number);
    counters.set(line.slice(0, colon).trim(), { received: numbers[0] ?? 0, sent: numbers[8] ?? 0 });
  }
  return counters;
}
