import type { Mistake } from '../mistake.ts';

export const storageMistakes: readonly Mistake[] = [
  {
    name: 'a datastore inside of another',
    edit: ['path: /mnt/datastore/synology', 'path: /mnt/datastore/backups/synology'],
    finds: ['error nested-datastore-paths'],
  },
  {
    name: 'two datastores in one path',
    edit: ['path: /mnt/datastore/synology', 'path: /mnt/datastore/backups'],
    finds: ['error nested-datastore-paths'],
  },
  {
    name: 'the root directory as datastore',
    edit: ['path: /mnt/datastore/synology', 'path: /'],
    finds: ['error path-root'],
    brings: ['nested-datastore-paths'],
  },
  {
    name: 'a path without its slash',
    edit: ['path: /mnt/datastore/synology', 'path: mnt/datastore/synology'],
    finds: ['error invalid-value'],
  },
  {
    name: 'a path with a slash at its end',
    edit: ['path: /mnt/datastore/synology', 'path: /mnt/datastore/synology/'],
    finds: ['error invalid-value'],
  },
  {
    name: 'the directory above a datastore',
    edit: ['path: /mnt/datastore/synology', 'path: /mnt/datastore'],
    finds: ['error nested-datastore-paths at datastores/backups/path'],
  },
  {
    name: 'one LUN for two datastores',
    edit: [
      '    on: pbs-home/data\n    disk: { uuid: 9b147377-6ff3-4d01-817d-cafb0cfe1101, fs: ext4 }\n',
      '    iscsi: { from: nas-home/pbs, via: home/storage, uuid: 9b147377-6ff3-4d01-817d-cafb0cfe1101 }\n',
    ],
    finds: [
      'warning same-failure-domain at hosts/pbs-home/guest',
      'warning windows-overlap at datastores/backups/gc',
      'error lun-twice at datastores/synology/from',
      'warning copies-share-domain at shares/vzdump-home',
    ],
  },
  {
    name: 'the UUID of another file system',
    edit: ['uuid: 104d184f-1f7f-4d66-8022-3562a86c1482', 'uuid: 9b147377-6ff3-4d01-817d-cafb0cfe1101'],
    finds: ['error two-writers'],
  },
  {
    name: 'a UUID in capitals',
    edit: ['uuid: 104d184f-1f7f-4d66-8022-3562a86c1482', 'uuid: 104D184F-1F7F-4D66-8022-3562A86C1482'],
    finds: ['error invalid-value'],
  },
  {
    name: 'a UUID without its last digit',
    edit: ['uuid: 104d184f-1f7f-4d66-8022-3562a86c1482', 'uuid: 104d184f-1f7f-4d66-8022-3562a86c148'],
    finds: ['error invalid-value'],
  },
  {
    name: 'a disk and a share',
    edit: [
      '    on: pbs-dc/data\n    disk: {',
      '    on: pbs-dc/data\n    nfs: { from: vzdump-dc, via: dc/backup }\n    disk: {',
    ],
    finds: ['error two-backings'],
  },
  {
    name: 'a soft mount',
    edit: ['    share: vzdump-home\n', '    share: vzdump-home\n    options: vers=4.1,soft\n'],
    finds: ['error soft-mount'],
  },
  {
    name: 'a mount hard and soft',
    edit: ['    share: vzdump-home\n', '    share: vzdump-home\n    options: hard,soft\n'],
    finds: ['error soft-mount'],
  },
  {
    name: 'a pool misspelt',
    edit: ['on: pbs-home/data\n', 'on: pbs-home/dta\n'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'a pool of another host',
    edit: ['on: pbs-home/data\n', 'on: pbs-dc/data\n'],
    finds: [
      'warning same-failure-domain at hosts/pbs-home/guest',
      'warning capacity-beyond-pool at datastores/backups/capacity',
      'warning windows-overlap at datastores/backups/gc',
      'warning copies-share-domain at datastores/dc-main',
    ],
  },
  {
    name: 'the PBS not excluded',
    edit: ['    exclude: [900]\n', ''],
    finds: ['warning pbs-backs-up-itself at flows/home-backup/from'],
  },
  {
    name: 'another guest excluded',
    edit: ['    exclude: [900]\n', '    exclude: [901]\n'],
    finds: ['warning pbs-backs-up-itself at flows/home-backup/from'],
  },
  {
    name: 'the PBS of the other site excluded',
    edit: ['    exclude: [910]\n', '    exclude: [900]\n'],
    finds: ['warning pbs-backs-up-itself at flows/dc-backup/from'],
  },
  {
    name: 'ids beside all',
    edit: ['    exclude: [900]\n', '    ids: [100, 101]\n'],
    finds: ['error guest-selection'],
  },
  {
    name: 'exclude beside a pool',
    edit: [
      '    all: true\n    # assumed: the PBS is left out',
      '    pool: production\n    # assumed: the PBS is left out',
    ],
    finds: ['error guest-exclude at guests/home-all/exclude'],
  },
  {
    name: 'guests of another cluster',
    edit: ['    from: home-all\n    to: pbs-home\n', '    from: dc-all\n    to: pbs-home\n'],
    finds: ['error storage-elsewhere at flows/home-backup/to'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a storage of another cluster',
    edit: ['    from: home-all\n    to: pbs-home\n', '    from: home-all\n    to: pbs-dc\n'],
    finds: ['error storage-elsewhere'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'vzdump to the storage of a datastore',
    edit: ['    to: nas-dc-vzdump\n', '    to: pbs-dc\n'],
    finds: ['error wrong-storage'],
  },
  {
    name: 'a backup to the storage of a share',
    edit: ['    from: dc-all\n    to: pbs-dc\n', '    from: dc-all\n    to: nas-dc-vzdump\n'],
    finds: ['error wrong-storage'],
  },
  {
    name: 'two directories for temporary files',
    edit: [
      '    retention: { keep_last: 6 }\n    tmpdir: /var/tmp\n',
      '    retention: { keep_last: 6 }\n    tmpdir: /tmp\n',
    ],
    finds: ['error tmpdir-conflict at flows/home-vzdump-weekly/tmpdir'],
  },
  {
    name: 'a storage without backups in its content',
    edit: [
      'share: vzdump-dc\n    via: dc/backup\n    content: [backup]',
      'share: vzdump-dc\n    via: dc/backup\n    content: [iso]',
    ],
    finds: ['error content-without-backup'],
  },
  {
    name: 'a zero too many in a capacity',
    edit: ['capacity: 600 GB', 'capacity: 6000 GB'],
    finds: ['warning capacity-beyond-pool'],
  },
  {
    name: 'a virtual disk larger than what it lies on',
    edit: ['size: 600 GB, on', 'size: 6000 GB, on'],
    finds: ['warning capacity-beyond-pool'],
  },
  {
    name: 'thresholds swapped',
    edit: [
      '    warn_at: 85%\n    critical_at: 90%\n    gc:',
      '    warn_at: 85%\n    critical_at: 80%\n    gc:',
    ],
    finds: ['warning thresholds-out-of-order'],
  },
  {
    name: 'a datastore on the other PBS',
    edit: ['  dc-main:\n    host: pbs-dc', '  dc-main:\n    host: pbs-home'],
    finds: [
      'error account-elsewhere at storages/pbs-dc/account',
      'error sync-direction at flows/home-to-dc/direction',
      'error sync-direction at flows/dc-to-wasabi/direction',
    ],
  },
  {
    name: 'a datastore on a host without PBS',
    edit: ['  dc-main:\n    host: pbs-dc', '  dc-main:\n    host: pve-dc'],
    finds: ['error wrong-role'],
  },
  {
    name: 'a native name given twice',
    edit: ['    name: Synology', '    name: Backups'],
    finds: ['error duplicate-native-id'],
  },
  {
    name: 'a share on the other NAS',
    edit: ['  vzdump-home:\n    host: nas-home', '  vzdump-home:\n    host: nas-dc'],
    finds: [
      'error flow-not-on-via at storages/nas-home-vzdump/via',
      'error copy-onto-itself at flows/nas-to-nas/to',
      'warning copies-share-domain at shares/vzdump-dc',
    ],
    // The two shares are one directory then.
    brings: ['guest-ids-overlap'],
  },
  {
    name: 'a pool that the NAS does not have',
    edit: [
      '    path: /volume1/vzdump # assumed\n    pool: volume1\n    warn_at',
      '    path: /volume1/vzdump # assumed\n    pool: volume2\n    warn_at',
    ],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'a storage of the datastore at the other site',
    edit: ['    datastore: backups\n', '    datastore: dc-main\n'],
    finds: ['error account-elsewhere at storages/pbs-home/account'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a storage of the other datastore',
    edit: ['    datastore: backups\n', '    datastore: synology\n'],
    finds: [
      'warning same-failure-domain at hosts/pbs-home/guest',
      'warning datastore-without-flow at datastores/backups',
      'warning never-verified at datastores/synology',
      'warning no-prune at datastores/synology',
      'warning copies-share-domain at shares/vzdump-home',
    ],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a LUN that the NAS does not have',
    edit: ['from: nas-home/pbs\n', 'from: nas-home/pbs2\n'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'a target name without its date',
    edit: ['iqn: "iqn.2000-01.com.synology:nas-home.pbs"', 'iqn: "iqn.com.synology:nas-home.pbs"'],
    finds: ['error invalid-value'],
  },
  {
    name: 'the export of the other site',
    edit: ['    share: vzdump-home\n    via', '    share: vzdump-dc\n    via'],
    finds: [
      'error flow-not-on-via at storages/nas-home-vzdump/via',
      'warning guest-ids-overlap at flows/home-vzdump-monthly',
    ],
  },
  {
    name: 'a device with a blank',
    edit: [
      'device: /dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_drive-scsi1, size: 600 GB',
      'device: /dev/sdb 1, size: 600 GB',
    ],
    finds: ['error invalid-value'],
    brings: ['freed-after-two-gc'],
  },
];
