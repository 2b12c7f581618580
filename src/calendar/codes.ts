/** What the linter of calendar events reports. */
import type { CodeTable } from '../diagnostics/diagnostic.ts';

const invalid =
  'Proxmox cannot read it: the job never starts, and one bad schedule in `jobs.cfg` stops the jobs that sort after it.';

export const calendarCodes = {
  'calendar-syntax': {
    severity: 'error',
    summary: 'The text is no Proxmox calendar event.',
    why: invalid,
    fix: 'Write a keyword such as `daily`, or `[weekdays] [[year-]month-day] hour:minute`, for example `mon..fri 02:30`.',
  },
  'calendar-cron': {
    severity: 'error',
    summary: 'A schedule is written in cron syntax.',
    why: invalid,
    fix: 'Write the weekdays and the time: `0 3 * * 0` is `sun 03:00`.',
  },
  'calendar-lone-number': {
    severity: 'error',
    summary: 'A number stands alone where a time is meant.',
    why: 'Proxmox reads a lone number as a minute: `22` runs 24 times a day, at minute 22 of every hour.',
    fix: 'Write `22:00` for the hour, `*:22` for the minute.',
  },
  'calendar-bare-minutes': {
    severity: 'warning',
    summary: 'Minutes are written without an hour.',
    why: 'Proxmox reads `*/15` as minutes of every hour; readers and systemd do not.',
    fix: 'Write the hour as well: `*:0/15`.',
  },
  'calendar-hour-24': {
    severity: 'error',
    summary: 'The hour is above 23.',
    why: 'Proxmox then reads the pair as minute and second: `24:00` runs every hour at minute 24.',
    fix: 'Use hours 00 to 23; midnight is `00:00`.',
  },
  'calendar-time-list': {
    severity: 'error',
    summary: 'Several times are written as a list.',
    why: 'Proxmox knows no list of times: `01:00,02:00` is 01:00 and 01:02.',
    fix: 'List the hours (`1,2:00`) if the minute is the same; otherwise make two schedules.',
  },
  'calendar-never-fires': {
    severity: 'error',
    summary: 'The date does not exist.',
    why: 'Proxmox accepts the 30th of February, and the job never runs.',
    fix: 'Choose a day that exists.',
  },
  'calendar-past-year': {
    severity: 'error',
    summary: 'The year is past.',
    why: 'The job never runs again. Proxmox takes `30-01-01` as the year 30, too, where systemd would take 2030.',
    fix: 'Write the year with four digits, or leave it out.',
  },
  'calendar-uneven-step': {
    severity: 'warning',
    summary: 'A step does not divide its field.',
    why: 'Proxmox then skips the first values of each next period: `0/5:00` never runs at midnight.',
    fix: 'Write the values as a list, give the range an end (`0..23/5:00`), or take a step that divides 24 or 60.',
  },
  'calendar-short-month': {
    severity: 'warning',
    summary: 'A list of days has the 30th or 31st, and the first days of the month.',
    why: 'After a month without that day Proxmox goes on behind the days it overflowed by: `*-*-1,31` skips 1 March.',
    fix: 'Use days up to 28, or make two schedules.',
  },
  'calendar-skips-months': {
    severity: 'warning',
    summary: 'The day of a schedule is one that not every month has.',
    why: 'Proxmox skips such months and says nothing: a job on the 31st runs seven times a year.',
    fix: 'Use days up to 28, or the 1st of the next month.',
    example: { bad: 'schedule: "*-*-31 02:00"', good: 'schedule: "*-*-28 02:00"' },
  },
  'calendar-zone': {
    severity: 'error',
    summary: 'A time zone is written into the schedule.',
    why: invalid,
    fix: 'Leave it out: times are in the zone of the host that runs the job. Only the suffix `UTC` is allowed.',
  },
  'calendar-last-day': {
    severity: 'error',
    summary: 'A day is counted from the end of the month with `~`.',
    why: `systemd knows \`~\`, Proxmox does not. ${invalid}`,
    fix: 'Use day 28, or the 1st of the next month (`monthly`).',
  },
  'calendar-keyword-case': {
    severity: 'error',
    summary: 'A keyword is not in lower case.',
    why: invalid,
    fix: 'Write it in lower case: `daily`.',
  },
  'calendar-keyword-alone': {
    severity: 'error',
    summary: 'A keyword stands next to a date or time.',
    why: invalid,
    fix: 'A keyword stands alone; for a daily run at 02:00 write `02:00`.',
  },
  'calendar-dash-range': {
    severity: 'error',
    summary: 'A range is written with a dash.',
    why: invalid,
    fix: 'Ranges are written with two dots: `mon..fri`, `8..17:00`.',
  },
  'calendar-list-blank': {
    severity: 'error',
    summary: 'A comma is followed or preceded by a blank.',
    why: invalid,
    fix: 'Write lists without blanks: `mon,wed 03:00`.',
  },
  'calendar-12-hour': {
    severity: 'error',
    summary: 'The time is written with am or pm.',
    why: invalid,
    fix: 'Write the time in 24 hours: `2am` is `02:00`.',
  },
  'calendar-blanks': {
    severity: 'error',
    summary: 'Blanks surround the schedule.',
    why: 'PBS refuses what PVE trims.',
    fix: 'Remove them.',
  },
  'calendar-seconds': {
    severity: 'info',
    summary: 'The schedule names seconds.',
    why: 'PBS and PVE look at their schedules once a minute, at the full minute.',
    fix: 'Leave the seconds out.',
  },
  'calendar-too-long': {
    severity: 'error',
    summary: 'The schedule is longer than 128 characters.',
    why: '`jobs.cfg` allows 128 characters.',
    fix: 'Use ranges and steps, or make two schedules.',
  },
} as const satisfies CodeTable;

export type CalendarCode = keyof typeof calendarCodes;
