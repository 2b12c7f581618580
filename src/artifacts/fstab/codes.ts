/** Diagnostics of mounts. */
import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const fstabCodes = {
  'contradictory-mount-options': {
    severity: 'error',
    summary: 'Two mount options say opposite things.',
    why: 'mount(8) takes the last one of most pairs, and file systems differ: what holds is not what one reads.',
    fix: 'Keep the one that is meant.',
  },
  'mount-option-refused': {
    severity: 'error',
    summary: 'A mount option does not fit a datastore, or is not an option.',
    why: 'With an automount or `noauto` PBS starts before its datastore is there; read-only, no backup succeeds.',
    fix: 'Leave the option out.',
  },
  'mountpoint-refused': {
    severity: 'error',
    summary: 'A path cannot be a mount point of ours.',
    why: 'Mounting over a directory of the system hides what is in it; systemd has no unit name for very long paths.',
    fix: 'Use a directory of its own, such as /mnt/datastore/NAME.',
  },
  'mountpoint-twice': {
    severity: 'error',
    summary: 'Two different things would be mounted at one path of a host.',
    why: 'systemd knows one unit per path and takes one of the two lines; the other datastore then lies in the wrong place.',
    fix: 'Give one of them another path, or make source and options equal if they are the same file system.',
  },
  'share-not-mountable': {
    severity: 'error',
    summary: 'A host needs a share that it cannot mount.',
    why: 'Only NFS exports of another host are mounted. For a share of its own a host needs no mount.',
    fix: 'Use `protocol: nfs`, or run the flow on the host of the share.',
  },
} as const satisfies CodeTable;
