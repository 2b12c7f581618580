/** Steps around `storage.cfg`: see that storages work, and take retired ones away. */
import type { Cluster, Storage } from '../../model/topology.ts';
import type { ApplyStep } from '../lowering.ts';
import { word } from '../shell-words.ts';
import { stepNode, whereText } from './clusters.ts';
import { nasEnd, shareAccess, usersOf } from './reach.ts';
import { pruneBackups } from './values.ts';

/** After the file is there: PVE mounts and logs in by itself, within seconds. */
export function checkStep(cluster: Cluster, storages: readonly Storage[]): ApplyStep[] {
  const used = storages.filter(({ spec }) => spec.disabled !== true);
  if (used.length === 0) return [];
  const nfs = used.filter(isNfs);
  return [
    {
      target: cluster.target,
      phase: 'storages',
      order: 60,
      title: 'Look at the storages',
      text: [
        ...whereText(cluster),
        'Every storage must be active; `inactive` means that the node does not reach it or is not let in.',
        ...(nfs.length === 0
          ? []
          : [
              `PVE asks the portmapper of the NAS (port 111, \`rpcinfo\`) before it mounts: with only port 2049 open, ${nfs.map(({ id }) => id).join(', ')} ${nfs.length === 1 ? 'stays' : 'stay'} offline. PVE mounts the exports itself: they do not belong into fstab.`,
            ]),
      ],
      commands: used.map(storage => statusCommand(cluster, storage)).filter(command => command !== undefined),
      causes: used.map(({ path }) => path),
    },
  ];
}

/**
 * Before the jobs that write there: what is declared and not rendered. `--password` without a value asks for it
 * (pve-storage `src/PVE/CLI/pvesm.pm`).
 */
export const byHandSteps = (cluster: Cluster, storages: readonly Storage[]): ApplyStep[] =>
  storages.flatMap(storage => {
    const { id, backing, spec, path } = storage;
    if (backing.kind !== 'share') return [];
    const { place, via } = backing;
    if (shareAccess(storage, place.share, via) !== 'smb') return [];
    const server = nasEnd(storage, place.share.host, via)?.address ?? 'ADDRESS';
    const settings = [
      `--content ${(spec.content ?? ['backup']).join(',')}`,
      `--prune-backups ${pruneBackups(spec.retention) ?? 'keep-all=1'}`,
      ...(spec.nodes === undefined
        ? []
        : [
            `--nodes ${usersOf(storage)
              .map(({ key }) => key)
              .join(',')}`,
          ]),
      ...(place.directory === '' ? [] : [`--subdir ${word(`/${place.directory}`)}`]),
    ];
    return [
      {
        target: cluster.target,
        phase: 'storages',
        order: 55,
        title: `Make storage ${id} by hand`,
        text: [
          ...whereText(cluster),
          `It lies on an SMB share, which is not rendered. Where it does not exist yet: \`pvesm add cifs ${id} --server ${server} --share SHARE --username USER --password ${settings.join(' ')}\`, with the name of the share of \`${place.share.spec.path}\` and a user of ${place.share.host.key}; the password is asked for.`,
        ],
        commands: [],
        check: [statusCommand(cluster, storage)].filter(command => command !== undefined),
        undo: [`# if it was made in this step: pvesm remove ${word(id)}`],
        causes: [path],
      },
    ];
  });

/**
 * Declared with a login and without its password, which has no place in the topology. PVE keeps it beside the file, and
 * asks for it where `--password` has no value (pve-storage `src/PVE/Storage/CIFSPlugin.pm`, `src/PVE/CLI/pvesm.pm`).
 */
export const loginSteps = (cluster: Cluster, storages: readonly Storage[]): ApplyStep[] =>
  storages.filter(hasLogin).map(({ id, path }) => {
    const file = word(`/etc/pve/priv/storage/${id}.pw`);
    return {
      target: cluster.target,
      phase: 'storages',
      order: 55,
      title: `Password of storage ${id}`,
      text: [...whereText(cluster), 'PVE asks for it. One that is there stays.'],
      commands: [`test -s ${file} || pvesm set ${word(id)} --password`],
      check: [`test -s ${file}`],
      undo: [`# if it was entered in this step: rm ${file}`],
      causes: [path],
    };
  });

const hasLogin = ({ backing, spec }: Storage): boolean =>
  backing.kind === 'opaque' &&
  (backing.type === 'cifs' || backing.type === 'pbs') &&
  spec.properties?.['username'] !== undefined;

const isNfs = (storage: Storage): boolean =>
  storage.backing.kind === 'share'
    ? shareAccess(storage, storage.backing.place.share, storage.backing.via) === 'nfs'
    : storage.backing.kind === 'opaque' && storage.backing.type === 'nfs';

function statusCommand(cluster: Cluster, storage: Storage): string | undefined {
  const { id, backing } = storage;
  if (backing.kind === 'share') {
    const access = shareAccess(storage, backing.place.share, backing.via);
    if (access === 'unreachable') return undefined;
  }
  const node = restrictedTo(cluster, storage);
  if (node === undefined) return `pvesm status --storage ${word(id)} | grep -w active`;
  const status = `/nodes/${node}/storage/${id}/status`;
  return `pvesh get ${word(status)} --output-format json | grep '"active":1'`;
}

/** A node of those that use it, when the one where the steps are run may not be among them. */
function restrictedTo(cluster: Cluster, storage: Storage): string | undefined {
  const { backing } = storage;
  const owner =
    backing.kind === 'share' && shareAccess(storage, backing.place.share, backing.via) === 'dir'
      ? backing.place.share.host
      : backing.kind === 'datastore' && backing.via.kind === 'local'
        ? backing.place.datastore.host
        : undefined;
  const users = owner === undefined ? usersOf(storage) : [owner];
  const here = stepNode(cluster);
  if (here === undefined || users.includes(here)) return undefined;
  return users.find(node => node.state === 'active' && cluster.nodes.includes(node))?.key;
}

/** Before the file is installed: removing an entry needs the entry. */
export const removeSteps = (cluster: Cluster, storages: readonly Storage[]): ApplyStep[] =>
  storages.map(storage => ({
    target: cluster.target,
    phase: 'storages',
    order: 30,
    title: `Remove storage ${storage.id}`,
    text: [...whereText(cluster), 'Backups and images on it stay where they are.', ...leftovers(storage)],
    commands: [
      `if pvesh get ${word(`/storage/${storage.id}`)} >/dev/null 2>&1; then ${keepKey(storage)}pvesm remove ${word(storage.id)}; fi`,
    ],
    check: [`! pvesh get ${word(`/storage/${storage.id}`)} >/dev/null 2>&1`],
    undo: ['# make the storage active in the topology again, and apply'],
    causes: [storage.path],
  }));

/** Only while it is there: the step may be repeated, and would keep that there is none. */
function keepKey({ id, backing }: Storage): string {
  if (backing.kind !== 'datastore') return '';
  const key = word(`/etc/pve/priv/storage/${id}.enc`);
  return `{ [ ! -e ${key} ] || offsite_keep ${key}; } && `;
}

/** What goes with an entry, and what stays mounted (pve-storage `src/PVE/Storage/PBSPlugin.pm`, `on_delete_hook`). */
function leftovers(storage: Storage): string[] {
  const { id, spec, backing } = storage;
  if (isNfs(storage)) {
    const mounted = spec.path ?? `/mnt/pve/${id}`;
    return [`On the other nodes it stays mounted until a restart, or until \`umount ${mounted}\` there.`];
  }
  if (backing.kind !== 'datastore') return [];
  return [
    'PVE deletes the password and the encryption key that it keeps for it. A copy of the key stays in `/root/offsite-kept`: without one the backups cannot be read again.',
  ];
}
