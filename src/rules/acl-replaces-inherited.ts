import { aclTree, declaredGrants, roleMask } from '../analyses/access-judge.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { type AclNode, rolesOf } from '../proxmox/pbs-acl-tree.ts';
import type { Rule } from './rule.ts';

export const aclReplacesInherited: Rule = {
  id: 'acl-replaces-inherited',
  severity: 'warning',
  summary: 'A granted role has no effect, since another entry for the same account replaces it.',
  why: 'PBS takes the entries of the deepest path and forgets those above it, and `NoAccess` beside another role of the same account and path leaves only one of them, whichever the file names last. Inherited roles are repeated on deeper paths when files are rendered; what `NoAccess` takes away is not.',
  fix: 'Leave out `NoAccess`, or the role that it takes away.',
  example: {
    bad: 'grants: [{ role: DatastoreReader, path: /datastore/main }, { role: NoAccess, path: /datastore/main }]',
    good: 'grants: [{ role: DatastoreReader, path: /datastore/main }, { role: NoAccess, path: /datastore/main/private }]',
  },
  *check({ topology, access }) {
    const trees = new Map<object, AclNode>();
    for (const { account, index, role, path, access: own } of declaredGrants(topology, access)) {
      const tree = trees.get(own) ?? aclTree(own);
      trees.set(own, tree);
      const has = [...rolesOf(tree, account.spec.id, path).keys()];
      const mask = has.reduce((sum, name) => sum | roleMask(name), 0);
      if ((roleMask(role) & ~mask) === 0) continue;
      const grants = account.spec.grants ?? [];
      const other = grants.findIndex(grant => grant.role === 'NoAccess' && grant.path === path);
      yield {
        message: `\`${role}\` of \`${account.spec.id}\` on \`${path}\` has no effect: ${has.map(name => `\`${name}\``).join(', ')} replaces it`,
        place: atValue([...account.path, 'grants', index, 'role']),
        ...(other >= 0 && {
          related: [
            { message: 'this entry wins', place: atValue([...account.path, 'grants', other, 'role']) },
          ],
        }),
        help: 'keep one of the two',
      };
    }
  },
};
