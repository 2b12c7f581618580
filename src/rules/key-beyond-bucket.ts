import { isAtProvider, s3Uses } from '../analyses/s3-uses.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const keyBeyondBucket: Rule = {
  id: 'key-beyond-bucket',
  severity: 'warning',
  summary: 'An S3 key reaches more than the bucket that it is for.',
  why: 'It lies on a machine that runs backups. Whoever takes that machine over deletes every bucket of the provider account, the other copies included.',
  fix: 'Make a key with the rendered bucket policy (under `_external/`), and set `scope: bucket`.',
  example: {
    bad: 'wasabi: { kind: s3, secret: wasabi, scope: account }',
    good: 'wasabi: { kind: s3, secret: wasabi, scope: bucket }',
  },
  *check({ topology }) {
    const unknown: string[] = [];
    for (const [account, uses] of groupBy(s3Uses(topology), use => use.account)) {
      if (account.spec.scope === 'account') {
        const [use] = uses;
        const names = [...new Set(uses.map(({ bucket }) => `\`${bucket.key}\``))];
        yield {
          message: `S3 key \`${account.key}\` reaches everything in its provider account, and is used for bucket ${names.join(', ')}`,
          place: atValue([...account.path, 'scope']),
          ...(use && { related: [{ message: `used by ${use.what}`, place: atValue(use.accountPath) }] }),
          help: 'make a key for the bucket alone',
        };
      }
      if (account.spec.scope === undefined && uses.some(({ bucket }) => isAtProvider(bucket)))
        unknown.push(account.key);
    }
    const [first] = unknown;
    if (first === undefined) return;
    const rest = unknown.length > 1 ? ` and ${unknown.length - 1} more` : '';
    yield {
      severity: 'info',
      message: `what S3 key \`${first}\`${rest} reaches is not declared: \`scope\` is missing`,
      place: atKey(['accounts', first]),
      related: unknown
        .slice(1, 9)
        .map(key => ({ message: `nor of \`${key}\``, place: atKey(['accounts', key]) })),
      help: '`scope: bucket`, or `scope: account` if it reaches more',
    };
  },
};
