import { disabledBy, isExpired, type Shortfall, shortfalls } from '../analyses/access-judge.ts';
import type { AccessNeed } from '../analyses/access-needs.ts';
import { copiesBelow } from '../analyses/writers.ts';
import { atKey, atValue, type Related } from '../diagnostics/diagnostic.ts';
import type { PbsAccount, Topology } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import { memo, once } from '../once.ts';
import { userOfAuthId } from '../proxmox/identifiers.ts';
import type { Finding, Rule } from './rule.ts';

export const accountLacksPrivilege: Rule = {
  id: 'account-lacks-privilege',
  severity: 'error',
  summary: 'An account may not do what a flow or storage needs of it.',
  why: 'A token may do only what both it and its user may, a role on a deeper path replaces those from above, and `NoAccess` ends both. The job then fails, or worse: a sync with too few rights sees only the groups that it owns, copies those and reports success.',
  fix: 'Let the rights be derived (leave out `derive_grants: false`), or grant the role that the help of the message names.',
  example: {
    bad: 'reader: { kind: pbs, on: pbs, id: "sync@pbs!dc", derive_grants: false, grants: [{ role: DatastoreBackup, path: /datastore/main }] }',
    good: 'reader: { kind: pbs, on: pbs, id: "sync@pbs!dc" }',
  },
  *check({ topology, access, asOf }) {
    const disabled = disabledBy(topology, asOf);
    const users = once(() => usersOf(topology));
    for (const host of access.values()) {
      const off = host.needs.filter(({ account }) => disabled.has(account));
      for (const [account, needs] of groupBy(off, need => need.account)) {
        const cause = disabled.get(account);
        if (cause !== undefined) yield loggedOut(account, needs, cause, isExpired(cause, asOf));
      }
      for (const shortfall of shortfalls(host)) {
        if (disabled.has(shortfall.need.account) || ownsAllItReads(topology, shortfall)) continue;
        yield lacking(shortfall, users());
      }
    }
  },
};

/** By PBS and auth id. */
function usersOf(topology: Topology): ReadonlyMap<string, PbsAccount> {
  const users = new Map<string, PbsAccount>();
  for (const account of topology.accounts.values())
    if (account.kind === 'pbs') users.set(`${account.on.key} ${account.spec.id}`, account);
  return users;
}

/** One finding for an account: one key mends all. */
function loggedOut(
  account: PbsAccount,
  needs: readonly AccessNeed[],
  off: PbsAccount,
  hasExpired: boolean,
): Finding {
  const [first, ...others] = needs;
  const rest = others.length > 0 ? ` and ${others.length} more` : '';
  const placeOf = (need: AccessNeed | undefined) => atValue(need?.causes[0] ?? account.path);
  const [state, key, told, remedy] = hasExpired
    ? ['has expired', 'expire', 'its end', '`expire`']
    : ['is switched off', 'enable', 'switched off here', '`enable: false`'];
  return {
    message: `\`${account.spec.id}\` cannot log in for ${first?.why}${rest}: account \`${off.key}\` ${state}`,
    place: placeOf(first),
    related: [
      { message: told, place: atValue([...off.path, key]) },
      ...others.slice(0, 8).map(need => ({ message: `nor for ${need.why}`, place: placeOf(need) })),
    ],
    help: `leave out ${remedy}, or use another account`,
  };
}

function lacking(
  { need, missing, lackedBy, seesOwnGroups }: Shortfall,
  users: ReadonlyMap<string, PbsAccount>,
): Finding {
  const { account, path, role, why, causes } = need;
  const { id } = account.spec;
  const user = userOfAuthId(id);
  const who = lackedBy === 'user' ? `\`${user}\`, the user of token \`${id}\`,` : `\`${id}\``;
  const names = missing.map(name => `\`${name}\``).join(' and ');
  const effect = seesOwnGroups ? ', so it sees only groups that it owns and copies no others' : '';
  return {
    message: `${who} lacks ${names} on \`${path}\`, which ${why} needs${effect}`,
    place: atValue(causes[0] ?? account.path),
    related: grantsOf(lackedBy === 'user' ? (users.get(`${account.on.key} ${user}`) ?? account) : account),
    help: `grant \`${role}\` on \`${path}\` to \`${lackedBy === 'user' ? user : id}\`, or leave out \`derive_grants: false\` and \`NoAccess\` there`,
  };
}

const grantsOf = ({ path, spec }: PbsAccount): Related[] => {
  if (spec.grants !== undefined)
    return [{ message: 'what it is granted', place: atKey([...path, 'grants']) }];
  return [{ message: 'the account', place: atKey(path) }];
};

/** With `Datastore.Backup` one reads the groups that one owns: enough when one owns all there are. */
function ownsAllItReads(topology: Topology, { need, seesOwnGroups }: Shortfall): boolean {
  if (!seesOwnGroups) return false;
  const [, , name = '', ...namespace] = need.path.split('/');
  const below = storesOf(topology).get(`${need.host.key} ${name}`);
  const copies = below?.get(namespace.join('/')) ?? [];
  return copies.length > 0 && copies.every(({ owner }) => owner === need.account.spec.id);
}

const storesOf = memo(
  (topology: Topology) =>
    new Map(
      [...copiesBelow(topology)].map(([{ host, name }, below]) => [`${host.key} ${name}`, below] as const),
    ),
);
