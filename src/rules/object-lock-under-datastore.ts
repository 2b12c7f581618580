import { s3Uses } from '../analyses/s3-uses.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const objectLockUnderDatastore: Rule = {
  id: 'object-lock-under-datastore',
  severity: 'warning',
  summary: 'A datastore lies in a bucket with object lock.',
  why: 'PBS knows nothing of locks: what garbage collection deletes stays as a locked version and is billed. And the lock of a chunk runs from its first upload, so chunks that newer backups use again are not locked any more.',
  fix: 'Use a bucket without object lock for PBS; let a bucket with lock take files by rclone.',
  example: {
    bad: 'buckets: { pbs: { provider: aws, object_lock: { mode: governance, for: 30d } } }  # of a datastore',
    good: 'buckets: { pbs: { provider: aws } }',
  },
  *check({ topology }) {
    for (const { what, kind, bucket, path } of s3Uses(topology)) {
      if (kind !== 'datastore' || bucket.spec.object_lock === undefined) continue;
      yield {
        message: `${what} lies in bucket \`${bucket.key}\`, whose object lock keeps what garbage collection deletes`,
        place: atValue(path),
        related: [{ message: 'the lock', place: atKey([...bucket.path, 'object_lock']) }],
        help: 'use a bucket without object lock for PBS',
      };
    }
  },
};
