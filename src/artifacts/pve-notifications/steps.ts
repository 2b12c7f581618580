/** Commands around the notifications of a PVE cluster: a test of each target, and the removal of retired ones. */
import type { Cluster, Notification } from '../../model/topology.ts';
import type { ApplyStep } from '../lowering.ts';
import { targetType } from '../pbs-notifications/endpoint.ts';
import { matcherId } from '../pbs-notifications/matcher.ts';
import { whereText } from '../pve-storage/clusters.ts';
import { word } from '../shell-words.ts';

const API = '/cluster/notifications';

export const testStep = (cluster: Cluster, active: readonly Notification[]): ApplyStep => ({
  target: cluster.target,
  phase: 'notify',
  order: 70,
  title: 'Send a test message to each PVE target',
  text: [
    ...whereText(cluster),
    'Each arrives within a minute. One section that PVE cannot read would stop all messages.',
    ...(active.some(({ spec }) => spec.kind === 'postfix')
      ? ['Mail leaves by the mail system of the node that sends: do this after the relay is set up there.']
      : []),
  ],
  commands: active.map(({ key }) => `pvesh create ${word(`${API}/targets/${key}/test`)}`),
  check: [`pvesh get ${API}/targets`, `pvesh get ${API}/matchers`],
  causes: active.map(({ path }) => path),
});

/** Before the sections are merged, which removes nothing. The matcher first: a target in use is kept. */
export function removeStep(cluster: Cluster, notification: Notification): ApplyStep {
  const { key, path } = notification;
  const remove = (what: string): string => {
    const object = word(`${API}/${what}`);
    return `if pvesh get ${object} >/dev/null 2>&1; then pvesh delete ${object}; fi`;
  };
  return {
    target: cluster.target,
    phase: 'notify',
    order: 30,
    title: `Remove retired PVE notification ${key}`,
    text: whereText(cluster),
    commands: [remove(`matchers/${matcherId(key)}`), remove(`endpoints/${targetType(notification)}/${key}`)],
    check: [`! pvesh get ${word(`${API}/matchers/${matcherId(key)}`)} >/dev/null 2>&1`],
    undo: ['# make the notification active in the topology again, and apply'],
    causes: [path],
  };
}
