/** Diagnostics of iSCSI sessions. */
import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const iscsiCodes = {
  'iscsi-session-conflict': {
    severity: 'error',
    summary: 'Two datastores share one iSCSI session and want it to log in differently.',
    why: 'LUNs of one target at one portal come by one session, which has one credential: the last one written would win.',
    fix: 'Name the same `chap` for both, or put the LUNs on targets of their own.',
  },
} as const satisfies CodeTable;
