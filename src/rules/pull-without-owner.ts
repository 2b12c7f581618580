import { isActive } from '../analyses/in-use.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const pullWithoutOwner: Rule = {
  id: 'pull-without-owner',
  severity: 'warning',
  summary: 'A sync has no `owner`, so what it copies belongs to `root@pam`.',
  why: 'Groups of `root@pam` can be read, pruned or continued by nobody but root: another sync or a backup into the same namespace fails the owner check, and an account for restores needs `Datastore.Read`.',
  fix: 'Name an account of the PBS that runs the job as `owner`; its rights are derived.',
  example: {
    bad: 'pull: { kind: sync, direction: pull, from: main, to: "copy:home", account: reader, via: tunnel }',
    good: 'pull: { kind: sync, direction: pull, from: main, to: "copy:home", account: reader, owner: replica, via: tunnel }',
  },
  *check({ topology }) {
    for (const flow of topology.flows.values()) {
      // A push leaves its groups to the account on the other PBS.
      if (flow.kind !== 'sync' || !isActive(flow) || flow.direction === 'push' || flow.owner !== undefined)
        continue;
      yield {
        message: `sync \`${flow.key}\` has no owner: what it copies belongs to \`root@pam\``,
        place: atKey(flow.path),
        help: `set \`owner:\` to an account on \`${flow.runsOn.key}\``,
      };
    }
  },
};
