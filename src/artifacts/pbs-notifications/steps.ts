/** Commands around `notifications.cfg` of a PBS: a test of each target, and the removal of retired ones. */
import type { Host, Notification } from '../../model/topology.ts';
import type { ApplyStep, Change } from '../lowering.ts';
import { word } from '../shell-words.ts';
import { targetType } from './endpoint.ts';
import { matcherId } from './matcher.ts';

const NOTIFICATION = 'proxmox-backup-manager notification';

/** After the files are there, and after the mail system is set up. */
export const testStep = (host: Host, active: readonly Notification[]): ApplyStep => ({
  target: host.key,
  phase: 'notify',
  order: 70,
  title: 'Send a test message to each target',
  text: [
    'Each arrives within a minute. Matchers are read only when a message is sent: one that PBS cannot read would stop all messages.',
  ],
  commands: active.map(({ key }) => `${NOTIFICATION} target test ${word(key)}`),
  check: [`${NOTIFICATION} target list`, `${NOTIFICATION} matcher list`],
  causes: active.map(({ path }) => path),
});

/** Before the file is replaced. The matcher first: a target in use is kept. */
export function removeStep(host: Host, notification: Notification): ApplyStep {
  const { key, path } = notification;
  const remove = (what: string, id: string): string =>
    [
      `if ${NOTIFICATION} ${what} show ${word(id)} >/dev/null 2>&1; then`,
      `  ${NOTIFICATION} ${what} delete ${word(id)}`,
      'fi',
    ].join('\n');
  return {
    target: host.key,
    phase: 'notify',
    order: 30,
    title: `Remove retired notification ${key}`,
    text: [],
    commands: [remove('matcher', matcherId(key)), remove(`endpoint ${targetType(notification)}`, key)],
    check: [`! ${NOTIFICATION} matcher show ${word(matcherId(key))} >/dev/null 2>&1`],
    undo: ['# make the notification active in the topology again, and apply'],
    causes: [path],
  };
}

export const removal = (target: string, { key, path }: Notification): Change => ({
  target,
  verb: 'removes',
  kind: 'notification',
  name: key,
  causes: [path],
});
