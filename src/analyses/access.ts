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
import { byBytes } from '../proxmox/byte-order.ts';
import { aclComponents } from '../proxmox/pbs-acl-tree.ts';
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
  const all = [...topology.accounts.values()].filter(account => account.kind === 'pbs');
  const accounts = groupBy(
    all.filter(({ state }) => state !== 'planned'),
    account => account.on,
  );
  const needs = groupBy(accessNeeds(topology), need => need.host);
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
  const wanted: Grant[] = needs
    .filter(({ account }) => account.spec.derive_grants !== false)
    .map(({ account, path, role, causes }) => ({
      authId: account.spec.id,
      path,
      role,
      propagate: true,
      declared: false,
      causes,
    }));
  for (const account of accounts) wanted.push(...declaredGrants(account));

  const closed = new Set(
    accounts.filter(({ spec }) => spec.derive_grants === false).map(({ spec }) => spec.id),
  );
  const all = wanted.flatMap(grant => [grant, ...userGrant(grant, closed)]);
  const byAuthId = groupBy(
    all.filter(({ authId }) => authId !== ROOT),
    grant => grant.authId,
  );
  return [...byAuthId.values()].flatMap(repeatInherited).sort(inOrder);
}

const declaredGrants = (account: PbsAccount): Grant[] =>
  (account.spec.grants ?? []).map(({ path, role, propagate = true }, index) => ({
    authId: account.spec.id,
    path,
    role,
    propagate,
    declared: true,
    causes: [[...account.path, 'grants', index]],
  }));

/** The user of a token needs the same role, unless its rights are closed; `NoAccess` of one token is not its user's. */
function userGrant(grant: Grant, closed: ReadonlySet<string>): Grant[] {
  const bang = grant.authId.indexOf('!');
  if (bang < 0 || grant.role === NO_ACCESS) return [];
  const authId = grant.authId.slice(0, bang);
  return closed.has(authId) ? [] : [{ ...grant, authId, declared: false }];
}

const inOrder = (a: Grant, b: Grant): number =>
  comparePaths(a.path, b.path) || byBytes(a.authId, b.authId) || byBytes(a.role, b.role);

/** Order of a tree walk: component by component, parents first. */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  const left = aclComponents(a);
  const right = aclComponents(b);
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order = byBytes(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

interface Level {
  readonly path: string;
  /** What reaches the paths below. */
  readonly passedOn: readonly Grant[];
}

/** The grants of one auth id, with what is inherited repeated on deeper paths: a walk with the chain of ancestors. */
function repeatInherited(grants: readonly Grant[]): Grant[] {
  const result: Grant[] = [];
  const chain: Level[] = [];
  for (const [path, own] of [...groupBy(grants, ({ path }) => path)].sort(([a], [b]) => comparePaths(a, b))) {
    while (chain.length > 0 && !isBelow(path, chain.at(-1)?.path ?? '/')) chain.pop();
    const inherited = chain.at(-1)?.passedOn ?? [];
    const denied = own.filter(({ role }) => role === NO_ACCESS);
    const here =
      denied.length > 0 ? merged(denied) : merged([...own, ...inherited.map(grant => ({ ...grant, path }))]);
    result.push(...here);
    const reaching = here.filter(({ propagate }) => propagate);
    const closed = reaching.some(({ role }) => role === NO_ACCESS);
    chain.push({ path, passedOn: closed ? [] : reaching.length > 0 ? reaching : inherited });
  }
  return result;
}

const isBelow = (path: string, ancestor: string): boolean =>
  ancestor === '/' || path.startsWith(`${ancestor}/`);

/** One grant per role; a derived one that another role on the path includes is left to that one. */
function merged(grants: readonly Grant[]): Grant[] {
  const byRole = new Map<string, Grant>();
  for (const [role, same] of groupBy(grants, grant => grant.role)) byRole.set(role, union(same));
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

function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
