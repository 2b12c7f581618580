import { accountPurposes, type Purpose } from '../analyses/account-purposes.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const accountShared: Rule = {
  id: 'account-shared',
  severity: 'warning',
  summary: 'One account serves several purposes.',
  why: 'Its rights are the sum of what all of them need, so each of them may do what only another one must, and each machine that holds the secret owns the backups of the others. Taking it away from one stops all.',
  fix: 'Give each purpose an account of its own; tokens of one user each have rights of their own.',
  example: {
    bad: 'storages: { main: { account: backup, … } }\nflows: { pull: { kind: sync, direction: pull, owner: backup, … } }',
    good: 'flows: { pull: { kind: sync, direction: pull, owner: replica, … } }',
  },
  *check({ topology }) {
    for (const [account, purposes] of accountPurposes(topology)) {
      // Keys of S3 have a rule of their own (`s3-key-shared`).
      if (account.kind === 's3' || purposes.length < 2) continue;
      const distinct = [...new Map(purposes.map(purpose => [purpose.text, purpose] as const)).values()];
      if (distinct.length < 2) continue;
      const id = account.kind === 'ssh' ? account.spec.user : account.spec.id;
      yield {
        message: `account \`${account.key}\` (\`${id}\`) serves ${distinct.length} purposes: ${listOf(distinct)}`,
        place: atKey(account.path),
        related: distinct
          .slice(0, 8)
          .map(({ text, path }) => ({ message: `used here: ${text}`, place: atValue(path) })),
        help: 'give each of them an account of its own',
      };
    }
  },
};

const listOf = (purposes: readonly Purpose[]): string => {
  const texts = purposes.map(({ text }) => text);
  return texts.length > 4 ? [...texts.slice(0, 3), `${texts.length - 3} more`].join(', ') : texts.join(', ');
};
