/**
 * Commands of Proxmox that judge the configuration of the machine they run on. They cannot be pointed at `out/`: on a
 * PBS or PVE host they say whether it can read what was applied. All of them just read. The list commands of PBS parse
 * their file themselves, so that an exit status other than 0 means a file that it cannot read.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ToolRun } from './process.ts';
import type { World } from './world.ts';

export interface HostJudgement {
  readonly command: string;
  /** The live file that the command reads. */
  readonly file: string;
  readonly state: 'passed' | 'refused' | 'unclear';
  /** What the program said, in one line; empty when it passed. */
  readonly said: string;
}

const PBS = '/etc/proxmox-backup';
/** Program and arguments, and the file that it reads. `sync-job list` alone shows pull jobs only. */
const HOST_CHECKS: readonly (readonly [file: string, ...command: string[]])[] = [
  [`${PBS}/user.cfg`, 'proxmox-backup-manager', 'user', 'list'],
  [`${PBS}/acl.cfg`, 'proxmox-backup-manager', 'acl', 'list'],
  [`${PBS}/datastore.cfg`, 'proxmox-backup-manager', 'datastore', 'list'],
  [`${PBS}/remote.cfg`, 'proxmox-backup-manager', 'remote', 'list'],
  [`${PBS}/sync.cfg`, 'proxmox-backup-manager', 'sync-job', 'list', '--sync-direction', 'all'],
  [`${PBS}/prune.cfg`, 'proxmox-backup-manager', 'prune-job', 'list'],
  [`${PBS}/verification.cfg`, 'proxmox-backup-manager', 'verify-job', 'list'],
  [`${PBS}/traffic-control.cfg`, 'proxmox-backup-manager', 'traffic-control', 'list'],
  ['/etc/pve/storage.cfg', 'pvesm', 'status'],
  ['/etc/pve/storage.cfg', 'pvesh', 'get', '/storage'],
  ['/etc/pve/jobs.cfg', 'pvesh', 'get', '/cluster/backup'],
];

/** Runs the checks whose program is installed here, one after the other, each bounded in time and output. */
export async function judgeHost(world: World): Promise<readonly HostJudgement[]> {
  const judgements: HostJudgement[] = [];
  for (const [file, ...command] of HOST_CHECKS) {
    if (world.find(command[0] ?? '') === undefined) continue;
    judgements.push({ command: command.join(' '), file, ...verdictOf(await world.run(command)) });
  }
  return judgements;
}

function verdictOf({ status, stderr, stdout, trouble }: ToolRun): Pick<HostJudgement, 'state' | 'said'> {
  if (status === 0) return { state: 'passed', said: '' };
  if (status === undefined) return { state: 'unclear', said: trouble ?? 'did not end by itself' };
  const line = `${stderr}\n${stdout}`.split('\n').find(text => text.trim() !== '');
  return { state: 'refused', said: line?.trim() ?? `ended with status ${status}` };
}

export const hostDiagnostics = (judgements: readonly HostJudgement[]): Diagnostic[] =>
  judgements.flatMap(({ command, file, state, said }): Diagnostic[] => {
    if (state === 'passed') return [];
    const place = { kind: 'file', file, line: 1 } as const;
    return state === 'refused'
      ? [
          {
            code: 'host-refused',
            severity: 'error',
            message: `\`${command}\` fails on this host: ${said}`,
            place,
          },
        ]
      : [{ code: 'tool-unclear', severity: 'warning', message: `\`${command}\` ${said}`, place }];
  });
