import { s3Uses } from '../analyses/s3-uses.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const keyOfOtherAccount: Rule = {
  id: 'key-of-other-account',
  severity: 'warning',
  summary: 'An S3 key belongs to another provider account than the bucket that it is used for.',
  why: 'A key reaches the buckets of its own account: unless the bucket lets that other account in, every request is refused.',
  fix: 'Use a key of the account that owns the bucket, or correct `provider_account`.',
  example: {
    bad: 'buckets: { pbs: { provider: wasabi, provider_account: one, … } }\naccounts: { key: { kind: s3, provider_account: two, … } }',
  },
  *check({ topology }) {
    const reported = new Set<string>();
    for (const { account, bucket, what, accountPath } of s3Uses(topology)) {
      const [own, other] = [bucket.spec.provider_account, account.spec.provider_account];
      if (own === undefined || other === undefined || own === other) continue;
      const pair = `${account.key} ${bucket.key}`;
      if (reported.has(pair)) continue;
      reported.add(pair);
      yield {
        message: `S3 key \`${account.key}\` is in provider account \`${other}\`, and bucket \`${bucket.key}\` in \`${own}\``,
        place: atValue([...account.path, 'provider_account']),
        related: [
          { message: 'the account of the bucket', place: atValue([...bucket.path, 'provider_account']) },
          { message: `used by ${what}`, place: atValue(accountPath) },
        ],
        help: `use a key of \`${own}\`, or correct \`provider_account\``,
      };
    }
  },
};
