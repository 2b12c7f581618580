/** Diagnostics of `jobs.cfg`. */
import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const pveJobCodes = {
  'schedule-required': {
    severity: 'error',
    summary: 'A backup job of PVE has no schedule.',
    why: 'PVE keeps a job without `schedule` as an undefined entry: the scheduler dies on it, and the jobs after it do not run.',
    fix: 'Give the flow a `schedule`; for a job that is started by hand add `disabled: true`.',
  },
} as const satisfies CodeTable;
