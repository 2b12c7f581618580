/**
 * Drop-ins for the two services of PBS: they start after the mounts of their datastores, and start all the same when one
 * fails: `After=` without `Requires=`. A dead NAS then stops its own datastore and not the backups to all others.
 */
import type { Topology } from '../../model/topology.ts';
import { ColumnFile } from '../column-file.ts';
import { ColumnList } from '../columns.ts';
import type { Mount } from '../fstab/mount.ts';
import { planMounts } from '../fstab/plan.ts';
import { emptyLowered, type Lowered } from '../lowering.ts';
import { isRendered, pbsHosts } from '../pbs-hosts.ts';
import { pathUnit } from './unit-name.ts';

/** The proxy takes the backups as user backup, the other one runs the privileged API. */
export const PBS_SERVICES = ['proxmox-backup.service', 'proxmox-backup-proxy.service'] as const;

export interface MountGuardView {
  readonly after: readonly string[];
}

/** Rendered for every PBS, with mounts or without: a file that disappears would leave the old order on the host. */
export function lowerMountGuard(topology: Topology): Lowered {
  const { mounts } = planMounts(topology);
  const artifacts: Lowered['artifacts'][number][] = [];
  for (const host of pbsHosts(topology)) {
    if (!isRendered(host)) continue;
    const order = orderOf(mounts.get(host) ?? []);
    for (const service of PBS_SERVICES) artifacts.push(dropIn(host.key, service, order));
  }
  return { ...emptyLowered, artifacts };
}

/** The same for both services. */
function orderOf(mounts: readonly Mount[]): Pick<ColumnFile<MountGuardView>, 'view' | 'columns'> {
  const columns = new ColumnList();
  const after: string[] = [];
  for (const mount of mounts) {
    if (mount.use === 'runner' || mount.source === undefined) continue;
    const unit = pathUnit(mount.mountpoint, 'mount');
    if (unit === undefined) continue;
    columns.add('Unit', 'After', after.length, unit, [mount.causes.mountpoint]);
    after.push(unit);
  }
  return { view: { after }, columns };
}

function dropIn(
  target: string,
  service: string,
  { view, columns }: ReturnType<typeof orderOf>,
): Lowered['artifacts'][number] {
  return new ColumnFile({
    kind: 'mount-guard',
    target,
    folder: 'root',
    path: `/etc/systemd/system/${service}.d/offsite.conf`,
    ownership: 'whole',
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    view,
    columns,
    phase: 'mounts',
  });
}
