import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const pbsSyncCodes = {
  'rates-on-local-sync': {
    severity: 'error',
    summary: 'A sync between two datastores of one PBS has bandwidth limits.',
    why: 'PBS ignores them: the copy runs at full speed although a limit was declared.',
    fix: 'Remove the limits. For a datastore in a bucket limit its endpoint: `s3.rates` of the datastore.',
    example: { bad: 'direction: local\nrates: { in: 20 MiB/s }', good: 'direction: local' },
  },
} as const satisfies CodeTable;
