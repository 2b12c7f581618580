import { aclTree, declaredGrants, roleMask } from '../analyses/access-judge.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { isTokenId, userOfAuthId } from '../proxmox/identifiers.ts';
import type { AclNode } from '../proxmox/pbs-acl-tree.ts';
import { privilegesOn } from '../proxmox/pbs-acl-tree.ts';
import { privilegeNames } from '../proxmox/pbs-roles.ts';
import type { Rule } from './rule.ts';

export const tokenExceedsUser: Rule = {
  id: 'token-exceeds-user',
  severity: 'warning',
  summary: 'A token is granted more than its user has.',
  why: 'PBS lets a token do what both it and its user may. The rest of the grant is written into `acl.cfg` and gives nothing.',
  fix: 'Grant the same role to the user, or take it from the token.',
  example: {
    bad: 'user: { kind: pbs, on: pbs, id: admin@pbs, derive_grants: false }\ntoken: { kind: pbs, on: pbs, id: "admin@pbs!x", grants: [{ role: DatastoreReader, path: /datastore/main }] }',
  },
  *check({ topology, access }) {
    const trees = new Map<object, AclNode>();
    for (const { account, index, role, path, access: own } of declaredGrants(topology, access)) {
      const { id } = account.spec;
      if (!isTokenId(id)) continue;
      const tree = trees.get(own) ?? aclTree(own);
      trees.set(own, tree);
      const user = userOfAuthId(id);
      const without = roleMask(role) & ~privilegesOn(tree, user, path);
      if (without === 0) continue;
      const names = privilegeNames(without).map(name => `\`${name}\``);
      yield {
        message: `token \`${id}\` is granted \`${role}\` on \`${path}\`, of which its user \`${user}\` lacks ${names.join(', ')}`,
        place: atValue([...account.path, 'grants', index, 'role']),
        help: `grant \`${role}\` on \`${path}\` to \`${user}\`, too, or leave it out here`,
      };
    }
  },
};
