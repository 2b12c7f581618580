/** The canonical form of PBS's `acl.cfg`: the order in which PBS saves it. Source: `pbs-config/src/acl.rs`. */
import { push } from '../../multimap.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { type AclEntry, type AclNode, buildAclTree } from '../../proxmox/pbs-acl-tree.ts';

/**
 * Writes entries as PBS would after reading them: nodes in byte order, per node first what does not propagate, ids
 * with the same roles on one line. Entries of `root@pam` are left out, it has everything.
 */
export function writePbsAcl(entries: readonly AclEntry[]): string {
  const lines: string[] = [];
  // An own stack: nothing limits the depth of a path in the file.
  const stack: { node: AclNode; path: string }[] = [{ node: buildAclTree(entries), path: '' }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, path } = next;
    lines.push(...nodeLines(node, path === '' ? '/' : path));
    const children = [...node.children].sort(([a], [b]) => byBytes(b, a));
    for (const [name, child] of children) stack.push({ node: child, path: `${path}/${name}` });
  }
  return lines.map(line => `${line}\n`).join('');
}

function nodeLines(node: AclNode, path: string): string[] {
  return [false, true].flatMap(propagate =>
    grouped(node, propagate).map(([ids, roles]) => {
      const list = roles.includes('NoAccess') ? 'NoAccess' : roles.join(',');
      return `acl:${propagate ? 1 : 0}:${path}:${ids}:${list}`;
    }),
  );
}

/** Joined id list → roles, both sorted: roles that the very same ids hold share a line. */
function grouped(node: AclNode, propagate: boolean): [string, string[]][] {
  const idsOfRole = new Map<string, string[]>();
  for (const [authId, roles] of node.roles) {
    if (authId === 'root@pam') continue;
    for (const [role, reaches] of roles) if (reaches === propagate) push(idsOfRole, role, authId);
  }
  const rolesOfIds = new Map<string, string[]>();
  for (const [role, ids] of idsOfRole) push(rolesOfIds, ids.sort(byBytes).join(','), role);
  return [...rolesOfIds]
    .map(([ids, roles]): [string, string[]] => [ids, roles.sort(byBytes)])
    .sort(([a], [b]) => byBytes(a, b));
}
