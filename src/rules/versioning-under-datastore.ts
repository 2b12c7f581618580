import { s3Uses } from '../analyses/s3-uses.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const versioningUnderDatastore: Rule = {
  id: 'versioning-under-datastore',
  severity: 'warning',
  summary: 'A datastore lies in a bucket that keeps versions.',
  why: 'What garbage collection deletes stays as an old version and is billed for ever: the bucket only grows, while PBS shows the space as free.',
  fix: 'Switch versioning off for the bucket, or let a lifecycle rule of the provider remove noncurrent versions.',
  example: {
    bad: 'buckets: { pbs: { provider: wasabi, versioning: true } }  # of a datastore',
    good: 'buckets: { pbs: { provider: wasabi } }',
  },
  *check({ topology }) {
    for (const { what, kind, bucket, path } of s3Uses(topology)) {
      // A lock keeps versions by itself and has a rule of its own.
      if (kind !== 'datastore' || bucket.spec.versioning !== true || bucket.spec.object_lock) continue;
      yield {
        message: `${what} lies in bucket \`${bucket.key}\`, which keeps every version: garbage collection frees nothing there`,
        place: atValue(path),
        related: [{ message: 'versioning', place: atValue([...bucket.path, 'versioning']) }],
        help: 'switch versioning off, or remove noncurrent versions by a rule of the provider',
      };
    }
  },
};
