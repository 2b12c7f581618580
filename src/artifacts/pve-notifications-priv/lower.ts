/** `/etc/pve/priv/notifications.cfg`: the secrets of a cluster's notification targets, as sections. */
import type { Notified } from '../../analyses/notified.ts';
import type { Cluster, Topology } from '../../model/topology.ts';
import { ColumnFile } from '../column-file.ts';
import { emptyLowered, type Lowered, type Need } from '../lowering.ts';
import { privateSection } from '../pbs-notifications/endpoint.ts';
import { isRenderedCluster, pveClusters } from '../pve-storage/clusters.ts';
import { bySectionId, columnsOf, type Section, sectionNames, viewOf } from '../sections.ts';

const PATH = '/etc/pve/priv/notifications.cfg';

/** Linear in clusters and what they are listed by. */
export function lowerPveNotificationsPriv(topology: Topology, { pve }: Notified): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  const needs: Need[] = [];
  for (const cluster of pveClusters(topology)) {
    if (!isRenderedCluster(cluster)) continue;
    const sections = (pve.get(cluster) ?? [])
      .filter(({ notification }) => notification.state === 'active')
      .flatMap(({ notification }) => privateSection(notification) ?? [])
      .sort(bySectionId);
    if (sections.length === 0) continue;
    artifacts.push(artifactOf(cluster, sections));
    needs.push(...sections.flatMap(section => needsOf(cluster, section)));
  }
  return { ...emptyLowered, artifacts, needs };
}

/** pmxcfs gives files below `priv/` this mode and refuses every other (pve-cluster `src/pmxcfs/pmxcfs.c`). */
function artifactOf(cluster: Cluster, sections: readonly Section[]): Lowered['artifacts'][number] {
  const secrets = [...new Set(sections.flatMap(section => section.secrets))].sort();
  return new ColumnFile({
    kind: 'pve-notifications-priv',
    target: cluster.target,
    folder: secrets.length > 0 ? 'fill' : 'merge',
    path: PATH,
    ownership: 'sections',
    mode: '0600',
    owner: 'root',
    group: 'www-data',
    secrets,
    sections: sectionNames(sections),
    view: viewOf(sections),
    columns: columnsOf('notifications-priv.cfg', sections),
    phase: 'notify',
  });
}

const needsOf = ({ target }: Cluster, { type, id, secrets, causes }: Section): Need[] =>
  secrets.map(name => ({
    target,
    kind: 'secret' as const,
    name,
    placed: PATH,
    what: `secret of section "${type}: ${id}"`,
    causes,
  }));
