import { bucketId, type S3Use, s3Uses } from '../analyses/s3-uses.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const s3KeyShared: Rule = {
  id: 's3-key-shared',
  severity: 'warning',
  summary: 'One S3 key is used for two buckets, or for a datastore and for files.',
  why: 'Each machine that holds the key reaches both tiers: whoever takes one of them over deletes the other one, too, and the copies are no longer independent.',
  fix: 'Make a key for each bucket.',
  example: {
    bad: 'datastores: { cloud: { s3: { bucket: pbs, account: key } } }\nflows: { files: { kind: rclone, to: archive, account: key } }',
    good: 'flows: { files: { kind: rclone, to: archive, account: archive-key } }',
  },
  *check({ topology }) {
    // Two accounts with one secret are one key.
    const groups = groupBy(s3Uses(topology), ({ account }) => account.secret);
    for (const uses of groups.values()) {
      const tiers = [...new Map(uses.map(use => [tierOf(use), use] as const)).values()];
      const [first, ...others] = tiers;
      if (first === undefined || others.length === 0) continue;
      yield {
        message: `S3 key \`${first.account.secret}\` serves ${tiers.map(({ what, bucket }) => `${what} in bucket \`${bucket.key}\``).join(' and ')}`,
        place: atKey(first.account.path),
        related: tiers.map(({ what, accountPath }) => ({
          message: `used by ${what}`,
          place: atValue(accountPath),
        })),
        help: 'make a key for each bucket',
      };
    }
  },
};

const tierOf = ({ bucket, kind }: S3Use): string => `${bucketId(bucket)} ${kind}`;
