import type { Mistake } from '../mistake.ts';

export const retentionMistakes: readonly Mistake[] = [
  {
    name: 'a retention of zero',
    edit: [
      'retention: { keep_daily: 7, keep_weekly: 4, schedule: "06:10" }',
      'retention: { keep_daily: 0, keep_weekly: 4, schedule: "06:10" }',
    ],
    finds: ['error invalid-value'],
  },
  {
    name: 'keep_all beside numbers',
    edit: [
      'retention: { keep_daily: 7, keep_weekly: 4, schedule: "06:10" }',
      'retention: { keep_all: true, keep_daily: 7, schedule: "06:10" }',
    ],
    finds: ['error retention-contradiction'],
  },
  {
    name: 'a schedule and nothing to keep',
    edit: [
      'retention: { keep_daily: 7, keep_weekly: 4, schedule: "06:10" }',
      'retention: { schedule: "06:10" }',
    ],
    finds: ['warning prune-without-keep'],
  },
  {
    name: 'no schedule for prune',
    edit: [
      'retention: { keep_daily: 7, keep_weekly: 4, schedule: "06:10" }',
      'retention: { keep_daily: 7, keep_weekly: 4 }',
    ],
    finds: ['error retention-without-schedule'],
  },
  {
    name: 'no retention',
    edit: ['    retention: { keep_daily: 7, keep_weekly: 4, schedule: "06:10" }\n', ''],
    finds: ['warning no-prune at datastores/dc-main'],
  },
  {
    name: 'no retention of a namespace',
    edit: ['        retention: { keep_daily: 90, schedule: "10:10" }\n', ''],
    finds: ['warning no-prune at datastores/wasabi/home'],
  },
  {
    name: 'no garbage collection',
    edit: ['    gc: { schedule: "sat 08:00" }\n', ''],
    finds: ['warning no-gc at datastores/dc-main'],
  },
  {
    name: 'garbage collection before prune',
    edit: ['gc: { schedule: "sat 08:00" }', 'gc: { schedule: "sat 06:00" }'],
    finds: ['warning gc-before-prune'],
  },
  {
    name: 'a prune that reaches the replica below',
    edit: [
      'retention: { keep_daily: 7, keep_weekly: 4, schedule: "06:10" }',
      'retention: { keep_daily: 7, keep_weekly: 2, max_depth: 7, schedule: "06:10" }',
    ],
    finds: ['warning two-retentions at datastores/dc-main/namespaces/retention'],
  },
  {
    name: 'rsync deletes where others write',
    edit: ['    propagate_deletions: false\n', '    propagate_deletions: true\n'],
    finds: ['error deletions-hit-others'],
  },
  {
    name: 'deletions follow to a target that is to keep longer',
    edit: ['    to: wasabi\n', '    to: wasabi\n    propagate_deletions: true\n'],
    finds: ['warning deletions-propagate'],
  },
  {
    name: 'deletions follow to a bucket that bills for longer',
    edit: ['    to: wasabi-vzdump\n', '    to: wasabi-vzdump\n    propagate_deletions: true\n'],
    finds: ['warning retention-shorter-than-billing'],
  },
  {
    name: 'only verified backups, and nothing verifies',
    edit: ['    to: wasabi\n', '    to: wasabi\n    verified_only: true\n'],
    finds: ['error verified-only-before-verify'],
  },
  {
    name: 'nobody prunes a share',
    edit: ['    pruned_by: nobody for the archives from home, by hand when space gets short\n', ''],
    finds: ['warning no-retention-at-target at flows/nas-to-nas/to'],
  },
  {
    name: 'no retention of the weekly job',
    edit: ['    retention: { keep_last: 4 }\n', ''],
    finds: ['warning vzdump-retention-conflict at flows/home-vzdump-weekly'],
  },
  {
    name: 'no retention of archives that no other job prunes',
    given: [['    pruned_by: nobody for the archives from home, by hand when space gets short\n', '']],
    edit: ['    retention: { keep_last: 7 } # assumed\n', ''],
    finds: ['warning archives-never-pruned at storages/nas-dc-vzdump'],
  },
  {
    name: 'two zeros too many in a retention',
    edit: [
      'keep_daily: 7, keep_weekly: 4, schedule: "06:10"',
      'keep_daily: 700, keep_weekly: 4, schedule: "06:10"',
    ],
    finds: ['warning retention-beyond-capacity at datastores/dc-main/capacity'],
  },
  {
    name: 'a digit less in the capacity',
    edit: ['capacity: 600 GB', 'capacity: 60 GB'],
    finds: ['warning retention-beyond-capacity'],
  },
  {
    name: 'a namespace misspelt in a flow',
    edit: ['to: "dc-main:home"', 'to: "dc-main:hom"'],
    finds: ['warning no-prune at datastores/dc-main', 'warning no-prune at datastores/wasabi'],
  },
  {
    name: 'the namespace forgotten',
    edit: ['to: "dc-main:home"', 'to: dc-main'],
    finds: ['warning guest-ids-overlap at flows/home-to-dc'],
  },
  {
    name: 'a cut-off of ten minutes',
    edit: [
      '    gc: { schedule: "sat 04:00" }\n',
      '    gc: { schedule: "sat 04:00" }\n    tuning: { gc_atime_cutoff: 10m }\n',
    ],
    finds: ['warning gc-cutoff-overridden'],
  },
  {
    name: 'only verified backups are copied, before they are verified',
    given: [
      [
        '    gc: { schedule: "sat 08:00" }\n',
        '    gc: { schedule: "sat 08:00" }\n    verify: { schedule: "12:00" }\n',
      ],
    ],
    edit: ['    to: wasabi\n', '    to: wasabi\n    verified_only: true\n'],
    finds: ['warning verified-only-before-verify'],
  },
  {
    name: 'verification before garbage collection',
    edit: [
      '    gc: { schedule: "sat 08:00" }\n',
      '    gc: { schedule: "sat 08:00" }\n    verify: { schedule: "sat 07:30", outdated_after: 30d }\n',
    ],
    finds: ['warning verify-before-gc', 'warning windows-overlap'],
  },
  {
    name: 'deletions follow to the only off-site copy',
    given: [
      ['    kind: rclone\n', '    kind: rclone\n    state: planned\n'],
      ['    kind: rsync\n', '    kind: rsync\n    state: planned\n'],
      ['    direction: local\n', '    direction: local\n    state: planned\n'],
    ],
    edit: [
      '    owner: dc-backup\n    via: backup',
      '    owner: dc-backup\n    propagate_deletions: true\n    via: backup',
    ],
    finds: ['warning replica-deletable'],
  },
];
