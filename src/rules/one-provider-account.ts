import { isAtProvider, s3Uses } from '../analyses/s3-uses.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const oneProviderAccount: Rule = {
  id: 'one-provider-account',
  needsAll: true,
  severity: 'warning',
  summary: 'All buckets are in one account of one provider.',
  why: 'One stolen password, one unpaid bill or one mistake of the provider closes or empties them all: they count as one copy.',
  fix: 'Put one of them into another account, better at another provider.',
  example: {
    bad: 'buckets:\n  a: { provider: wasabi, provider_account: main, … }\n  b: { provider: wasabi, provider_account: main, … }',
    good: 'buckets:\n  b: { provider: backblaze, provider_account: second, … }',
  },
  *check({ topology }) {
    const used = [...new Set(s3Uses(topology).map(({ bucket }) => bucket))].filter(isAtProvider);
    const [first, ...others] = used;
    if (first === undefined || others.length === 0) return;
    const { provider_account: account, provider } = first.spec;
    const isSame = used.every(
      ({ spec }) => account !== undefined && spec.provider_account === account && spec.provider === provider,
    );
    if (!isSame) return;
    const names = used.slice(0, 4).map(({ key }) => `\`${key}\``);
    const rest = used.length > 4 ? ` and ${used.length - 4} more` : '';
    yield {
      message: `all buckets in use, ${names.join(', ')}${rest}, are in provider account \`${account}\` at ${provider}`,
      place: atValue([...first.path, 'provider_account']),
      related: others
        .slice(0, 8)
        .map(({ key, path }) => ({ message: `bucket \`${key}\``, place: atKey(path) })),
      help: 'count them as one copy, or move one of them to another account',
    };
  },
};
