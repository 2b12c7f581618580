/** Mounts that retired datastores and flows leave behind: they end after PBS and the units have given them up. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Host, Topology } from '../../model/topology.ts';
import type { ApplyStep, Change } from '../lowering.ts';
import { word } from '../shell-words.ts';
import { datastoreMount } from './datastore.ts';
import type { Mount } from './mount.ts';
import { runnerMountpoint, runnerShares } from './runner.ts';
import { unmountCommand } from './steps.ts';

interface Retired {
  readonly steps: readonly ApplyStep[];
  readonly changes: readonly Change[];
}

/** @param active what is still mounted: a path that is in use goes on. */
export function retiredMounts(topology: Topology, active: ReadonlyMap<Host, readonly Mount[]>): Retired {
  const steps: ApplyStep[] = [];
  const changes: Change[] = [];
  const inUse = new Set<string>();
  for (const [host, mounts] of active)
    for (const { mountpoint } of mounts) inUse.add(`${host.key}:${mountpoint}`);
  const add = (
    host: Host,
    left: Pick<Mount, 'mountpoint' | 'use'>,
    what: string,
    cause: TopologyPath,
  ): void => {
    const id = `${host.key}:${left.mountpoint}`;
    if (!host.takesFiles || host.state !== 'active' || inUse.has(id)) return;
    inUse.add(id);
    changes.push({
      target: host.key,
      verb: 'removes',
      kind: 'mount',
      name: left.mountpoint,
      causes: [cause],
    });
    steps.push(step(host, left, what, cause));
  };
  for (const datastore of topology.datastores.values()) {
    if (datastore.state !== 'retired') continue;
    const { mount } = datastoreMount(datastore);
    if (mount !== undefined) add(datastore.host, mount, `datastore ${datastore.key}`, datastore.path);
  }
  for (const { host, share, flows } of runnerShares(topology, 'retired')) {
    const cause = flows[0]?.path ?? share.path;
    add(host, { mountpoint: runnerMountpoint(share), use: 'runner' }, `share ${share.key}`, cause);
  }
  return { steps, changes };
}

const step = (
  host: Host,
  left: Pick<Mount, 'mountpoint' | 'use'>,
  what: string,
  cause: TopologyPath,
): ApplyStep => ({
  target: host.key,
  phase: 'finish',
  order: 10,
  title: `Unmount ${what}`,
  text: [
    `It is retired, and its line has gone from /etc/fstab with the new block. What is stored on it stays.`,
    ...(left.use === 'runner'
      ? []
      : [
          'If it is busy, PBS still holds it: run `systemctl reload proxmox-backup-proxy` and wait for its tasks.',
        ]),
  ],
  commands: [unmountCommand(left)],
  check: [`! mountpoint -q ${word(left.mountpoint)}`],
  undo: ['# make it active in the topology again, and apply'],
  causes: [cause],
});
