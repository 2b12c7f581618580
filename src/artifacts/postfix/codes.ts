/** Diagnostics of mail relays. */
import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const postfixCodes = {
  'relay-conflict': {
    severity: 'error',
    summary: 'Two notifications of kind postfix want another relay, login or sender on one host.',
    why: 'Postfix has one relay for all mail of a host: one of the two would go by the wrong one.',
    fix: 'Give both the same `server`, `port`, `mode`, `username`, `secret` and `from_address`, or make one of them `kind: smtp`.',
  },
} as const satisfies CodeTable;
