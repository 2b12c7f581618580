import { accountPurposes } from '../analyses/account-purposes.ts';
import { activeOnes } from '../analyses/in-use.ts';
import { atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Account, S3Account } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

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
      if (account.kind !== 'pbs' && account.kind !== 'ssh') continue;
      const isRoot = account.kind === 'ssh' ? account.spec.user === 'root' : account.user === 'root@pam';
      if (isRoot && first !== undefined) yield machineRoot(account, `used for ${first.text}`, first.path);
    }
    // No flow logs in to PVE; a token is for a machine all the same.
    for (const account of activeOnes(topology.accounts)) {
      if (account.kind !== 'pve' || account.token === undefined || account.user !== 'root@pam') continue;
      yield machineRoot(account, 'and tokens are for machines');
    }
  },
};

function machineRoot(account: Exclude<Account, S3Account>, why: string, use?: TopologyPath): Finding {
  const [key, name] = account.kind === 'ssh' ? ['user', account.spec.user] : ['id', account.spec.id];
  return {
    message: `account \`${account.key}\` is \`${name}\` on \`${account.on.key}\`, ${why}`,
    place: atValue([...account.path, key]),
    ...(use && { related: [{ message: 'used here', place: atValue(use) }] }),
    help:
      account.kind === 'ssh'
        ? 'use a login of its own'
        : `use a token of a user in the realm \`${account.kind}\``,
  };
}
