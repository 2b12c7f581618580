/** `notifications-priv.cfg` of PBS: a section for every target that could have a secret, for root alone. */
import type { Notified } from '../../analyses/notified.ts';
import type { Host, Topology } from '../../model/topology.ts';
import type { Lowered } from '../lowering.ts';
import { isRendered } from '../pbs-hosts.ts';
import { privateSection } from '../pbs-notifications/endpoint.ts';
import { isActive } from '../pbs-notifications/lower.ts';
import { sectionFiles } from '../section-files.ts';
import type { Section } from '../sections.ts';

/** A PBS that others run gets no note: the one of `notifications.cfg` names the targets. */
export function lowerPbsNotificationsPriv(topology: Topology, { pbs }: Notified): Lowered {
  const sections = new Map<Host, readonly Section[]>();
  for (const [host, own] of pbs) {
    if (!isRendered(host)) continue;
    const active = own.filter(isActive);
    sections.set(
      host,
      active.flatMap(notification => privateSection(notification) ?? []),
    );
  }
  return sectionFiles(topology, {
    kind: 'pbs-notifications-priv',
    file: 'notifications-priv.cfg',
    phase: 'notify',
    isPrivate: true,
    sections,
  });
}
