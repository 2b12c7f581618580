/** A file system that is still to be made: the line is withheld, and a step makes the file system and prints its UUID. */
import { atValue, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Datastore } from '../../model/topology.ts';
import type { ApplyStep, Withheld } from '../lowering.ts';
import { word } from '../shell-words.ts';
import type { Mount } from './mount.ts';

export interface PendingMount {
  readonly step: ApplyStep;
  readonly withheld: Withheld;
  readonly diagnostic: Diagnostic;
}

/** @param mount one without a source: a disk or a LUN. */
export function pendingMount(mount: Mount): PendingMount {
  const [datastore] = mount.datastores;
  if (datastore === undefined) throw new Error(`nothing is pending at "${mount.mountpoint}"`);
  const target = mount.host.key;
  const [uuid = datastore.path] = mount.causes.source;
  const how = `Step "${titleOf(datastore)}" of its APPLY.md makes the file system and prints the UUID: write it into the topology as \`uuid\` and render again.`;
  return {
    step: step(mount, datastore),
    withheld: { target, path: '/etc/fstab', how, causes: [uuid] },
    diagnostic: {
      code: 'pending-value',
      severity: 'warning',
      message: `the UUID of datastore \`${datastore.key}\` is pending: its line of \`/etc/fstab\` on \`${target}\` is withheld`,
      place: atValue(uuid),
      help: `make the file system as APPLY.md of \`${target}\` says, and write what \`blkid\` prints here`,
    },
  };
}

const titleOf = (datastore: Datastore): string => `Make the file system of datastore ${datastore.key}`;

function step(mount: Mount, datastore: Datastore): ApplyStep {
  const device = deviceOf(datastore);
  const make = `mkfs.${mount.type}`;
  return {
    target: mount.host.key,
    phase: 'mounts',
    order: 30,
    title: titleOf(datastore),
    text: [
      device === undefined
        ? `The topology does not name the device: find the empty one, run \`${make}\` on it, and take its UUID from the list.`
        : `Only a device without any signature is formatted. If it holds the datastore already, the UUID is printed and nothing is changed.`,
      'Write the UUID into the topology and render again. Until then the datastore is not mounted: do not create it in PBS.',
    ],
    commands:
      device === undefined
        ? ['lsblk -o NAME,SIZE,TYPE,FSTYPE,UUID,MOUNTPOINTS']
        : [
            `disk=$(readlink -e ${device})\n` +
              // A disk that cannot be read shows no signature either, and may hold what can still be saved.
              `if [ -b "$disk" ] && head -c 4M "$disk" >/dev/null && found=$(wipefs --noheadings "$disk") && [ -z "$found" ]; then ${make} "$disk"; fi\n` +
              'blkid -s UUID -o value "$disk"',
          ],
    causes: mount.causes.source,
  };
}

/** A LUN by its target, whatever the portal; a disk as its pool names it. Undefined: unknown. */
function deviceOf({ backing, pool }: Datastore): string | undefined {
  if (backing.kind === 'iscsi') {
    const { iqn, lun = 0 } = backing.lun.spec;
    return `/dev/disk/by-path/*-iscsi-${word(iqn)}-lun-${lun}`;
  }
  const device = pool?.spec.device;
  return pool?.spec.kind === 'disk' && device?.startsWith('/dev/') ? word(device) : undefined;
}
