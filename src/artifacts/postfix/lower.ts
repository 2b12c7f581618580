/**
 * Postfix as a client of a mail relay, on hosts that a notification of kind `postfix` lists: parameters of `main.cf`
 * and the tables for login, sender and mail to root.
 */

import { mailRelayOf } from '../../analyses/mail-relay.ts';
import type { Notified } from '../../analyses/notified.ts';
import { atKey, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Host, Notification, Topology } from '../../model/topology.ts';
import {
  type ApplyStep,
  type Change,
  type ExternalNote,
  emptyLowered,
  type Lowered,
  type Need,
} from '../lowering.ts';
import { isRendered } from '../pbs-hosts.ts';
import { relayArtifacts } from './artifacts.ts';
import { clientNote, relayNotes } from './notes.ts';
import { hostsRelay, isProxmox, relayText } from './relay.ts';
import { relayNeeds, relaySteps, removeStep } from './steps.ts';

/** Linear in notifications and the hosts that they list. */
export function lowerPostfix(topology: Topology, { relayed }: Notified): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  const steps: ApplyStep[] = [];
  const needs: Need[] = [];
  const changes: Change[] = [];
  const external: ExternalNote[] = relayNotes(topology);
  const diagnostics: Diagnostic[] = [];
  const commonOf = commonByNotifications();
  for (const [host, own] of relayed) {
    const active = own.every(isActive) ? own : own.filter(isActive);
    if (active.length === 0) {
      if (!isRendered(host)) continue;
      steps.push(removeStep(host, own));
      changes.push(removal(host, own));
      continue;
    }
    for (const conflict of conflicts(host, active)) diagnostics.push(conflict);
    const common = commonOf(host, active);
    if (common === undefined) continue;
    if (!isRendered(host)) {
      external.push(clientNote(host, common.one));
      continue;
    }
    const target = host.key;
    for (const artifact of common.artifacts(host)) artifacts.push(artifact);
    for (const step of common.steps) steps.push({ ...step, target });
    for (const need of common.needs) needs.push({ ...need, target });
  }
  return { ...emptyLowered, artifacts, steps, needs, changes, external, diagnostics };
}

const isActive = ({ state }: Notification): boolean => state === 'active';

/** What hosts of one kind with the same notifications have in common, made when the first of them comes. */
function commonByNotifications() {
  const known = new Map<string, ReturnType<typeof commonParts>>();
  return (host: Host, active: readonly Notification[]) => {
    const isOfProxmox = isProxmox(host);
    const key = `${isOfProxmox} ${active.map(({ key }) => key).join(' ')}`;
    if (!known.has(key)) known.set(key, commonParts(active, isOfProxmox));
    return known.get(key);
  };
}

function commonParts(active: readonly Notification[], isOfProxmox: boolean) {
  const one = hostsRelay(active, isOfProxmox);
  return one && { one, artifacts: relayArtifacts(one), steps: relaySteps(one), needs: relayNeeds(one) };
}

const NONE: readonly Diagnostic[] = [];

function conflicts(host: Host, active: readonly Notification[]): readonly Diagnostic[] {
  if (active.length < 2) return NONE;
  const [first, ...others] = active;
  if (first === undefined) return NONE;
  const expected = relayText(first);
  return others
    .filter(other => relayText(other) !== expected)
    .map(other => ({
      code: 'relay-conflict',
      severity: 'error',
      message: `\`${host.key}\` cannot have both the relay of \`${first.key}\` and that of \`${other.key}\``,
      place: atKey(other.path),
      related: [{ message: 'the other notification', place: atKey(first.path) }],
      help: 'use the same server, port, mode, login and sender, or `kind: smtp` for one of them',
    }));
}

const removal = (host: Host, retired: readonly Notification[]): Change => ({
  target: host.key,
  verb: 'removes',
  kind: 'mail-relay',
  name: retired.map(one => mailRelayOf(one)?.server ?? one.key)[0] ?? host.key,
  causes: retired.map(({ path }) => path),
});
