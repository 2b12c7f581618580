import type { Mistake } from '../mistake.ts';

export const flowsMistakes: readonly Mistake[] = [
  {
    name: 'from and to swapped',
    edit: ['    from: backups\n    to: "dc-main:home"', '    from: "dc-main:home"\n    to: backups'],
    finds: ['error account-elsewhere at flows/home-to-dc/direction'],
  },
  {
    name: 'from and to of a local sync swapped',
    edit: ['    from: dc-main\n    to: wasabi\n', '    from: wasabi\n    to: dc-main\n'],
    finds: ['warning datastore-without-flow at datastores/wasabi'],
  },
  {
    name: 'from and to of rsync swapped',
    edit: [
      '    from: vzdump-home:dump\n    to: vzdump-dc:dump\n',
      '    from: vzdump-dc:dump\n    to: vzdump-home:dump\n',
    ],
    finds: ['error account-elsewhere at flows/nas-to-nas/account'],
  },
  {
    name: 'push for pull',
    edit: ['    direction: pull', '    direction: push'],
    finds: ['error account-elsewhere'],
  },
  {
    name: 'local between two hosts',
    edit: ['    direction: pull', '    direction: local'],
    finds: ['error sync-direction'],
  },
  {
    name: 'pull on one host',
    edit: ['    direction: local', '    direction: pull'],
    finds: ['error sync-direction'],
  },
  {
    name: 'a datastore into itself',
    edit: ['    from: dc-main\n    to: wasabi\n', '    from: dc-main\n    to: dc-main\n'],
    finds: ['error sync-to-itself'],
    brings: ['datastore-without-flow'],
  },
  {
    name: 'a datastore into a namespace of itself',
    edit: ['    from: dc-main\n    to: wasabi\n', '    from: dc-main\n    to: dc-main:copy\n'],
    finds: ['error sync-to-itself'],
    brings: ['no-prune', 'datastore-without-flow'],
  },
  {
    name: 'the key of another kind',
    edit: ['kind: vzdump\n    from: dc-all', 'kind: backup\n    from: dc-all'],
    finds: ['error unknown-key at flows/dc-vzdump/tmpdir'],
  },
  {
    name: 'the PBS planned, and not what uses it',
    edit: ['  pbs-dc:\n    site: dc\n', '  pbs-dc:\n    state: planned\n    site: dc\n'],
    finds: [
      'error used-but-not-active at storages/pbs-dc/datastore',
      'error used-but-not-active at flows/home-to-dc/to',
      'error used-but-not-active at flows/dc-to-wasabi/from',
      'error used-but-not-active at flows/dc-to-wasabi/to',
    ],
  },
  {
    name: 'an account retired that a flow still uses',
    edit: ['secret: pbs-home-dc-sync, comment', 'secret: pbs-home-dc-sync, state: retired, comment'],
    finds: ['error used-but-not-active at flows/home-to-dc/account'],
  },
  {
    name: 'the directory of the archives misspelt',
    edit: ['from: vzdump-home:dump', 'from: vzdump-home:dunp'],
    finds: ['warning source-never-written'],
  },
  {
    name: 'replication planned',
    edit: ['  home-to-dc:\n    kind: sync', '  home-to-dc:\n    state: planned\n    kind: sync'],
    finds: ['warning expect-after-never-before at flows/dc-to-wasabi/expect_after'],
  },
  {
    name: 'a group filter without its type',
    edit: ['    direction: pull', '    direction: pull\n    groups: [vm]'],
    finds: ['error invalid-value'],
  },
  {
    name: 'rsync on the side of its account',
    edit: ['    account: nas-dc-recv', '    run_on: nas-dc\n    account: nas-dc-recv'],
    finds: ['error account-elsewhere at flows/nas-to-nas/account'],
  },
  {
    name: 'a native property misspelt',
    edit: ['    direction: pull', '    direction: pull\n    properties: { remove-vanish: true }'],
    finds: ['error unknown-property'],
  },
  {
    name: 'a native property that has a key',
    edit: ['    direction: pull', '    direction: pull\n    properties: { remove-vanished: true }'],
    finds: ['error property-modelled'],
  },
  {
    name: 'the replica removed',
    edit: [
      '  # 2. Home PBS to DC PBS. The data centre pulls: home lets it read and never connects to it.\n  home-to-dc:\n    kind: sync\n    direction: pull\n    from: backups\n    to: "dc-main:home"\n    account: dc-sync\n    owner: dc-backup\n    via: backup\n    schedule: "05:00"\n    takes: 60m\n    expect_after: home-backup\n    comment: Replica of home\n',
      '',
    ],
    finds: ['error unresolved-reference at flows/dc-to-wasabi/expect_after'],
  },
  {
    name: 'the cloud copy planned',
    edit: ['    direction: local\n', '    direction: local\n    state: planned\n'],
    finds: ['warning datastore-without-flow at datastores/wasabi'],
  },
  {
    name: 'the only flow to the other site planned',
    given: [['    kind: rsync\n', '    kind: rsync\n    state: planned\n']],
    edit: ['    direction: pull\n', '    direction: pull\n    state: planned\n'],
    finds: [
      'warning no-offsite-copy at guests/home-all',
      'warning expect-after-never-before at flows/dc-to-wasabi/expect_after',
    ],
  },
  {
    name: 'the guests of the data centre copied nowhere else',
    given: [['    kind: rclone\n', '    kind: rclone\n    state: planned\n']],
    edit: ['    direction: local\n', '    direction: local\n    state: planned\n'],
    finds: [
      'warning no-offsite-copy at guests/dc-all',
      'warning datastore-without-flow at datastores/wasabi',
    ],
  },
  {
    name: 'the chunk store copied as files',
    given: [
      [
        '  vzdump-dc:\n    host',
        '  stores: { host: pbs-dc, path: /mnt/datastore/dc-main }\n  vzdump-dc:\n    host',
      ],
    ],
    edit: ['from: vzdump-dc:dump\n    to: wasabi-vzdump', 'from: stores\n    to: wasabi-vzdump'],
    finds: ['warning live-chunk-store-copied'],
  },
  {
    name: 'the flow with the primary backup removed',
    edit: ['    comment: All guests at home\n', '    state: retired\n    comment: All guests at home\n'],
    finds: [
      'warning datastore-without-flow at datastores/backups',
      'warning expect-after-never-before at flows/home-vzdump-weekly/expect_after',
      'warning expect-after-never-before at flows/home-vzdump-monthly/expect_after',
      'warning expect-after-never-before at flows/home-to-dc/expect_after',
    ],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a cache without limit on a shared pool',
    given: [['      max_cache_size: 60 GiB # assumed\n', '']],
    edit: [
      '    path: /mnt/datastore/dc-main-s3-cache\n',
      '    path: /mnt/datastore/dc-main-s3-cache\n    on: pbs-dc/data\n',
    ],
    finds: ['warning cache-shared at datastores/wasabi/s3'],
  },
];
