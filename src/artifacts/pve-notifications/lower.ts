/**
 * `/etc/pve/notifications.cfg` of the clusters that notifications list, as sections: the host owns the rest. The built-in
 * matcher is one of them, switched off where all nodes have notifications of their own.
 */
import { type ClusterNotification, coversAll, type Notified } from '../../analyses/notified.ts';
import type { Cluster, Topology } from '../../model/topology.ts';
import { ColumnFile } from '../column-file.ts';
import { type ApplyStep, type Change, type ExternalNote, emptyLowered, type Lowered } from '../lowering.ts';
import { targetSection } from '../pbs-notifications/endpoint.ts';
import { matcherSection, pveDefaultMatcher } from '../pbs-notifications/matcher.ts';
import { removal } from '../pbs-notifications/steps.ts';
import { isRenderedCluster, pveClusters, pveVersion } from '../pve-storage/clusters.ts';
import { bySectionId, columnsOf, type Section, sectionNames, sectionText, viewOf } from '../sections.ts';
import { checkNotifications } from './check.ts';
import { removeStep, testStep } from './steps.ts';

const FILE = 'notifications.cfg';

/** Linear in clusters and what they are listed by. */
export function lowerPveNotifications(topology: Topology, { pve }: Notified): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  const steps: ApplyStep[] = [];
  const changes: Change[] = [];
  const external: ExternalNote[] = [];
  const diagnostics: Lowered['diagnostics'][number][] = [];
  for (const cluster of pveClusters(topology)) {
    const own = pve.get(cluster) ?? [];
    if (own.length === 0) continue;
    const active = own.filter(({ notification }) => notification.state === 'active');
    const sections = sectionsOf(cluster, own, active);
    diagnostics.push(...checkNotifications(sections, pveVersion(cluster)));
    if (!isRenderedCluster(cluster)) {
      external.push(...noteOf(cluster, sections, active));
      continue;
    }
    artifacts.push(artifactOf(cluster, sections));
    if (active.length > 0)
      steps.push(
        testStep(
          cluster,
          active.map(({ notification }) => notification),
        ),
      );
    for (const { notification } of own) {
      if (notification.state !== 'retired') continue;
      steps.push(removeStep(cluster, notification));
      changes.push(removal(cluster.target, notification));
    }
  }
  return { ...emptyLowered, artifacts, steps, changes, external, diagnostics };
}

function sectionsOf(
  cluster: Cluster,
  own: readonly ClusterNotification[],
  active: readonly ClusterNotification[],
): Section[] {
  const isTold = coversAll(
    cluster,
    active.flatMap(({ nodes }) => nodes ?? cluster.nodes),
  );
  const paths = (list: readonly ClusterNotification[]) => list.map(({ notification }) => notification.path);
  return [
    pveDefaultMatcher(paths(own), isTold ? paths(active) : []),
    ...active.flatMap(({ notification, nodes }) => [
      targetSection(notification),
      matcherSection(notification, nodes),
    ]),
  ].sort(bySectionId);
}

/** Mode and owner are what pmxcfs gives every file. */
function artifactOf(cluster: Cluster, sections: readonly Section[]): Lowered['artifacts'][number] {
  return new ColumnFile({
    kind: 'pve-notifications',
    target: cluster.target,
    folder: 'merge',
    path: `/etc/pve/${FILE}`,
    ownership: 'sections',
    mode: '0640',
    owner: 'root',
    group: 'www-data',
    secrets: [],
    sections: sectionNames(sections),
    view: viewOf(sections),
    columns: columnsOf(FILE, sections),
    phase: 'notify',
  });
}

function noteOf(
  cluster: Cluster,
  sections: readonly Section[],
  active: readonly ClusterNotification[],
): ExternalNote[] {
  if (active.length === 0) return [];
  return [
    {
      name: cluster.target,
      title: `${FILE} of ${cluster.key}`,
      text: [
        `This PVE is run by others. The deployment counts on these sections of \`/etc/pve/${FILE}\`, or on what does the same in the web interface. Secrets are left out.`,
      ],
      blocks: [{ language: 'text', text: sections.map(sectionText).join('\n') }],
      causes: active.map(({ notification }) => notification.path),
    },
  ];
}
