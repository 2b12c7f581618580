/** Accounts: PBS and PVE users and tokens, SSH logins, S3 keys. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { Account, Cluster, Host } from '../model/topology.ts';
import { demandRole } from './hosts.ts';
import { below, resolveEach, type Scope, type Step } from './scope.ts';

export interface Systems {
  readonly hosts: ReadonlyMap<string, Host>;
  readonly clusters: ReadonlyMap<string, Cluster>;
}

export function resolveAccounts(scope: Scope, systems: Systems): Map<string, Account> {
  return resolveEach(scope, 'accounts', scope.spec.accounts, (key, spec, path) =>
    resolveAccount(scope, systems, key, spec, path),
  );
}

function resolveAccount(
  scope: Scope,
  { hosts, clusters }: Systems,
  key: string,
  spec: Spec.Account,
  path: TopologyPath,
): Account | undefined {
  const state = spec.state ?? 'active';
  switch (spec.kind) {
    case 'pbs': {
      const on = scope.refer('hosts', hosts, spec.on, path, 'on');
      if (on === undefined || !demandRole(scope, on, 'pbs', 'account', key, path, 'on')) return undefined;
      const { user, token } = splitAuthId(spec.id);
      return { kind: 'pbs', key, path, spec, on, state, user, token, secret: spec.secret ?? key };
    }
    case 'pve': {
      const on = scope.refer('clusters', clusters, spec.on, path, 'on');
      if (on === undefined) return undefined;
      const { user, token } = splitAuthId(spec.id);
      return { kind: 'pve', key, path, spec, on, state, user, token, secret: spec.secret ?? key };
    }
    case 'ssh': {
      const on = scope.refer('hosts', hosts, spec.on, path, 'on');
      if (on === undefined) return undefined;
      const publicKey = spec.public_key === 'pending' ? undefined : spec.public_key;
      return { kind: 'ssh', key, path, spec, on, state, secret: spec.secret, publicKey };
    }
    case 's3':
      return { kind: 's3', key, path, spec, state, secret: spec.secret };
  }
}

/** `sync@pbs!dc` → user `sync@pbs`, token `dc`. */
function splitAuthId(id: string): { user: string; token: string | undefined } {
  const bang = id.indexOf('!');
  return bang < 0 ? { user: id, token: undefined } : { user: id.slice(0, bang), token: id.slice(bang + 1) };
}

/** The account of that name, of the kind that something needs. */
export function referAccount<K extends Account['kind']>(
  scope: Scope,
  accounts: ReadonlyMap<string, Account>,
  kind: K,
  name: string,
  path: TopologyPath,
  step?: Step,
): Extract<Account, { kind: K }> | undefined {
  const account = scope.refer('accounts', accounts, name, path, step);
  if (account === undefined) return undefined;
  if (account.kind === kind) return account as Extract<Account, { kind: K }>;
  const fitting = [...accounts.values()]
    .filter(other => other.kind === kind)
    .map(other => `\`${other.key}\``);
  scope.report({
    code: 'wrong-account',
    severity: 'error',
    message: `account \`${name}\` is of kind ${account.kind}, and one of kind ${kind} is needed here`,
    place: atValue(below(path, step)),
    related: [{ message: 'the account', place: atValue([...account.path, 'kind']) }],
    help:
      fitting.length > 0
        ? `of kind ${kind}: ${fitting.slice(0, 8).join(', ')}`
        : `declare an account of kind ${kind}`,
  });
  return undefined;
}

/** Reports an account that is not on the system where it is used. */
export function demandOn(
  scope: Scope,
  account: { key: string; path: TopologyPath; on: { key: string } },
  on: { key: string },
  why: string,
  path: TopologyPath,
  step?: Step,
): boolean {
  if (account.on === on) return true;
  scope.report({
    code: 'account-elsewhere',
    severity: 'error',
    message: `account \`${account.key}\` is on \`${account.on.key}\`, and ${why} \`${on.key}\``,
    place: atValue(below(path, step)),
    related: [{ message: 'where the account is', place: atValue([...account.path, 'on']) }],
    help: `name an account on \`${on.key}\``,
  });
  return false;
}
