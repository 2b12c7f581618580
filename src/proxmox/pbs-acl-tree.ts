/**
 * Effective privileges in PBS. Built once from the entries of an `acl.cfg`, then asked per auth id and path.
 * Sources: `pbs-config/src/acl.rs` (tree), `pbs-config/src/cached_user_info.rs` (tokens, root@pam).
 */
import { isTokenId, userOfAuthId } from './identifiers.ts';
import { pbsRole } from './pbs-roles.ts';

export interface AclEntry {
  readonly propagate: boolean;
  readonly path: string;
  readonly authIds: readonly string[];
  readonly roles: readonly string[];
}

/** Roles of one auth id on one node: role → whether it reaches the nodes below. */
export type RoleMap = ReadonlyMap<string, boolean>;

export interface AclNode {
  readonly children: ReadonlyMap<string, AclNode>;
  /** By auth id; `@group` entries are kept under their written name, groups have no effect. */
  readonly roles: ReadonlyMap<string, RoleMap>;
}

interface OpenNode {
  readonly children: Map<string, OpenNode>;
  readonly roles: Map<string, Map<string, boolean>>;
}

const NO_ACCESS = 'NoAccess';
const ROOT = 'root@pam';
const NO_ROLES: RoleMap = new Map();
const ONLY_NO_ACCESS: RoleMap = new Map([[NO_ACCESS, false]]);

/** Components of a path; empty ones are dropped, so `datastore//a/` is `/datastore/a`. */
export const aclComponents = (path: string): string[] =>
  path.split('/').filter(component => component !== '');

/**
 * Builds the tree. The order of entries matters: `NoAccess` removes the roles before it of the same id and path, and
 * any other role removes `NoAccess`; a role given twice keeps the last propagation.
 */
export function buildAclTree(entries: Iterable<AclEntry>): AclNode {
  const root = newNode();
  for (const { propagate, path, authIds, roles } of entries) {
    const node = openNode(root, path);
    for (const authId of authIds) for (const role of roles) addRole(node, authId, role, propagate);
  }
  return root;
}

const newNode = (): OpenNode => ({ children: new Map(), roles: new Map() });

function openNode(root: OpenNode, path: string): OpenNode {
  let node = root;
  for (const component of aclComponents(path)) {
    const child = node.children.get(component) ?? newNode();
    node.children.set(component, child);
    node = child;
  }
  return node;
}

function addRole(node: OpenNode, authId: string, role: string, propagate: boolean): void {
  const roles = node.roles.get(authId) ?? new Map<string, boolean>();
  node.roles.set(authId, roles);
  if (role === NO_ACCESS) roles.clear();
  else roles.delete(NO_ACCESS);
  roles.set(role, propagate);
}

/**
 * The roles that apply to exactly this auth id on a path. Each node on the way that has any **replaces** what was
 * inherited; several on one node add up. The user of a token does not count here.
 */
export function rolesOf(tree: AclNode, authId: string, path: string): RoleMap {
  const components = aclComponents(path);
  let node = tree;
  let roles = rolesAt(node, authId, components.length === 0);
  for (const [index, component] of components.entries()) {
    const child = node.children.get(component);
    if (child === undefined) return roles;
    node = child;
    const own = rolesAt(node, authId, index === components.length - 1);
    if (own.size > 0) roles = own;
  }
  return roles;
}

function rolesAt(node: AclNode, authId: string, leaf: boolean): RoleMap {
  const roles = node.roles.get(authId);
  if (roles === undefined) return NO_ROLES;
  if (!leaf) {
    for (const propagate of roles.values()) if (!propagate) return reachingBelow(roles);
  }
  return roles.has(NO_ACCESS) ? ONLY_NO_ACCESS : roles;
}

function reachingBelow(roles: RoleMap): RoleMap {
  const applying = new Map([...roles].filter(([, propagate]) => propagate));
  return applying.has(NO_ACCESS) ? ONLY_NO_ACCESS : applying;
}

/**
 * Effective privileges on a path as a mask (`privilegeBit`). A token has what both its own and its user's entries
 * give; `root@pam` has all, its tokens only their own. Whether the user is enabled is not known here.
 */
export function privilegesOn(tree: AclNode, authId: string, path: string): number {
  if (!isTokenId(authId)) return userPrivileges(tree, authId, path);
  return roleMask(rolesOf(tree, authId, path)) & userPrivileges(tree, userOfAuthId(authId), path);
}

const userPrivileges = (tree: AclNode, user: string, path: string): number =>
  user === ROOT ? (pbsRole('Admin')?.mask ?? 0) : roleMask(rolesOf(tree, user, path));

function roleMask(roles: RoleMap): number {
  let mask = 0;
  for (const role of roles.keys()) mask |= pbsRole(role)?.mask ?? 0;
  return mask;
}
