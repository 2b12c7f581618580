/**
 * `notifications.cfg` of PBS: a target and a matcher for each notification that lists the host. PBS's own target and
 * matcher are always written out, since PBS adds them again when they are missing.
 */
import type { Notified } from '../../analyses/notified.ts';
import type { Host, Notification, Topology } from '../../model/topology.ts';
import type { ApplyStep, Change, Lowered } from '../lowering.ts';
import { isRendered, pbsHosts } from '../pbs-hosts.ts';
import { sectionFiles } from '../section-files.ts';
import type { Section } from '../sections.ts';
import { targetSection } from './endpoint.ts';
import { untoldFailures } from './failures.ts';
import { judge } from './judge.ts';
import { matcherSection, pbsBuiltIns } from './matcher.ts';
import { removal, removeStep, testStep } from './steps.ts';

/** Judges every notification, also those that only other kinds of hosts have. */
export function lowerPbsNotifications(topology: Topology, notified: Notified): Lowered {
  const sections = new Map<Host, readonly Section[]>();
  const steps: ApplyStep[] = [];
  const changes: Change[] = [];
  for (const host of pbsHosts(topology)) {
    const own = notified.pbs.get(host) ?? [];
    const active = own.filter(isActive);
    sections.set(host, sectionsOf(host, active));
    if (!isRendered(host)) continue;
    if (active.length > 0) steps.push(testStep(host, active));
    for (const notification of own) {
      if (notification.state !== 'retired') continue;
      steps.push(removeStep(host, notification));
      changes.push(removal(host.key, notification));
    }
  }
  const kind = 'pbs-notifications';
  const files = sectionFiles(topology, { kind, file: 'notifications.cfg', phase: 'notify', sections });
  const judged = [...topology.notifications.values()].flatMap(judge);
  return {
    ...files,
    steps,
    changes,
    diagnostics: [...judged, ...untoldFailures(topology, notified), ...files.diagnostics],
  };
}

export const isActive = ({ state }: Notification): boolean => state === 'active';

/** Whoever runs a PBS himself keeps its built-ins as he likes. */
function sectionsOf(host: Host, active: readonly Notification[]): Section[] {
  const replacedBy = active.map(({ path }) => path);
  return [
    ...(isRendered(host) ? pbsBuiltIns(host.path, replacedBy) : []),
    ...active.flatMap(notification => [targetSection(notification), matcherSection(notification)]),
  ];
}
