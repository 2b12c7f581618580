/** Diagnostics of `vzdump.conf`. */
import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const vzdumpConfCodes = {
  'tmpdir-conflict': {
    severity: 'error',
    summary: 'Two flows want different temporary directories on one node.',
    why: '`tmpdir` stands in `/etc/vzdump.conf`, once per node: one of the two flows would use the other one’s directory.',
    fix: 'Give both flows the same `tmpdir`, or run them on different nodes with `node`.',
  },
} as const satisfies CodeTable;
