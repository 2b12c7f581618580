import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const pbsPruneCodes = {
  'retention-without-schedule': {
    severity: 'error',
    summary: 'The retention of a datastore or namespace says what to keep, and not when to prune.',
    why: 'PBS prunes by a job with a schedule of its own. Without it nothing is ever removed and the store fills up.',
    fix: 'Add a `schedule` to the retention, outside the hours in which backups run.',
    example: {
      bad: 'retention: { keep_daily: 7 }',
      good: 'retention: { keep_daily: 7, schedule: "03:30" }',
    },
  },
} as const satisfies CodeTable;
