import { disabledBy, isExpired, needsByAccount, startOfDay } from '../analyses/access-judge.ts';
import { activeOnes } from '../analyses/in-use.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { once } from '../once.ts';
import type { Rule } from './rule.ts';

/** Time in which somebody can still be found to renew it. */
const SOON_DAYS = 30;
const DAY = 86_400;

export const accountExpires: Rule = {
  id: 'account-expires',
  severity: 'warning',
  summary: 'An account has expired, or will within 30 days of the day given by `--as-of`.',
  why: 'From that second on nobody can log in with it, and everything that does so fails at once.',
  fix: 'Write a later `expire`, or 0; or make another account and retire this one.',
  example: {
    bad: 'watch: { kind: pbs, on: pbs, id: "watch@pbs", expire: 1772323200 }  # and offsite check --as-of 2026-02-20',
    good: 'watch: { kind: pbs, on: pbs, id: "watch@pbs" }',
  },
  *check({ topology, access, asOf }) {
    const today = startOfDay(asOf);
    const missed = once(() => {
      const needs = needsByAccount(access);
      return new Set(
        [...disabledBy(topology, asOf)].flatMap(([one, cause]) => (needs.has(one) ? [cause] : [])),
      );
    });
    for (const account of activeOnes(topology.accounts)) {
      if (account.kind !== 'pbs' && account.kind !== 'pve') continue;
      const { key, path, spec } = account;
      const { expire = 0 } = spec;
      if (expire === 0) continue;
      const hasExpired = isExpired(account, asOf);
      if (!hasExpired && (asOf === undefined || expire >= today + SOON_DAYS * DAY)) continue;
      // What cannot work because of it is an error of its own.
      if (hasExpired && account.kind === 'pbs' && missed().has(account)) continue;
      const days = Math.floor((expire - today) / DAY);
      const when = new Date(expire * 1000).toISOString().slice(0, 10);
      yield {
        message: hasExpired
          ? `account \`${key}\` (\`${spec.id}\`) expired on ${when}`
          : `account \`${key}\` (\`${spec.id}\`) expires on ${when}, ${days === 1 ? '1 day' : `${days} days`} after ${asOf}`,
        place: atValue([...path, 'expire']),
        help: 'write a later `expire`, or retire the account',
      };
    }
  },
};
