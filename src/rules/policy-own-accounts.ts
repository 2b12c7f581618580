import { accountPurposes } from '../analyses/account-purposes.ts';
import { listText } from '../analyses/schedule-text.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { requirement } from './require.ts';

export const policyOwnAccounts = requirement({
  id: 'policy-own-accounts',
  requirement: 'own_accounts',
  summary: 'The policy requires an account for each purpose, and one serves several.',
  why: 'Its rights are the sum of what all of them need, and each machine that holds the secret may do what only another one must.',
  fix: 'Give each purpose an account of its own, or grant an exception.',
  example: {
    bad: 'policy: { require: { own_accounts: true } }\nstorages: { main: { account: backup, … } }\nflows: { pull: { owner: backup, … } }',
    good: 'flows: { pull: { owner: replica, … } }',
  },
  *find({ topology }) {
    for (const [account, purposes] of accountPurposes(topology)) {
      const distinct = [...new Map(purposes.map(purpose => [purpose.text, purpose] as const)).values()];
      if (distinct.length < 2) continue;
      yield {
        message: `account \`${account.key}\` serves ${distinct.length} purposes: ${listText(distinct.map(({ text }) => text))}`,
        place: atKey(account.path),
        related: distinct
          .slice(0, 8)
          .map(({ text, path }) => ({ message: `used here: ${text}`, place: atValue(path) })),
        help: 'give each of them an account of its own',
      };
    }
  },
});
