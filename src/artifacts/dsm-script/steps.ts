/**
 * Steps on a Synology NAS. Its scheduler has no documented files, and hand-written ones can break it: a person makes
 * one task in the user interface, which only calls the script.
 */
import { twoDigits } from '../../calendar/canonical.ts';
import type { DsmEvent, DsmTask } from '../../calendar/dsm.ts';
import type { Host, RcloneFlow, RsyncFlow } from '../../model/topology.ts';
import { localPlace as localSide } from '../fstab/runner.ts';
import { keyText } from '../key-text.ts';
import type { ApplyStep } from '../lowering.ts';
import { s3KeyNames, secretFile } from '../secrets.ts';
import { word } from '../shell-words.ts';
import { emptiedText } from '../unit-trigger/deletions.ts';
import { localPlace } from '../unit-trigger/place.ts';
import { type CopyFlow, unitName } from '../unit-trigger/runs.ts';

type Task = Extract<DsmEvent, { readonly ok: true }>;

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Creates (or changes) the task of a flow. @param event undefined: nothing but a person or another flow starts it. */
export function taskStep(flow: RsyncFlow | RcloneFlow, workDir: string, event: Task | undefined): ApplyStep {
  const script = `${workDir}/${unitName(flow)}.sh`;
  const isOff = flow.spec.disabled === true;
  return {
    target: flow.runsOn.key,
    phase: 'units',
    order: 70,
    title: `Task of flow ${flow.key}`,
    text: [
      ...emptiedText([flow]),
      ...(event === undefined ? noTask(flow) : taskText(flow, script, event)),
      ...(isOff
        ? []
        : [
            'The commands run the script once by hand; where there is nothing to copy yet it says so and fails.',
          ]),
    ],
    commands: [`sh -n ${word(script)}`, ...(isOff ? [] : [`${asUser(flow)}sh ${word(script)}`])],
    check: isOff
      ? []
      : [
          `tail -n 20 ${word(`${workDir}/log/${flow.key}.log`)}`,
          `cat ${word(`${workDir}/success/${flow.key}`)}`,
        ],
    undo: [`# if the task was made in this step: Task Scheduler → Delete, then rm -f ${word(script)}`],
    causes: [flow.path],
  };
}

/** A run by root would leave a log that the user of the task cannot write to. */
function asUser({ runsOn }: CopyFlow): string {
  const user = runsOn.spec.user ?? 'root';
  return user === 'root' ? '' : `sudo -u ${word(user)} `;
}

function noTask(flow: CopyFlow): string[] {
  return flow.after === undefined
    ? ['It has no schedule: make no task, start the script by hand.']
    : [`The script of flow \`${flow.after.key}\` starts it: make no task.`];
}

function taskText(flow: CopyFlow, script: string, { task, cron }: Task): string[] {
  const user = flow.runsOn.spec.user ?? 'root';
  const enabled = flow.spec.disabled === true ? 'not enabled (the flow is disabled)' : 'enabled';
  return [
    'Control Panel → Task Scheduler → Create → Scheduled Task → User-defined script. One entry with this name; change it if it is there.',
    `General: task \`${unitName(flow)}\`, user \`${user}\`, ${enabled}.`,
    `Schedule: ${scheduleText(task)}.`,
    `Task Settings: send run details by e-mail, only when the script terminates abnormally. Script: \`/bin/sh ${script}\``,
    `The same as data: \`${JSON.stringify(task)}\`, as cron: \`${cron}\`. The time is that of the NAS, which must be set to ${flow.runsOn.timezone}.`,
    'Look again after each DSM update.',
  ];
}

/** A task in the words of the user interface. */
export function scheduleText({ type, weekdays, dayOfMonth, hour, minute, repeat }: DsmTask): string {
  const days =
    type === 'daily'
      ? 'daily'
      : type === 'weekly'
        ? `on ${(weekdays ?? []).map(day => DAYS[day]).join(', ')}`
        : `monthly on day ${dayOfMonth}`;
  const first = `first run at ${twoDigits(hour)}:${twoDigits(minute)}`;
  if (repeat === undefined) return `${days}, ${first}, no repetition`;
  return `${days}, ${first}, every ${repeat.interval} ${repeat.every}, last run in hour ${repeat.lastHour}`;
}

/** Keys are made on the NAS, S3 keys are written there by hand. */
export function secretSteps(host: Host, workDir: string, flows: readonly CopyFlow[]): ApplyStep[] {
  const user = host.spec.user ?? 'root';
  const own = word(user);
  const steps = new Map<string, ApplyStep>();
  const base = { target: host.key, phase: 'units', order: 20 } as const;
  for (const flow of flows) {
    if (flow.kind === 'rsync') {
      const file = word(`${workDir}/secrets/${flow.account.secret}.key`);
      steps.set(flow.account.key, {
        ...base,
        title: `Key of account ${flow.account.key}`,
        text: keyText(
          flow.account.secret,
          `account \`${flow.account.key}\``,
          flow.account.publicKey !== undefined,
        ),
        commands: [
          `test -s ${file} || ssh-keygen -q -t ed25519 -N '' -C ${word(flow.account.secret)} -f ${file}`,
          `chmod 0600 ${file}`,
          `ssh-keygen -y -f ${file}`,
        ],
        check:
          flow.account.publicKey === undefined
            ? []
            : [`ssh-keygen -y -f ${file} | grep -qF ${word(flow.account.publicKey)}`],
        causes: [flow.account.path, flow.path],
      });
    } else if (flow.kind === 'rclone') {
      const { accessKey, secretKey } = s3KeyNames(flow.account.secret);
      const file = word(`${workDir}/secrets/${flow.account.secret}.aws`);
      steps.set(flow.account.key, {
        ...base,
        title: `Keys of account ${flow.account.key}`,
        text: [
          `Put the access key id into \`${secretFile(accessKey)}\` and the secret access key into \`${secretFile(secretKey)}\`, one line each and for root alone; remove both files afterwards. Without them the command leaves the keys as they are.`,
        ],
        commands: [
          // What is there already is not kept once more: the way back would lead to it.
          [
            `test -s ${word(secretFile(accessKey))} && test -s ${word(secretFile(secretKey))} &&`,
            `  (umask 077 && printf '[default]\\naws_access_key_id = %s\\naws_secret_access_key = %s\\n' "$(cat ${word(secretFile(accessKey))})" "$(cat ${word(secretFile(secretKey))})" >${file}.new) &&`,
            `  if [ "$(cat ${file}.new)" = "$(cat ${file} 2>/dev/null)" ]; then rm ${file}.new`,
            `  else { [ ! -e ${file} ] || cp -p ${file} ${file}.before; } && mv ${file}.new ${file}; fi`,
          ].join('\n'),
        ],
        check: [`test -s ${file}`],
        undo: [`if [ -e ${file}.before ]; then mv ${file}.before ${file}; fi`],
        causes: [flow.account.path, flow.path],
      });
    }
  }
  if (user === 'root') return [...steps.values()];
  const shares = [...new Set(flows.flatMap(flow => (flow.kind === 'host-backup' ? [] : [sharePath(flow)])))];
  const login: ApplyStep = {
    target: host.key,
    phase: 'prepare',
    order: 35,
    title: `User ${user}`,
    text: [
      `Control Panel → User & Group → Create: \`${user}\`, unless it is there, with a random password that nobody needs, and with access to the shared ${shares.length === 1 ? 'folder' : 'folders'} of ${shares.map(path => `\`${path}\``).join(', ')}. The tasks run as this user.`,
      `The command must print its number.`,
    ],
    commands: [`id -u ${own}`],
    undo: [`# if it was made in this step: Control Panel → User & Group → Delete`],
    causes: [[...host.path, 'user']],
  };
  const owned = ['secrets', 'log', 'run', 'success'].map(name => word(`${workDir}/${name}`)).join(' ');
  const owner: ApplyStep = {
    ...base,
    order: 25,
    title: `Directories of user ${user}`,
    text: ['The tasks run as this user, which writes there.'],
    commands: [`chown -R ${own} ${owned}`],
    causes: [[...host.path, 'user']],
  };
  return [login, ...steps.values(), owner];
}

/** The directory of the flow on the NAS itself. */
const sharePath = (flow: RsyncFlow | RcloneFlow): string =>
  localPlace(localSide(flow), flow.runsOn).directory.text;

export const rcloneStep = (host: Host, workDir: string): ApplyStep => ({
  target: host.key,
  phase: 'units',
  order: 30,
  title: 'The program rclone',
  text: [
    `DSM has no rclone: put the static Linux binary for the processor of this NAS (\`uname -m\`) from rclone's download page at \`${workDir}/bin/rclone\`, and compare its checksum with the published one.`,
  ],
  commands: [`chmod 0755 ${word(`${workDir}/bin/rclone`)}`],
  check: [`${word(`${workDir}/bin/rclone`)} version`],
  causes: [[...host.path, 'work_dir']],
});
