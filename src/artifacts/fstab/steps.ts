/** Mounting what the block lists. */
import type { Host } from '../../model/topology.ts';
import type { ApplyStep } from '../lowering.ts';
import { pathUnit } from '../mount-guard/unit-name.ts';
import { word } from '../shell-words.ts';
import type { Mount } from './mount.ts';

/**
 * After the block is in place. Each mount point is made bare and immutable first, and mounted before the next: the next
 * may lie below it.
 */
export function mountStep(host: Host, mounts: readonly Mount[]): ApplyStep {
  return {
    target: host.key,
    phase: 'mounts',
    order: 60,
    title: 'Mount what /etc/fstab lists',
    text: [
      'systemd reads `/etc/fstab` when it is reloaded. Lines outside of the markers stay as they are; a line of your own for one of our mount points must go.',
      ...(mounts.length === 0
        ? []
        : [
            'Mount points become immutable while nothing is mounted, so that data cannot land on the disk below them.',
          ]),
      ...(mounts.some(mount => mount.use !== 'runner')
        ? ['A datastore whose mount fails is an error in PBS; the other datastores go on.']
        : []),
    ],
    commands: ['systemctl daemon-reload', ...mounts.map(commandOf)],
    check: [
      'findmnt --verify --tab-file /etc/fstab',
      ...mounts.map(checkOf),
      ...mounts.filter(holdsStore).map(mount => `runuser -u backup -- test -w ${word(mount.mountpoint)}`),
    ],
    undo: [
      ...[...mounts]
        .reverse()
        .map(mount => `offsite_unmake ${word(`mount ${mount.mountpoint}`)} ${unmountCommand(mount)}`),
      ...(mounts.length === 0 ? [] : ['systemctl daemon-reload']),
    ],
    causes: [host.path, ...mounts.map(mount => mount.causes.object)],
  };
}

/** An automount is a mount point before the server has answered; a look into it, hence the slash, tells. */
function checkOf({ mountpoint, use }: Mount): string {
  const at = word(mountpoint);
  return use === 'runner' ? `test -d ${at}/ && mountpoint ${at}` : `mountpoint ${at}`;
}

/** The mount point is the datastore itself, and not a directory above it. */
const holdsStore = ({ datastores, mountpoint }: Mount): boolean =>
  datastores.some(datastore => datastore.spec.path === mountpoint);

function commandOf(mount: Mount): string {
  const at = word(mount.mountpoint);
  if (mount.use === 'runner')
    return `offsite_mount ${at} systemctl start ${word(pathUnit(mount.mountpoint, 'automount') ?? '')}`;
  // PBS runs as backup (uid 34) and refuses a chunk store of somebody else.
  const owned = holdsStore(mount) ? ` && chown backup:backup ${at}` : '';
  return `offsite_mount ${at} mount ${at}${owned}`;
}

/** How to take a mount away; the automount first, or the next access mounts it again. */
export function unmountCommand({ mountpoint, use }: Pick<Mount, 'mountpoint' | 'use'>): string {
  const automount = use === 'runner' ? ` ${word(pathUnit(mountpoint, 'automount') ?? '')}` : '';
  return `offsite_umount ${word(mountpoint)}${automount}`;
}
