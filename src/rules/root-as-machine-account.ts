import { accountPurposes } from '../analyses/account-purposes.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const rootAsMachineAccount: Rule = {
  id: 'root-as-machine-account',
  severity: 'warning',
  summary: 'A machine logs in as `root`.',
  why: '`root@pam` may do everything on a PBS and no grant limits it. Its secret then lies on the machine that backs up: whoever takes that over deletes the backups, too.',
  fix: 'Make a user in the realm `pbs` and a token for it; its rights are derived from what it is used for.',
  example: {
    bad: 'pve: { kind: pbs, on: pbs, id: root@pam, secret: pbs-root }',
    good: 'pve: { kind: pbs, on: pbs, id: "pve@pbs!node", secret: pbs-pve }',
  },
  *check({ topology }) {
    for (const [account, [first]] of accountPurposes(topology)) {
      if (account.kind === 's3' || first === undefined) continue;
      const isRoot = account.kind === 'ssh' ? account.spec.user === 'root' : account.user === 'root@pam';
      if (!isRoot) continue;
      const key = account.kind === 'ssh' ? 'user' : 'id';
      const name = account.kind === 'ssh' ? account.spec.user : account.spec.id;
      yield {
        message: `account \`${account.key}\` is \`${name}\` on \`${account.on.key}\`, used for ${first.text}`,
        place: atValue([...account.path, key]),
        related: [{ message: 'used here', place: atValue(first.path) }],
        help: account.kind === 'ssh' ? 'use a login of its own' : 'use a token of a user in the realm `pbs`',
      };
    }
  },
};
