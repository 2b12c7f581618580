import { s3Uses } from '../analyses/s3-uses.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const lifecycleUnderDatastore: Rule = {
  id: 'lifecycle-under-datastore',
  severity: 'warning',
  summary: 'A lifecycle rule of the provider works on the bucket of a datastore.',
  why: 'A chunk is as old as its first backup and in use as long as any backup needs it. A rule that expires objects by age deletes chunks of new backups; one that moves them to cold storage makes them unreadable until somebody thaws them, and every restore and verification fails.',
  fix: 'Take the rule off the bucket: retention and garbage collection of PBS decide what goes.',
  example: {
    bad: 'buckets: { pbs: { provider: aws, lifecycle: expire } }  # of a datastore',
    good: 'buckets: { pbs: { provider: aws, lifecycle: none } }',
  },
  *check({ topology }) {
    for (const { what, kind, bucket, path } of s3Uses(topology)) {
      const { lifecycle = 'none' } = bucket.spec;
      if (kind !== 'datastore' || lifecycle === 'none') continue;
      const effect =
        lifecycle === 'expire'
          ? 'expires chunks that are in use'
          : 'moves chunks to where PBS cannot read them';
      yield {
        // What it takes is gone; what it moves can be had back.
        severity: lifecycle === 'expire' ? 'error' : 'warning',
        message: `${what} lies in bucket \`${bucket.key}\`, whose lifecycle rule ${effect}`,
        place: atValue(path),
        related: [{ message: 'the rule', place: atValue([...bucket.path, 'lifecycle']) }],
        help: 'take the rule off the bucket',
      };
    }
  },
};
