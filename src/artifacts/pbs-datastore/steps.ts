/**
 * Commands that make and unmake datastores. A section in `datastore.cfg` is not a datastore: only
 * `proxmox-backup-manager datastore create` makes the chunk store (`proxmox-backup/src/api2/config/datastore.rs`).
 */
import type { Datastore, Host, Topology } from '../../model/topology.ts';
import { supports } from '../../proxmox/version.ts';
import type { ApplyStep } from '../lowering.ts';
import { pbsVersion } from '../pbs-hosts.ts';
import { word } from '../shell-words.ts';
import { emptiedText } from './emptied.ts';
import { backendText } from './section.ts';

const MANAGER = 'proxmox-backup-manager';

/** The directory of the store on the host: PBS mounts removable ones itself, and `path` is then the one on the device. */
export const directoryOf = ({ backing, spec, name }: Datastore): string =>
  backing.kind === 'removable' ? `/mnt/datastore/${name}${spec.path.replace(/\/*$/, '')}` : spec.path;

export function createStep(topology: Topology, store: Datastore): ApplyStep {
  const { host, name, path, backing } = store;
  const create = `offsite_make ${word(`datastore ${name}`)} ${MANAGER} datastore create ${createArguments(store).map(word).join(' ')}`;
  const mountpoint = mountpointOf(store);
  const dataset = datasetOf(store);
  const guard =
    mountpoint !== undefined
      ? [
          `elif mountpoint -q ${word(mountpoint)}; then`,
          `  ${create}`,
          'else',
          `  echo ${word(`${mountpoint} is not mounted: mount it, then repeat this step`)} >&2`,
        ]
      : dataset !== undefined
        ? [`elif offsite_on_zfs ${dataset.map(word).join(' ')}; then`, `  ${create}`]
        : ['else', `  ${create}`];
  return {
    target: host.key,
    phase: 'datastores',
    order: 40,
    title: `Create datastore ${name}`,
    text: [
      'Makes the chunk store, which the section in `datastore.cfg` does not. Nothing happens where the datastore exists; its path and its bucket cannot be changed later.',
      ...adoption(store),
      ...emptiedText(topology, store),
      ...(backing.kind === 'removable' ? ['The device must be plugged in.'] : []),
    ],
    commands: [
      [
        `if ${MANAGER} datastore show ${word(name)} >/dev/null 2>&1; then`,
        `  offsite_has_chunks ${word(name)}`,
        ...guard,
        'fi',
      ].join('\n'),
    ],
    check: [`${MANAGER} datastore show ${word(name)}`],
    undo: [
      `offsite_unmake ${word(`datastore ${name}`)} ${MANAGER} datastore remove ${word(name)} # the data stays`,
    ],
    causes: [path],
  };
}

/** Where a chunk store is there already, from an older installation or after a disaster. */
function adoption({ backing }: Datastore): string[] {
  if (backing.kind !== 's3')
    return [
      'If a chunk store of an earlier installation lies there, PBS refuses: add `--reuse-datastore true`, and its backups stay.',
    ];
  return [
    'What the bucket holds of it already is taken over, and its cache built from that. If PBS says that the bucket is in use by a server that is gone, add `--overwrite-in-use true`. Never do that while another server uses it: each deletes the chunks that only the other knows.',
  ];
}

function createArguments(store: Datastore): string[] {
  const { name, spec, backing } = store;
  if (backing.kind === 'removable') {
    return [name, spec.path.replace(/^\/+/, ''), '--backing-device', backing.uuid ?? ''];
  }
  const backend = backendText(store);
  if (backend === undefined) return [name, spec.path];
  // Without it an empty cache stands before a bucket that may be full, and garbage collection deletes every chunk that the
  // cache does not know. An empty bucket is taken over as well (`pbs-datastore/src/datastore.rs`, s3_refresh).
  return [name, spec.path, '--backend', backend, '--reuse-datastore', 'true'];
}

function mountpointOf({ backing, spec }: Datastore): string | undefined {
  if (backing.kind === 'disk') return backing.mountpoint;
  return backing.kind === 'iscsi' || backing.kind === 'nfs' ? spec.path : undefined;
}

/**
 * Directory and ZFS pool: a pool that is not imported, or a path with a mistake, is a directory on the system's disk, and
 * a datastore there fills it. Undefined where something else sees to it, or nothing is known of a pool of this host.
 */
function datasetOf({ backing, spec, pool, host }: Datastore): [string, string] | undefined {
  if (backing.kind === 'removable' || pool?.host !== host || pool.spec.kind !== 'zfs') return undefined;
  const name = pool.spec.device?.split('/')[0];
  return name === undefined || name === '' ? undefined : [spec.path, name];
}

/**
 * Before the new `datastore.cfg`: PBS forgets the store with its jobs and rights; chunks and objects stay. One in a
 * bucket goes before its endpoint.
 */
export function removeStep({ host, name, path, backing }: Datastore): ApplyStep {
  return {
    target: host.key,
    phase: backing.kind === 's3' ? 's3' : 'datastores',
    order: 20,
    title: `Remove retired datastore ${name}`,
    text: ['Only the configuration goes, with the jobs and rights on it. The data stays where it lies.'],
    commands: [
      [
        `if ${MANAGER} datastore show ${word(name)} >/dev/null 2>&1; then`,
        `  ${MANAGER} datastore remove ${word(name)}`,
        'fi',
      ].join('\n'),
    ],
    check: [`! ${MANAGER} datastore show ${word(name)} >/dev/null 2>&1`],
    undo: ['# make the datastore active in the topology again, and apply with `--reuse-datastore true`'],
    causes: [path],
  };
}

/** A host that was not installed as a PBS: the repositories of PVE and of Debian lack the package. */
export const sourceStep = (host: Host): ApplyStep => ({
  target: host.key,
  phase: 'prepare',
  order: 15,
  title: 'Package source of proxmox-backup-server',
  text: [
    'Where PBS is not installed yet, add its repository first ("Debian Package Repositories" in the manual of PBS), for the Debian release of this host.',
  ],
  commands: ['apt-get update', 'apt-cache show proxmox-backup-server >/dev/null'],
  causes: [[...host.path, 'roles', 'pbs']],
});

/** The list commands parse the files as PBS does: one that fails names the file that PBS cannot read. */
export function finishStep(host: Host): ApplyStep {
  const version = pbsVersion(host);
  return {
    target: host.key,
    phase: 'finish',
    order: 20,
    title: 'Check that PBS reads its configuration',
    text: [
      'Each command must list what was applied; an error names a file that PBS cannot read: put its backup copy back. `user.cfg` and `acl.cfg` take effect within 5 seconds, `datastore.cfg` within a minute, jobs at the next minute; nothing has to be restarted, except after a change of the `path` of a datastore.',
    ],
    commands: [
      `${MANAGER} user list`,
      `${MANAGER} acl list`,
      ...(supports(version, '4.0.4 (4.0)') ? [`${MANAGER} s3 endpoint list`] : []),
      `${MANAGER} datastore list`,
      `${MANAGER} remote list`,
      `${MANAGER} sync-job list --sync-direction all`,
      `${MANAGER} prune-job list`,
      `${MANAGER} verify-job list`,
    ],
    causes: [[...host.path, 'roles', 'pbs']],
  };
}
