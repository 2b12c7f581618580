/**
 * Entry of a share: `nfs` where nodes mount it, `dir` on its own host (pve-storage `src/PVE/Storage/NFSPlugin.pm`,
 * `DirPlugin.pm`).
 */
import { atKey } from '../../diagnostics/diagnostic.ts';
import type { Share, Storage, StorageBacking } from '../../model/topology.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { type Property, property } from '../sections.ts';
import { entryOf, failed, MODELLED, noAddress, outOfReach, type StorageEntry } from './entry.ts';
import { nasEnd, shareAccess } from './reach.ts';
import { commonProperties, declaredNodes, onlyOn, pruneBackups } from './values.ts';

type ShareBacking = Extract<StorageBacking, { kind: 'share' }>;

/** Never `soft`: a write that gives up leaves half an archive that looks whole. */
const DEFAULT_OPTIONS = 'vers=4.1,hard';

/** Where each content lies below a storage (pve-storage `src/PVE/Storage/Plugin.pm`, `vtype_subdirs`). */
const SUBDIRECTORIES: Readonly<Record<string, string>> = {
  backup: 'dump',
  images: 'images',
  import: 'import',
  iso: 'template/iso',
  rootdir: 'private',
  snippets: 'snippets',
  vztmpl: 'template/cache',
};

export function shareEntry(storage: Storage, backing: ShareBacking): StorageEntry {
  const { share } = backing.place;
  switch (shareAccess(storage, share, backing.via)) {
    case 'dir':
      return dirEntry(storage, backing);
    case 'nfs':
      return nfsEntry(storage, backing);
    case 'smb':
      return smbEntry(storage, share);
    case 'unreachable':
      return failed(outOfReach(storage, share.host, `the share \`${share.key}\``));
  }
}

const NFS_MODELLED = {
  ...MODELLED,
  export: 'export of the share',
  path: 'path',
  server: 'via',
  options: 'options',
};
const NFS_DIRECTORY_MODELLED = { ...NFS_MODELLED, 'content-dirs': 'share' };

function nfsEntry(storage: Storage, { place, via }: ShareBacking): StorageEntry {
  const { spec, path } = storage;
  const { share, directory } = place;
  const end = nasEnd(storage, share.host, via);
  if (end === undefined) return failed(noAddress(storage, share.host));
  const at = (key: keyof Storage['spec']) => [...path, key];
  return entryOf(storage, {
    type: 'nfs',
    properties: [
      property(
        'export',
        share.exportPath,
        [...share.path, share.spec.export === undefined ? 'path' : 'export'],
        at('share'),
      ),
      property('path', spec.path ?? `/mnt/pve/${storage.id}`, spec.path === undefined ? path : at('path')),
      property('server', end.address, ...end.causes, at('via')),
      property('options', spec.options ?? DEFAULT_OPTIONS, spec.options === undefined ? path : at('options')),
      directoryProperty(storage, directory),
      retention(storage),
      commonProperties(storage, 'backup', declaredNodes(storage)),
    ],
    modelled: directory === '' ? NFS_MODELLED : NFS_DIRECTORY_MODELLED,
    without: ['account', 'encryption_key', 'encryption_fingerprint'],
  });
}

/**
 * The export is mounted as it is and the directory below it goes into `content-dirs` (pve-storage 7.4, so in all of
 * PVE 8): the directory need not exist, and a NAS may not let clients mount below an export.
 */
function directoryProperty({ path, spec }: Storage, directory: string): readonly Property[] {
  if (directory === '') return [];
  const dirs = [...new Set<string>(spec.content ?? ['backup'])]
    .filter(content => SUBDIRECTORIES[content] !== undefined)
    .sort(byBytes)
    .map(content => `${content}=${directory}/${SUBDIRECTORIES[content] ?? ''}`);
  return property('content-dirs', dirs.join(','), [...path, 'share']);
}

function dirEntry(storage: Storage, { place, via }: ShareBacking): StorageEntry {
  const { spec, path } = storage;
  const { share, directory } = place;
  if (storage.nodes?.some(node => node !== share.host) === true)
    return failed(outOfReach(storage, share.host, `the share \`${share.key}\``));
  const ownPath = directory === '' ? share.spec.path : `${share.spec.path}/${directory}`;
  const cause =
    spec.path === undefined
      ? [
          [...share.path, 'path'],
          [...path, 'share'],
        ]
      : [[...path, 'path']];
  return entryOf(storage, {
    type: 'dir',
    properties: [
      property('path', spec.path ?? ownPath, ...cause),
      spec.properties?.['is_mountpoint'] === undefined ? mountpoint(share) : [],
      retention(storage),
      commonProperties(
        storage,
        'backup',
        onlyOn(storage, share.host.key, [...path, via.kind === 'local' ? 'via' : 'share']),
      ),
    ],
    modelled: { ...MODELLED, path: 'path' },
    without: ['account', 'encryption_key', 'encryption_fingerprint', 'options'],
  });
}

/**
 * Where something must be mounted before PVE writes: else a dump fills the root disk. The share's `mountpoint` if it
 * lies below; the directory itself for a device of its own; a ZFS pool or dataset by its default mount point. Whoever
 * mounts elsewhere writes `properties: { is_mountpoint: /PATH }`, or `no`.
 */
function mountpoint({ spec, path, pool }: Share): readonly Property[] {
  const isBelow = (directory: string) => spec.path === directory || spec.path.startsWith(`${directory}/`);
  const line = (directory: string, cause: readonly (string | number)[]) =>
    property('is_mountpoint', directory === spec.path ? 'yes' : directory, cause);
  if (spec.mountpoint !== undefined && isBelow(spec.mountpoint))
    return line(spec.mountpoint, [...path, 'mountpoint']);
  if (pool === undefined) return [];
  const { kind, device, shared_with: others } = pool.spec;
  if (kind === 'zfs') {
    return device !== undefined && isBelow(`/${device}`) ? line(`/${device}`, [...pool.path, 'device']) : [];
  }
  if (kind === undefined || others?.includes('system') === true) return [];
  return line(spec.path, [...path, 'pool']);
}

/** Explicit also where everything is kept, so that no default of `vzdump.conf` decides. */
function retention({ path, spec }: Storage): readonly Property[] {
  if (spec.content !== undefined && !spec.content.includes('backup')) return [];
  const rules = pruneBackups(spec.retention);
  return property(
    'prune-backups',
    rules ?? 'keep-all=1',
    rules === undefined ? path : [...path, 'retention'],
  );
}

const smbEntry = ({ key, id, path }: Storage, share: Share): StorageEntry =>
  failed({
    code: 'declared-only',
    severity: 'info',
    message: `storage \`${key}\` lies on the SMB share \`${share.key}\` and is not rendered`,
    place: atKey(path),
    related: [{ message: 'the share', place: atKey(share.path) }],
    help: `export it by NFS, or make the storage by hand: pvesm add cifs ${id}`,
  });
