/**
 * The access control list of each PBS: roles that flows need, roles that the topology declares, and what follows from
 * how PBS evaluates them (`pbs-config/src/acl.rs`, `cached_user_info.rs`):
 *
 * - a token may do what both it and its user may, so each grant to a token is one to its user as well;
 * - roles on a deeper path replace those from above, so what is inherited is repeated there;
 * - `NoAccess` stands alone: nothing is added to it, nothing inherited below it.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Host, PbsAccount, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { byBytes } from '../proxmox/byte-order.ts';
import { pbsRole } from '../proxmox/pbs-roles.ts';
import { type AccessNeed, accessNeeds } from './access-needs.ts';

export interface Grant {
  readonly authId: string;
  readonly path: string;
  readonly role: string;
  readonly propagate: boolean;
  /** Written in the topology; false: derived from a flow or storage. */
  readonly declared: boolean;
  readonly causes: readonly TopologyPath[];
}

export interface HostAccess {
  readonly host: Host;
  /** What flows need, whether or not it is granted (`derive_grants: false`). */
  readonly needs: readonly AccessNeed[];
  /** Sorted by path (component-wise), auth id, role. */
  readonly grants: readonly Grant[];
  /** What retired flows, storages and accounts had, and nothing needs any more. */
  readonly withdrawn: readonly Grant[];
}

export type Access = ReadonlyMap<Host, HostAccess>;

const NO_ACCESS = 'NoAccess';
const ROOT = 'root@pam';

/** The access of every PBS that has accounts; linear in accounts and flows. */
export function accessOf(topology: Topology): Access {
  const accounts = new Map<Host, PbsAccount[]>();
  for (const account of topology.accounts.values())
    if (account.kind === 'pbs' && account.state !== 'planned') push(accounts, account.on, account);
  const needs = new Map<Host, AccessNeed[]>();
  for (const need of accessNeeds(topology)) push(needs, need.host, need);
  const hosts = new Map<Host, HostAccess>();
  for (const [host, own] of accounts) {
    const until = needs.get(host) ?? [];
    const needed = until.filter(isActive);
    const grants = grantsOf(own.filter(isActive), needed);
    const retires = needed.length < until.length || !own.every(isActive);
    const withdrawn = retires ? without(grantsOf(own, until), grants) : [];
    hosts.set(host, { host, needs: needed, grants, withdrawn });
  }
  return hosts;
}

const isActive = ({ state }: { readonly state: string }): boolean => state === 'active';

function without(before: readonly Grant[], now: readonly Grant[]): Grant[] {
  const keyOf = ({ path, authId, role }: Grant): string => `${path} ${authId} ${role}`;
  const kept = new Set(now.map(keyOf));
  return before.filter(grant => !kept.has(keyOf(grant)));
}

function grantsOf(accounts: readonly PbsAccount[], needs: readonly AccessNeed[]): Grant[] {
  const closed = new Set<string>();
  for (const { spec } of accounts) if (spec.derive_grants === false) closed.add(spec.id);
  const byAuthId = new Map<string, Grant[]>();
  const add = (grant: Grant): void => {
    if (grant.authId !== ROOT) push(byAuthId, grant.authId, grant);
    const ofUser = userGrant(grant, closed);
    if (ofUser !== undefined && ofUser.authId !== ROOT) push(byAuthId, ofUser.authId, ofUser);
  };
  for (const { account, path, role, causes } of needs) {
    if (account.spec.derive_grants === false) continue;
    add({ authId: account.spec.id, path, role, propagate: true, declared: false, causes });
  }
  for (const account of accounts) for (const grant of declaredGrants(account)) add(grant);

  const grants: Grant[] = [];
  for (const own of byAuthId.values()) addInherited(grants, own);
  return grants.sort(inOrder);
}

const declaredGrants = ({ path: at, spec }: PbsAccount): readonly Grant[] =>
  spec.grants === undefined
    ? NO_GRANTS
    : spec.grants.map(({ path, role, propagate = true }, index) => ({
        authId: spec.id,
        path,
        role,
        propagate,
        declared: true,
        causes: [[...at, 'grants', index]],
      }));

/** The user of a token needs the same role, unless its rights are closed; `NoAccess` of one token is not its user's. */
function userGrant(
  { authId: token, path, role, propagate, causes }: Grant,
  closed: ReadonlySet<string>,
): Grant | undefined {
  const bang = token.indexOf('!');
  if (bang < 0 || role === NO_ACCESS) return undefined;
  const authId = token.slice(0, bang);
  return closed.has(authId) ? undefined : { authId, path, role, propagate, declared: false, causes };
}

const inOrder = (a: Grant, b: Grant): number =>
  comparePaths(a.path, b.path) || byBytes(a.authId, b.authId) || byBytes(a.role, b.role);

/** Order of a tree walk: component by component, parents first. Paths are ASCII, and a slash is before all else. */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return (left === SLASH ? 0 : left) - (right === SLASH ? 0 : right);
  }
  return a.length - b.length;
}

const SLASH = 0x2f;

interface Level {
  readonly path: string;
  /** What reaches the paths below. */
  readonly passedOn: readonly Grant[];
}

/** Adds the grants of one auth id, with what is inherited repeated on deeper paths: a walk with the chain of ancestors. */
function addInherited(result: Grant[], grants: readonly Grant[]): void {
  const [first] = grants;
  if (grants.length === 1 && first !== undefined) {
    result.push(first);
    return;
  }
  const byPath = new Map<string, Grant[]>();
  for (const grant of grants) push(byPath, grant.path, grant);
  const paths = [...byPath.keys()].sort(comparePaths);
  const chain: Level[] = [];
  for (const path of paths) {
    const own = byPath.get(path) as Grant[];
    while (chain.length > 0 && !isBelow(path, chain.at(-1)?.path ?? '/')) chain.pop();
    const inherited = chain.at(-1)?.passedOn ?? NO_GRANTS;
    const here = merged(reachingPath(path, own, inherited));
    for (const grant of here) result.push(grant);
    const reaching = here.every(({ propagate }) => propagate) ? here : here.filter(isPassedOn);
    const closed = reaching.some(isDenial);
    chain.push({ path, passedOn: closed ? NO_GRANTS : reaching.length > 0 ? reaching : inherited });
  }
}

const NO_GRANTS: readonly Grant[] = [];
const isPassedOn = ({ propagate }: Grant): boolean => propagate;
const isDenial = ({ role }: Grant): boolean => role === NO_ACCESS;

function reachingPath(path: string, own: readonly Grant[], inherited: readonly Grant[]): readonly Grant[] {
  if (own.some(isDenial)) return own.filter(isDenial);
  return inherited.length === 0 ? own : [...own, ...inherited.map(grant => ({ ...grant, path }))];
}

const isBelow = (path: string, ancestor: string): boolean =>
  ancestor === '/' ||
  (path.length > ancestor.length && path.charCodeAt(ancestor.length) === SLASH && path.startsWith(ancestor));

/** One grant per role; a derived one that another role on the path includes is left to that one. */
function merged(grants: readonly Grant[]): readonly Grant[] {
  if (grants.length === 1) return grants;
  const [first] = grants;
  if (grants.every(({ role }) => role === first?.role)) return [union(grants)];
  const byRole = new Map<string, Grant>();
  const same = new Map<string, Grant[]>();
  for (const grant of grants) push(same, grant.role, grant);
  for (const [role, all] of same) byRole.set(role, union(all));
  for (const grant of grants) {
    const current = byRole.get(grant.role);
    const wider = current && [...byRole.values()].find(other => includes(other, current));
    if (current === undefined || current.declared || wider === undefined) continue;
    byRole.delete(grant.role);
    byRole.set(wider.role, { ...wider, causes: distinct([...wider.causes, ...current.causes]) });
  }
  return [...byRole.values()];
}

/** Those of one role on one path as one. */
function union(grants: readonly Grant[]): Grant {
  const [first] = grants;
  if (first === undefined || grants.length === 1) return first!;
  return {
    ...first,
    propagate: grants.some(({ propagate }) => propagate),
    declared: grants.some(({ declared }) => declared),
    causes: distinct(grants.flatMap(({ causes }) => causes)),
  };
}

/** Whether `wide` gives all of `narrow` and more, wherever that reaches. */
function includes(wide: Grant, narrow: Grant): boolean {
  if (wide.role === narrow.role || (narrow.propagate && !wide.propagate)) return false;
  const all = pbsRole(wide.role)?.mask ?? 0;
  const some = pbsRole(narrow.role)?.mask ?? 0;
  return some !== 0 && some !== all && (some & ~all) === 0;
}

const distinct = (paths: readonly TopologyPath[]): TopologyPath[] => [
  ...new Map(paths.map(path => [JSON.stringify(path), path])).values(),
];
