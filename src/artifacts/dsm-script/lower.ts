/** Scripts and tasks of the flows that run on a Synology NAS. */

import { type DsmEvent, toDsm } from '../../calendar/dsm.ts';
import { parseCalendarEvent } from '../../calendar/parse.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { Host, RcloneFlow, RsyncFlow, Topology } from '../../model/topology.ts';
import { ColumnFile } from '../column-file.ts';
import { unknownFarEnd, waitsForHostKey } from '../host-key.ts';
import {
  type ApplyStep,
  type Change,
  emptyLowered,
  type Lowered,
  type Need,
  type Withheld,
} from '../lowering.ts';
import { bucketPath, caFile, rcloneOptions } from '../unit-rclone/copy.ts';
import { copyOf, ends, rsyncOptions, sshCommand } from '../unit-rsync/copy.ts';
import { farEnds } from '../unit-rsync/far-end.ts';
import { localPlace } from '../unit-trigger/place.ts';
import { type CopyFlow, type Runs, runsOf, unitName } from '../unit-trigger/runs.ts';
import { type Word, word } from '../unit-trigger/unit-file.ts';
import { type Script, scriptFile } from './script.ts';
import { rcloneStep, secretSteps, taskStep } from './steps.ts';

export function lowerDsmScript(topology: Topology): Lowered {
  const runs = runsOf(topology);
  if (runs.scripts.size === 0) return emptyLowered;
  const paths = new Map(farEnds(topology).ends.flatMap(end => [...end.paths]));
  const artifacts: Lowered['artifacts'][number][] = [];
  const steps: ApplyStep[] = [];
  const needs: Need[] = [];
  const changes: Change[] = [];
  const withheld: Withheld[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [host, flows] of runs.scripts) {
    const workDir = host.spec.work_dir;
    if (workDir === undefined) {
      diagnostics.push(noWorkDir(host, flows));
      continue;
    }
    needs.push(...directories(host, workDir, flows));
    steps.push(...secretSteps(host, workDir, flows));
    if (flows.some(flow => flow.kind === 'rclone')) steps.push(rcloneStep(host, workDir));
    for (const flow of flows) {
      if (flow.kind === 'host-backup') continue;
      const unknown = flow.kind === 'rsync' ? unknownFarEnd(flow) : undefined;
      if (flow.kind === 'rsync' && unknown !== undefined) {
        withheld.push(waitsForHostKey(flow, unknown, scriptOf(flow, workDir)));
        continue;
      }
      artifacts.push(artifact(host, workDir, flow, runs, paths));
      const event = eventOf(flow);
      if (event !== undefined && !event.ok) diagnostics.push(notForDsm(flow, event.reason));
      steps.push(taskStep(flow, workDir, event?.ok ? event : undefined));
      if (event?.ok)
        changes.push({
          target: host.key,
          verb: 'creates',
          kind: 'task',
          name: unitName(flow),
          causes: [flow.path],
        });
    }
  }
  return { ...emptyLowered, artifacts, steps, needs, changes, withheld, diagnostics };
}

/** Undefined without a schedule; one that does not parse is reported elsewhere. */
function eventOf({ spec }: CopyFlow): DsmEvent | undefined {
  const parsed = spec.schedule === undefined ? undefined : parseCalendarEvent(spec.schedule);
  return parsed?.ok ? toDsm(parsed.event) : undefined;
}

const scriptOf = (flow: CopyFlow, workDir: string): string => `${workDir}/${unitName(flow)}.sh`;

function artifact(
  host: Host,
  workDir: string,
  flow: RsyncFlow | RcloneFlow,
  runs: Runs,
  paths: ReadonlyMap<RsyncFlow, Word>,
): Lowered['artifacts'][number] {
  const script =
    flow.kind === 'rsync' ? rsyncScript(flow, runs, workDir, paths) : rcloneScript(flow, runs, workDir);
  return new ColumnFile({
    kind: 'dsm-script',
    target: host.key,
    folder: 'root',
    path: scriptOf(flow, workDir),
    ownership: 'whole',
    mode: '0755',
    owner: 'root',
    group: 'root',
    secrets: [],
    ...scriptFile(script),
    phase: 'units',
  });
}

function rsyncScript(
  flow: RsyncFlow,
  runs: Runs,
  workDir: string,
  paths: ReadonlyMap<RsyncFlow, Word>,
): Script {
  const copy = copyOf(flow);
  const ssh = sshCommand(copy, `${workDir}/secrets/${flow.account.secret}.key`, `${workDir}/known_hosts`);
  return {
    flow,
    runs,
    workDir,
    directory: copy.local.directory,
    isSource: copy.direction === 'push',
    variables: [
      {
        name: 'RSYNC_RSH',
        text: ssh.map(({ text }) => text).join(' '),
        causes: ssh.flatMap(({ causes }) => causes),
      },
    ],
    command: [
      word('rsync', flow.path),
      ...rsyncOptions(copy),
      ...ends(copy, paths.get(flow) ?? word('./', flow.path)),
    ],
    tool: 'rsync',
    // Files that vanish while they are copied are normal where the source prunes.
    success: [24],
  };
}

function rcloneScript(flow: RcloneFlow, runs: Runs, workDir: string): Script {
  const { directory } = localPlace(flow.from, flow.runsOn);
  const account = [...flow.path, 'account'];
  const ca = caFile(flow, workDir);
  return {
    flow,
    runs,
    workDir,
    directory,
    isSource: true,
    variables: [
      {
        name: 'AWS_SHARED_CREDENTIALS_FILE',
        text: `${workDir}/secrets/${flow.account.secret}.aws`,
        causes: [account],
      },
      { name: 'RCLONE_CONFIG', text: `${workDir}/rclone.conf`, causes: [flow.path] },
      ...(ca === undefined ? [] : [{ name: 'RCLONE_CA_CERT', text: ca.text, causes: ca.causes }]),
    ],
    command: [
      { ...word('"$WORK/bin/rclone"', flow.path), raw: true },
      ...rcloneOptions(flow),
      directory,
      bucketPath(flow),
    ],
    tool: 'rclone',
    success: [],
  };
}

function directories(host: Host, workDir: string, flows: readonly CopyFlow[]): Need[] {
  const kind = 'directory';
  const owner = 'root';
  const causes = [[...host.path, 'work_dir'], ...flows.map(({ path }) => path)];
  return [
    { name: workDir, mode: '0755' },
    { name: `${workDir}/secrets`, mode: '0700' },
    { name: `${workDir}/bin`, mode: '0755' },
    { name: `${workDir}/log`, mode: '0700' },
    { name: `${workDir}/run`, mode: '0700' },
    { name: `${workDir}/success`, mode: '0755' },
  ].map(({ name, mode }) => ({ target: host.key, kind, name, mode, owner, group: owner, causes }));
}

const noWorkDir = (host: Host, flows: readonly CopyFlow[]): Diagnostic => ({
  code: 'work-dir-missing',
  severity: 'error',
  message: `\`${host.key}\` runs ${flows.map(({ key }) => `\`${key}\``).join(', ')} and has no \`work_dir\``,
  place: atKey(host.path),
  related: flows.map(flow => ({ message: 'a flow that it runs', place: atKey(flow.path) })),
  help: 'set it to a directory on a share, for example `/volume1/offsite`, or run the flow elsewhere (`run_on`)',
});

const notForDsm = (flow: CopyFlow, reason: string): Diagnostic => ({
  code: 'schedule-not-for-dsm',
  severity: 'error',
  message: `flow \`${flow.key}\` runs on \`${flow.runsOn.key}\`, and DSM cannot say its schedule: ${reason}`,
  place: atValue([...flow.path, 'schedule']),
  help: 'simplify the schedule, or run the flow on a Linux host (`run_on`)',
});
