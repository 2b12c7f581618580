/**
 * The service of a flow: one shot, locked, told on when it ends, and closed off from all that it does not need
 * (systemd.service(5), systemd.exec(5)).
 */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import { isOldDebian } from './credential.ts';
import { type Runs, type UnitFlow, unitName } from './runs.ts';
import {
  constantWords,
  description,
  execLine,
  type Setting,
  setting,
  settingOf,
  type UnitSections,
  type Word,
  word,
} from './unit-file.ts';

export const SECRETS = '/etc/offsite/secrets';
export const LIBRARY = '/usr/local/lib/offsite';
/** Longest run: a first copy takes long, a hung one must end some time. Minutes. */
const LEAST_TIMEOUT = 20 * 60;

export interface Service {
  readonly flow: UnitFlow;
  readonly runs: Runs;
  /** What the flow does, for `Description=`. */
  readonly what: string;
  readonly credentials: readonly Setting[];
  readonly environment: readonly Setting[];
  /** Commands that must succeed before. */
  readonly checks: readonly Setting[];
  readonly command: readonly Word[];
  /** Exit codes beside 0 that are a success. */
  readonly success?: string;
  /** Capabilities that root keeps, blank-separated. */
  readonly capabilities: string;
  /** Directories that it writes to. */
  readonly writes: readonly Word[];
  /** The program needs the host as it is: no sandbox. */
  readonly open?: true;
}

export function serviceSections(service: Service): UnitSections {
  const { flow, runs, what, command, success } = service;
  const { path, key } = flow;
  const own = [path];
  const via = [[...path, 'via']];
  const next = runs.next.get(flow) ?? NOTHING;
  const old = isOldDebian(flow.runsOn);
  const unit = [
    description(what, flow.spec.comment, path),
    settingOf('Wants', 'network-online.target', via),
    settingOf('After', 'network-online.target remote-fs.target', via),
    settingOf('OnFailure', 'offsite-alert@%N.service', own),
  ];
  if (!old)
    for (const one of next) unit.push(setting('OnSuccess', `${unitName(one)}.service`, triggerOf(one)));
  const settings = [settingOf('Type', 'oneshot', own)];
  settings.push(
    ...service.credentials,
    ...service.environment,
    settingOf('RuntimeDirectory', 'offsite', own),
    settingOf('RuntimeDirectoryPreserve', 'yes', own),
    ...service.checks,
    execLine('ExecStart', [...FLOCK, word(`{%t}/offsite/${key}.lock`), ...command], path),
    settingOf('ExecStartPost', `+${LIBRARY}/mark-success ${key}`, own),
  );
  // systemd before 249 has no OnSuccess=.
  if (old) for (const one of next) settings.push(startNext(one));
  if (success !== undefined) settings.push(settingOf('SuccessExitStatus', success, own));
  settings.push(timeout(flow), settingOf('Nice', '10', own), settingOf('IOSchedulingClass', 'idle', own));
  if (!service.open) addSandbox(settings, service, own);
  return { Unit: unit, Service: settings };
}

const NOTHING: readonly UnitFlow[] = [];

const triggerOf = ({ path }: UnitFlow): TopologyPath => [...path, 'trigger', 'after'];

const startNext = (flow: UnitFlow): Setting =>
  setting('ExecStartPost', `+/usr/bin/systemctl start --no-block ${unitName(flow)}.service`, triggerOf(flow));

/** Against a run by hand, with a file of the flow; a timer does not start a unit that still runs. */
const FLOCK = constantWords('/usr/bin/flock', '--exclusive', '--nonblock', '--conflict-exit-code', '75');

/** For programs that are to look into a directory, not at it. */
export const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

const IS_DIRECTORY = constantWords('/usr/bin/test', '-d');
/**
 * An empty source is not mounted, or was emptied by mistake. A copy of nothing is no success, and where deletions
 * propagate it would empty the target.
 */
const HOLDS_FILES = constantWords(
  '/bin/sh',
  '-c',
  'test -n "$(find "$1" -mindepth 1 -maxdepth 1 ! -name lost+found -print -quit)" || { echo "nothing to copy in $1"; exit 74; }',
  'sh',
);

/**
 * A mount that is not there must fail the unit: a failed condition or dependency would pass in silence.
 * @param isSource the flow reads the directory.
 */
export const mountChecks = (directory: Word, mountpoint: Word | undefined, isSource: boolean): Setting[] => [
  // The slash makes an automount happen: a mere look at its mount point does not (Linux, fs/namei.c).
  execLine(
    'ExecStartPre',
    [...(isSource ? HOLDS_FILES : IS_DIRECTORY), word(withSlash(directory.text))],
    ...directory.causes,
  ),
  ...(mountpoint === undefined
    ? []
    : [
        execLine('ExecStartPre', [word('/usr/bin/mountpoint'), word('-q'), mountpoint], ...mountpoint.causes),
      ]),
];

function timeout({ path, takes, spec }: UnitFlow): Setting {
  const minutes = Math.max(LEAST_TIMEOUT, Math.ceil((takes ?? 0) * 2));
  const text = minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}min`;
  return setting('TimeoutStartSec', text, spec.takes === undefined ? path : [...path, 'takes']);
}

const SANDBOX = (
  [
    ['NoNewPrivileges', 'yes'],
    ['ProtectSystem', 'strict'],
    ['ProtectHome', 'read-only'],
    ['PrivateDevices', 'yes'],
    ['ProtectClock', 'yes'],
    ['ProtectControlGroups', 'yes'],
    ['ProtectHostname', 'yes'],
    ['ProtectKernelLogs', 'yes'],
    ['ProtectKernelModules', 'yes'],
    ['ProtectKernelTunables', 'yes'],
    ['RestrictAddressFamilies', 'AF_INET AF_INET6 AF_NETLINK AF_UNIX'],
    ['RestrictNamespaces', 'yes'],
    ['RestrictRealtime', 'yes'],
    ['RestrictSUIDSGID', 'yes'],
    ['LockPersonality', 'yes'],
    ['SystemCallArchitectures', 'native'],
    ['SystemCallFilter', '@system-service'],
  ] as const
).map(([key, value]) => ({ key, value }));

function addSandbox(
  settings: Setting[],
  { capabilities, writes }: Service,
  causes: readonly TopologyPath[],
): void {
  for (let index = 0; index < SANDBOX.length; index++) {
    const { key, value } = SANDBOX[index]!;
    settings.push({ key, value, causes });
  }
  settings.push(settingOf('CapabilityBoundingSet', capabilities, causes));
  for (const { text, causes } of writes) settings.push(execLine('ReadWritePaths', [word(text)], ...causes));
  settings.push(settingOf('UMask', '0077', causes));
}
