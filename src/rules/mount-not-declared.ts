import { activeOnes } from '../analyses/in-use.ts';
import { isWithin } from '../analyses/share-directories.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Datastore, Pool } from '../model/topology.ts';
import { push } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const mountNotDeclared: Rule = {
  id: 'mount-not-declared',
  severity: 'warning',
  summary: 'A datastore lies on a disk, and nothing that is declared mounts the disk.',
  why: 'No mount is rendered and none is checked. On the day when the disk is not mounted PBS finds an empty directory, and where the datastore is made then, backups go to the disk of the system until it is full.',
  fix: 'Declare the file system with `disk`. Where the host mounts it by a unit of its own that is to stay, allow the finding with that reason.',
  example: {
    bad: 'pools: { data: { kind: disk, device: /dev/sdb } }\nmain: { path: /mnt/datastore/main, on: pbs/data }',
    good: 'main: { path: /mnt/datastore/main, on: pbs/data, disk: { uuid: 0f2b3c4d-1111-4222-8333-444455556666, fs: ext4 } }',
  },
  *check({ topology }) {
    const plain = [...activeOnes(topology.datastores)].filter(isPlain);
    if (plain.length === 0) return;
    const mounted = mountpoints(topology.datastores.values());
    for (const { key, path, host, pool, spec } of plain) {
      const isMounted = mounted.get(host)?.some(mountpoint => isWithin(spec.path, mountpoint));
      if (pool === undefined || isMounted === true) continue;
      yield {
        message: `datastore \`${key}\` lies on disk \`${pool.host.key}/${pool.key}\`, and nothing that is declared mounts it: while it is not there, \`${spec.path}\` is a directory of the system disk`,
        place: atValue([...path, 'on']),
        related: [{ message: 'the disk', place: atValue([...pool.path, 'device']) }],
        help: 'add `disk: { uuid: …, fs: ext4 }` with the UUID of its file system, or `uuid: pending`',
      };
    }
  },
};

/** The node mounts for a container, and who runs a machine that we do not render has set it up himself. */
const isPlain = ({ backing, host, pool }: Datastore): boolean =>
  backing.kind === 'path' &&
  host.managed &&
  host.spec.guest?.type !== 'ct' &&
  pool !== undefined &&
  isBlank(pool);

/** Pools of ZFS and volumes mount themselves; the disk of the system is there whenever the system is. */
const isBlank = ({ spec: { kind = 'disk', device, shared_with } }: Pool): boolean =>
  (kind === 'disk' || kind === 'raid') &&
  device?.startsWith('/dev/') === true &&
  shared_with?.includes('system') !== true;

function mountpoints(datastores: Iterable<Datastore>): ReadonlyMap<Datastore['host'], readonly string[]> {
  const found = new Map<Datastore['host'], string[]>();
  for (const { host, backing, spec } of datastores) {
    if (backing.kind === 'disk') push(found, host, backing.mountpoint);
    if (backing.kind === 'iscsi' || backing.kind === 'nfs') push(found, host, spec.path);
  }
  return found;
}
