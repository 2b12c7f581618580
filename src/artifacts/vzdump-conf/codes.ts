/** Diagnostics of `vzdump.conf`. */
import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const vzdumpConfCodes = {
  'tmpdir-conflict': {
    severity: 'error',
    summary: 'Two flows want different temporary directories on one node.',
    why: '`tmpdir` stands in `/etc/vzdump.conf`, once per node: one of the two flows would use the other one’s directory.',
    fix: 'Give both flows the same `tmpdir`, or run them on different nodes with `node`.',
  },
  'tmpdir-on-network': {
    severity: 'warning',
    summary: 'The temporary directory of vzdump lies on a network storage.',
    why: 'It is there so that unprivileged containers need no file server: their mapped ids may not write to one that squashes them, and their dump then fails at once. All other data of a dump crosses the network twice.',
    fix: 'Name a directory on a disk of the node, with room for the largest container, or leave `tmpdir` out: `/var/tmp` is taken where it is needed.',
    example: { bad: 'tmpdir: /mnt/pve/nas-dump/tmp', good: 'tmpdir: /var/tmp' },
  },
} as const satisfies CodeTable;
