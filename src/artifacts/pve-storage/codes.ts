/** Diagnostics of `storage.cfg`. */
import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const pveStorageCodes = {
  'local-storage': {
    severity: 'error',
    summary: 'The storage `local` is declared as something that PVE does not let it be.',
    why: 'If `local` is not a directory at /var/lib/vz, PVE silently puts its own entry back, and it ignores `nodes` there.',
    fix: 'Declare it with `type: dir`, `path: /var/lib/vz` and without `nodes`, or give the storage another `id:`.',
  },
  'property-missing': {
    severity: 'error',
    summary: 'A storage lacks a native property that PVE requires.',
    why: 'PVE then keeps the entry without its type: the storage does not work, and the next change in the web interface fails.',
    fix: 'Give the property under `properties:`, or `path` where that is what is missing.',
    example: { bad: 'type: lvm', good: 'type: lvm\nproperties: { vgname: pve }' },
  },
  'storage-out-of-reach': {
    severity: 'error',
    summary: 'A storage lies on one machine without a network in between, and other nodes are to use it.',
    why: 'A directory, or a PBS reached by `via: local`, is there for its own host only: on the other nodes every backup fails.',
    fix: 'Restrict the storage with `nodes`, or export the share by NFS and name the VLAN in `via`.',
  },
} as const satisfies CodeTable;
