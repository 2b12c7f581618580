/** What a cluster has besides: rendered as it is declared, checked where there is a table. */
import type { Storage } from '../../model/topology.ts';
import { pveSection } from '../../proxmox/pve-files.ts';
import { property } from '../sections.ts';
import { entryOf, MODELLED, type StorageEntry } from './entry.ts';
import { commonProperties, declaredNodes, pruneBackups } from './values.ts';

/** What PVE writes where `content` is not given (pve-storage `src/PVE/Storage/*Plugin.pm`, `plugindata`). */
const DEFAULT_CONTENT: Readonly<Record<string, string>> = {
  btrfs: 'images,rootdir',
  cephfs: 'backup',
  cifs: 'images',
  dir: 'images,rootdir',
  esxi: 'import',
  iscsi: 'images',
  iscsidirect: 'images',
  lvm: 'images',
  lvmthin: 'images,rootdir',
  nfs: 'images',
  pbs: 'backup',
  rbd: 'images',
  zfs: 'images',
  zfspool: 'images,rootdir',
};

/** Types that PVE mounts by itself, by default at /mnt/pve/ID. */
const MOUNTED: ReadonlySet<string> = new Set(['nfs', 'cifs', 'cephfs']);

export function opaqueEntry(storage: Storage, type: string): StorageEntry {
  const { spec, path, id } = storage;
  const at = (key: keyof Storage['spec']) => [...path, key];
  const mounted = MOUNTED.has(type) ? `/mnt/pve/${id}` : undefined;
  const rules = pruneBackups(spec.retention);
  return entryOf(storage, {
    type,
    properties: [
      property('path', spec.path ?? mounted, spec.path === undefined ? path : at('path')),
      property('options', spec.options, at('options')),
      property('prune-backups', rules, at('retention')),
      property(
        'encryption-key',
        type === 'pbs' ? spec.encryption_fingerprint : undefined,
        at('encryption_fingerprint'),
      ),
      commonProperties(storage, DEFAULT_CONTENT[type], declaredNodes(storage)),
    ],
    modelled: {
      ...MODELLED,
      options: 'options',
      ...(takesPath(type) ? { path: 'path' } : {}),
      ...(type === 'pbs' ? { 'encryption-key': 'encryption_fingerprint' } : {}),
    },
    without: [
      'account',
      'via',
      'encryption_key',
      ...(type === 'pbs' ? [] : (['encryption_fingerprint'] as const)),
    ],
  });
}

const takesPath = (type: string): boolean => {
  const table = pveSection('storage.cfg', type);
  return table === undefined || Object.hasOwn(table.properties, 'path');
};
