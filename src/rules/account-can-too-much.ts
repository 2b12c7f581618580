import {
  AUDIT_MASK,
  declaredGrants,
  isPathWithin,
  needsByAccount,
  requiredMask,
  roleMask,
} from '../analyses/access-judge.ts';
import type { AccessNeed } from '../analyses/access-needs.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { privilegeNames } from '../proxmox/pbs-roles.ts';
import type { Rule } from './rule.ts';

export const accountCanTooMuch: Rule = {
  id: 'account-can-too-much',
  severity: 'warning',
  summary: 'An account that a flow uses is granted more than its flows need.',
  why: 'Its secret lies on the machine that uses it. Whoever takes that machine over has these rights as well: with `Datastore.Prune` or `Datastore.Modify` the backups are gone together with what they are for.',
  fix: 'Leave the grant out: what flows need is derived. Give people and monitoring accounts of their own.',
  example: {
    bad: 'pve: { kind: pbs, on: pbs, id: "pve@pbs!node", grants: [{ role: DatastoreAdmin, path: /datastore/main }] }',
    good: 'pve: { kind: pbs, on: pbs, id: "pve@pbs!node" }',
  },
  *check({ topology, access }) {
    const needs = needsByAccount(access);
    for (const { account, index, role, path } of declaredGrants(topology, access)) {
      const needed = needs.get(account);
      if (needed === undefined) continue;
      const extra = roleMask(role) & ~AUDIT_MASK & ~neededOn(path, needed);
      if (extra === 0) continue;
      const names = privilegeNames(extra).map(name => `\`${name}\``);
      const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
      yield {
        message: `\`${account.spec.id}\` is granted \`${role}\` on \`${path}\`: its flows do not need ${shown.join(', ')} there`,
        place: atValue([...account.path, 'grants', index, 'role']),
        related: needed.slice(0, 8).map(({ why, causes }) => ({
          message: `used for ${why}`,
          place: atValue(causes[0] ?? account.path),
        })),
        help: `enough is ${[...new Set(needed.map(need => `\`${need.role}\` on \`${need.path}\``))].join(', ')}`,
      };
    }
  },
};

/** What is needed on all of a path, and so on the path itself. */
const neededOn = (path: string, needs: readonly AccessNeed[]): number =>
  needs
    .filter(need => isPathWithin(path, need.path))
    .reduce((mask, need) => mask | requiredMask(need) | roleMask(need.role), 0);
