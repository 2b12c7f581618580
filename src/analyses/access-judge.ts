/** What accounts may really do: needs against the grants that will be rendered, as PBS evaluates them. */
import { REFERENCE_YEAR } from '../calendar/reference-year.ts';
import type { Host, PbsAccount, PveAccount, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { userOfAuthId } from '../proxmox/identifiers.ts';
import { type AclNode, buildAclTree, privilegesOn, rolesOf } from '../proxmox/pbs-acl-tree.ts';
import { pbsRole, privilegeBit, privilegeNames } from '../proxmox/pbs-roles.ts';
import type { Access, HostAccess } from './access.ts';
import type { AccessNeed, NeededRole } from './access-needs.ts';

/** The least privileges of each need: a role may carry more (`DatastoreReader` verifies, too). */
const REQUIRED: Readonly<Record<NeededRole, readonly string[]>> = {
  DatastoreBackup: ['Datastore.Backup'],
  DatastorePowerUser: ['Datastore.Backup', 'Datastore.Prune'],
  DatastoreReader: ['Datastore.Audit', 'Datastore.Read'],
  RemoteSyncPushOperator: ['Remote.DatastoreBackup'],
  RemoteDatastorePowerUser: ['Remote.DatastoreBackup', 'Remote.DatastorePrune'],
};

export const maskOf = (privileges: readonly string[]): number =>
  privileges.reduce((mask, name) => mask | privilegeBit(name), 0);

const REQUIRED_MASKS = Object.fromEntries(
  Object.entries(REQUIRED).map(([role, privileges]) => [role, maskOf(privileges)]),
) as Readonly<Record<NeededRole, number>>;

/** Privileges that let one look and change nothing. */
export const AUDIT_MASK = maskOf(['Sys.Audit', 'Datastore.Audit', 'Remote.Audit', 'Tape.Audit']);

export const requiredMask = ({ role }: AccessNeed): number => REQUIRED_MASKS[role];

export const roleMask = (role: string): number => pbsRole(role)?.mask ?? 0;

export interface Shortfall {
  readonly need: AccessNeed;
  readonly missing: readonly string[];
  /** Whose entries are too few: the account's own, or those of the user of a token. */
  readonly lackedBy: 'account' | 'user';
  /** It sees and reads the groups that it owns, and no others: the flow runs and copies less. */
  readonly seesOwnGroups: boolean;
}

export function aclTree({ grants }: HostAccess): AclNode {
  return buildAclTree(
    grants.map(({ propagate, path, authId, role }) => ({
      propagate,
      path,
      authIds: [authId],
      roles: [role],
    })),
  );
}

/** Needs that are not met on one PBS, in the order of the needs. */
export function shortfalls(access: HostAccess): Shortfall[] {
  const found: Shortfall[] = [];
  const grantedOn = grantedAt(access);
  let tree: AclNode | undefined;
  for (const need of access.needs) {
    if ((requiredMask(need) & ~grantedOn(need)) === 0) continue;
    tree ??= aclTree(access);
    const { id } = need.account.spec;
    const has = privilegesOn(tree, id, need.path);
    const missing = requiredMask(need) & ~has;
    if (missing === 0) continue;
    const own = [...rolesOf(tree, id, need.path).keys()].reduce((mask, role) => mask | roleMask(role), 0);
    const lackedBy = (missing & ~own) === 0 ? 'user' : 'account';
    const seesOwnGroups = need.role === 'DatastoreReader' && (has & privilegeBit('Datastore.Backup')) !== 0;
    found.push({ need, missing: privilegeNames(missing), lackedBy, seesOwnGroups });
  }
  return found;
}

/**
 * Privileges by the grants on exactly the path of a need: these replace whatever is inherited, so that where there are
 * enough of them, as nearly everywhere, nobody has to ask the tree.
 */
function grantedAt({ grants }: HostAccess): (need: AccessNeed) => number {
  const masks = new Map<string, Map<string, number>>();
  for (const { authId, path, role } of grants) {
    let ofId = masks.get(authId);
    if (ofId === undefined) {
      ofId = new Map();
      masks.set(authId, ofId);
    }
    ofId.set(path, role === NO_ACCESS ? 0 : (ofId.get(path) ?? 0) | roleMask(role));
  }
  const maskAt = (authId: string, path: string): number => masks.get(authId)?.get(path) ?? 0;
  return ({ account: { spec, token }, path }) => {
    const own = maskAt(spec.id, path);
    return token === undefined || own === 0 ? own : own & maskAt(userOfAuthId(spec.id), path);
  };
}

const NO_ACCESS = 'NoAccess';

/** Expired for certain, whatever day it is. In seconds since 1970. */
const LONG_AGO = Date.UTC(REFERENCE_YEAR, 0, 1) / 1000;

/** Start of the day that is taken for today, in seconds since 1970. Without `--as-of` only what was long ago is past. */
export const startOfDay = (asOf: string | undefined): number =>
  asOf === undefined ? LONG_AGO : Math.max(LONG_AGO, Date.parse(asOf) / 1000);

/** @param asOf the day, YYYY-MM-DD. */
export const isExpired = ({ spec }: PbsAccount | PveAccount, asOf: string | undefined): boolean =>
  spec.expire !== undefined && spec.expire > 0 && spec.expire < startOfDay(asOf);

/** Accounts that cannot log in: switched off or expired themselves, or tokens of a user that is. */
export function disabledBy(
  topology: Topology,
  asOf: string | undefined,
): ReadonlyMap<PbsAccount, PbsAccount> {
  const off = new Map<string, PbsAccount>();
  for (const account of topology.accounts.values()) {
    if (account.kind !== 'pbs' || account.state !== 'active') continue;
    if (account.spec.enable === false || isExpired(account, asOf))
      off.set(`${account.on.key} ${account.spec.id}`, account);
  }
  const disabled = new Map<PbsAccount, PbsAccount>();
  if (off.size === 0) return disabled;
  for (const account of topology.accounts.values()) {
    if (account.kind !== 'pbs') continue;
    const { id } = account.spec;
    const cause = off.get(`${account.on.key} ${id}`) ?? off.get(`${account.on.key} ${userOfAuthId(id)}`);
    if (cause !== undefined) disabled.set(account, cause);
  }
  return disabled;
}

/** Needs of each account, on whichever PBS. */
export function needsByAccount(access: Access): ReadonlyMap<PbsAccount, readonly AccessNeed[]> {
  const needs = new Map<PbsAccount, AccessNeed[]>();
  for (const host of access.values()) {
    for (const need of host.needs) push(needs, need.account, need);
  }
  return needs;
}

export interface DeclaredGrant {
  readonly account: PbsAccount;
  readonly index: number;
  readonly role: string;
  readonly path: string;
}

/** Grants that the topology writes out for active accounts, with their PBS. */
export function* declaredGrants(
  topology: Topology,
  access: Access,
): Iterable<DeclaredGrant & { readonly host: Host; readonly access: HostAccess }> {
  for (const account of topology.accounts.values()) {
    if (account.kind !== 'pbs' || account.state !== 'active') continue;
    const own = access.get(account.on);
    if (own === undefined) continue;
    if (account.spec.grants === undefined) continue;
    for (const [index, { role, path }] of account.spec.grants.entries())
      yield { account, index, role, path, host: account.on, access: own };
  }
}

/** Whether an ACL path is `outer` or below it. */
export const isPathWithin = (inner: string, outer: string): boolean =>
  outer === '/' || inner === outer || inner.startsWith(`${outer}/`);
