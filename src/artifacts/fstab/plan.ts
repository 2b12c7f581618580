/** Every mount of every active host, and what speaks against it. One pass over datastores and flows. */
import { atValue, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Host, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import { memo } from '../../once.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { pathUnit } from '../mount-guard/unit-name.ts';
import { datastoreMount } from './datastore.ts';
import type { Mount } from './mount.ts';
import { runnerMount, runnerShares } from './runner.ts';

export interface MountPlan {
  /** Sorted by mount point, so that a parent comes before what is mounted below it. */
  readonly mounts: ReadonlyMap<Host, readonly Mount[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Kept for the drop-ins that wait for mounts. */
export const planMounts = memo(findMounts);

function findMounts(topology: Topology): MountPlan {
  const diagnostics: Diagnostic[] = [];
  const found: Mount[] = [];
  for (const datastore of topology.datastores.values()) {
    if (datastore.state !== 'active' || datastore.host.state !== 'active') continue;
    const part = datastoreMount(datastore);
    diagnostics.push(...part.diagnostics);
    if (part.mount !== undefined) found.push(part.mount);
  }
  for (const needed of runnerShares(topology, 'active')) {
    const mount = runnerMount(needed);
    if ('code' in mount) diagnostics.push(mount);
    else found.push(mount);
  }
  const mounts = new Map<Host, readonly Mount[]>();
  for (const [host, own] of groupBy(found, mount => mount.host)) mounts.set(host, distinct(own, diagnostics));
  return { mounts, diagnostics };
}

/** One mount per path: datastores on one disk share it, anything else at the same path is an error. */
function distinct(found: readonly Mount[], diagnostics: Diagnostic[]): readonly Mount[] {
  const byPath = new Map<string, Mount>();
  for (const mount of found) {
    const problem = refusal(mount);
    if (problem !== undefined) {
      diagnostics.push(problem);
      continue;
    }
    const known = byPath.get(mount.mountpoint);
    if (known === undefined) byPath.set(mount.mountpoint, mount);
    else if (isSame(known, mount)) byPath.set(mount.mountpoint, joined(known, mount));
    else diagnostics.push(twice(known, mount));
  }
  return [...byPath.values()].sort((a, b) => byBytes(a.mountpoint, b.mountpoint));
}

const isSame = (a: Mount, b: Mount): boolean =>
  a.source !== undefined &&
  a.use === b.use &&
  a.source === b.source &&
  a.type === b.type &&
  a.options.join(',') === b.options.join(',');

const joined = (a: Mount, b: Mount): Mount => ({
  ...a,
  datastores: [...a.datastores, ...b.datastores],
  causes: {
    ...a.causes,
    source: [...a.causes.source, ...b.causes.source],
    type: [...a.causes.type, ...b.causes.type],
    options: [...a.causes.options, ...b.causes.options],
  },
});

const twice = (known: Mount, mount: Mount): Diagnostic => ({
  code: 'mountpoint-twice',
  severity: 'error',
  message: `two different mounts of \`${mount.host.key}\` have the path \`${mount.mountpoint}\``,
  place: atValue(mount.causes.mountpoint),
  related: [{ message: 'the other one', place: atValue(known.causes.mountpoint) }],
  help: 'for two datastores on one disk, `uuid`, `fs` and `options` must be equal',
});

/** Below these everything belongs to the system. */
const SYSTEM = new Set(
  '/bin /boot /dev /etc /lib /lib32 /lib64 /libx32 /proc /root /run /sbin /sys /usr'.split(' '),
);
/** These belong to it, and what is below them need not. */
const PARENTS = new Set(
  '/ /home /media /mnt /opt /srv /tmp /var /var/cache /var/lib /var/log /var/run /var/tmp'.split(' '),
);

const isOfSystem = (path: string): boolean => PARENTS.has(path) || SYSTEM.has(path.split('/', 2).join('/'));

function refusal({ host, mountpoint, causes }: Mount): Diagnostic | undefined {
  const system = isOfSystem(mountpoint);
  if (!system && pathUnit(mountpoint, 'automount') !== undefined) return undefined;
  return {
    code: 'mountpoint-refused',
    severity: 'error',
    message: system
      ? `\`${mountpoint}\` belongs to the system of \`${host.key}\` and cannot be a mount point`
      : `the mount point \`${mountpoint}\` is too long for systemd, which turns each \`-\` into \`\\x2d\``,
    place: atValue(causes.mountpoint),
    help: 'use a directory of its own, such as `/mnt/datastore/NAME`',
  };
}
