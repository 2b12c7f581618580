import type { Mistake } from '../mistake.ts';

export const schedulesMistakes: readonly Mistake[] = [
  {
    name: 'midnight as 24:00',
    edit: ['    schedule: "01:00"', '    schedule: "24:00"'],
    finds: ['error calendar-hour-24'],
  },
  {
    name: 'an hour of 30',
    edit: ['    schedule: "01:00"', '    schedule: "30:15"'],
    finds: ['error calendar-hour-24'],
  },
  {
    name: 'cron syntax',
    edit: ['    schedule: "01:00"', '    schedule: "0 1 * * *"'],
    finds: ['error calendar-cron'],
  },
  {
    name: 'a time with am',
    edit: ['    schedule: "01:00"', '    schedule: "1:00 am"'],
    finds: ['error calendar-12-hour'],
  },
  {
    name: 'an hour alone',
    edit: ['    schedule: "01:00"', '    schedule: "1"'],
    finds: ['error calendar-lone-number'],
  },
  {
    name: 'the last day of the month, which only some months have',
    edit: ['schedule: "*-*-01 02:00"', 'schedule: "*-*-31 02:00"'],
    finds: ['warning calendar-skips-months'],
  },
  {
    name: 'every hour at half past',
    edit: ['    schedule: "01:00"', '    schedule: "*:30"'],
    finds: [
      'warning windows-overlap at datastores/backups/gc',
      'warning retention-shorter-than-billing at datastores/wasabi/namespaces/retention',
      'error chain-overtakes at flows/home-vzdump-weekly/schedule',
      'error chain-overtakes at flows/home-vzdump-monthly/schedule',
      'error chain-overtakes at flows/home-to-dc/schedule',
    ],
  },
  {
    name: 'a date that does not exist',
    edit: ['schedule: "*-*-01 02:00"', 'schedule: "*-02-30 02:00"'],
    finds: ['error calendar-never-fires'],
  },
  {
    name: 'the weekly job monthly',
    edit: ['schedule: "sun 02:00"', 'schedule: "*-*-01 02:00"'],
    finds: ['warning windows-overlap'],
    brings: ['pruned-before-replicated'],
  },
  {
    name: 'the nightly job weekly',
    edit: ['    schedule: "01:00"', '    schedule: "sun 01:00"'],
    finds: [
      'warning retention-surprise at datastores/dc-main/namespaces/retention',
      'warning retention-surprise at datastores/wasabi/namespaces/retention',
    ],
  },
  {
    name: 'a weekday misspelt',
    edit: ['schedule: "sat 08:00"', 'schedule: "sta 08:00"'],
    finds: ['error calendar-syntax'],
  },
  {
    name: 'a weekday in German',
    edit: ['schedule: "sat 08:00"', 'schedule: "Sa 08:00"'],
    finds: ['error calendar-syntax'],
  },
  {
    name: 'weekdays with a dash',
    edit: ['schedule: "sat 08:00"', 'schedule: "mon-fri 08:00"'],
    finds: ['error calendar-dash-range'],
  },
  {
    name: 'replication while the backup runs',
    edit: ['    schedule: "05:00"', '    schedule: "01:15"'],
    finds: ['error chain-overtakes'],
    brings: ['windows-overlap'],
  },
  {
    name: 'replication before the backup',
    edit: ['    schedule: "05:00"', '    schedule: "00:30"'],
    finds: ['warning expect-after-never-before'],
  },
  {
    name: 'hours for minutes',
    edit: ['    takes: 60m', '    takes: 60h'],
    finds: [
      'warning windows-overlap at datastores/backups/retention',
      'warning windows-overlap at datastores/backups/gc',
      'warning windows-overlap at flows/dc-backup/schedule',
      'warning windows-overlap at flows/nas-to-nas/schedule',
      'warning longer-than-its-interval at flows/home-to-dc/schedule',
      'error chain-overtakes at flows/dc-to-wasabi/schedule',
    ],
  },
  {
    name: 'days for hours',
    edit: ['    takes: 3h', '    takes: 3d'],
    finds: [
      'warning windows-overlap at flows/dc-to-wasabi/schedule',
      'warning longer-than-its-interval at flows/nas-to-wasabi/schedule',
    ],
  },
  {
    name: 'the backup after what copies it',
    edit: ['    schedule: "01:00"', '    schedule: "04:30"'],
    finds: [
      'warning expect-after-never-before at flows/home-vzdump-weekly/schedule',
      'warning expect-after-never-before at flows/home-vzdump-monthly/schedule',
      'error chain-overtakes at flows/home-to-dc/schedule',
    ],
  },
  {
    name: 'no schedule',
    edit: ['    schedule: "01:00"\n', ''],
    finds: ['error schedule-required at flows/home-backup'],
  },
  {
    name: 'a flow after itself',
    edit: ['    expect_after: home-to-dc', '    expect_after: dc-to-wasabi'],
    finds: ['error expect-after-cycle'],
    brings: ['chain-overtakes'],
  },
  {
    name: 'flows in a circle',
    edit: [
      '    takes: 50m\n    comment: All guests at home',
      '    takes: 50m\n    expect_after: home-to-dc\n    comment: All guests at home',
    ],
    finds: ['error expect-after-cycle'],
    brings: ['expect-after-never-before'],
  },
  {
    name: 'a flow after one that is not there',
    edit: ['    expect_after: home-to-dc', '    expect_after: home-to-cd'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'a trigger and a schedule',
    edit: ['    expect_after: home-to-dc', '    trigger: { after: home-to-dc }'],
    finds: ['error trigger-and-schedule at flows/dc-to-wasabi/schedule'],
  },
  {
    name: 'a trigger on another host',
    edit: [
      '    schedule: "06:30" # assumed: daily, the hour is not known\n',
      '    trigger: { after: home-backup }\n',
    ],
    finds: ['warning expect-after-never-before', 'error trigger-elsewhere'],
    brings: ['windows-overlap'],
  },
  {
    name: 'replication switched off',
    edit: ['    comment: Replica of home', '    disabled: true\n    comment: Replica of home'],
    finds: ['warning expect-after-never-before at flows/dc-to-wasabi/expect_after'],
  },
  {
    name: 'the backup switched off',
    edit: ['    comment: All guests at home', '    disabled: true\n    comment: All guests at home'],
    finds: [
      'warning datastore-without-flow at datastores/backups',
      'warning expect-after-never-before at flows/home-vzdump-weekly/expect_after',
      'warning expect-after-never-before at flows/home-vzdump-monthly/expect_after',
      'warning expect-after-never-before at flows/home-to-dc/expect_after',
    ],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'no schedule of the replica',
    edit: ['    schedule: "05:00"\n', ''],
    finds: ['warning flow-never-starts at flows/home-to-dc'],
  },
  {
    name: 'no duration',
    edit: ['    takes: 50m\n    comment: All guests at home', '    comment: All guests at home'],
    finds: ['info duration-unknown at flows/home-backup'],
  },
  {
    name: 'a copy while the dump is written',
    edit: ['    schedule: "03:20"', '    schedule: "02:30"'],
    finds: ['error chain-overtakes', 'warning windows-overlap'],
  },
];
