/** Sync flows: which PBS runs the job, which is the remote, and whose accounts are used. */
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { PbsAccount, SyncFlow } from '../model/topology.ts';
import { demandOn, referAccount } from './accounts.ts';
import { common, type FlowParts } from './flows.ts';
import { referDatastore } from './places.ts';
import type { Scope } from './scope.ts';

export function resolveSync(
  scope: Scope,
  parts: FlowParts,
  key: string,
  spec: Spec.SyncFlow,
  path: TopologyPath,
): SyncFlow | undefined {
  const base = common(scope, parts, key, spec, path);
  const from = referDatastore(scope, parts.datastores, spec.from, [...path, 'from']);
  const to = referDatastore(scope, parts.datastores, spec.to, [...path, 'to']);
  if (!base || !from || !to) return undefined;
  const source = from.datastore.host;
  const target = to.datastore.host;
  const runsOn = spec.direction === 'pull' ? target : source;
  const other = spec.direction === 'pull' ? source : target;
  if (!directionFits(scope, key, spec, path, source === target)) return undefined;

  const owner =
    spec.owner === undefined
      ? undefined
      : referAccount(scope, parts.accounts, 'pbs', spec.owner, path, 'owner');
  if (spec.owner !== undefined && owner === undefined) return undefined;
  const login = spec.account === undefined ? undefined : parts.accounts.get(spec.account);
  if (owner?.on === other && login?.kind === 'pbs' && login.on === runsOn && other !== runsOn) {
    scope.report(reversed(key, spec, path, login, owner));
    return undefined;
  }
  const isOwner = !owner || demandOn(scope, owner, runsOn, 'the job runs on', path, 'owner');

  const id = spec.id ?? key;
  if (spec.direction === 'local') {
    if (!isOwner) return undefined;
    return {
      ...base,
      kind: 'sync',
      direction: 'local',
      from,
      to,
      account: undefined,
      owner,
      runsOn,
      id,
      remote: undefined,
    };
  }
  if (spec.account === undefined) {
    scope.report({
      code: 'sync-account',
      severity: 'error',
      message: `sync \`${key}\` has no \`account\` on \`${other.key}\``,
      place: atKey(path),
      help: `a ${spec.direction} logs in to the other PBS: declare an account on \`${other.key}\` and name it here`,
    });
    return undefined;
  }
  const account = referAccount(scope, parts.accounts, 'pbs', spec.account, path, 'account');
  if (account === undefined || !demandOn(scope, account, other, 'the other PBS is', path, 'account'))
    return undefined;
  if (!isOwner) return undefined;
  const remote = spec.remote ?? other.key;
  return { ...base, kind: 'sync', direction: spec.direction, from, to, account, owner, runsOn, id, remote };
}

/** Both accounts would fit if the data went the other way: that is one mistake. */
function reversed(
  key: string,
  { direction }: Spec.SyncFlow,
  path: TopologyPath,
  login: Pick<PbsAccount, 'key' | 'on' | 'path'>,
  owner: Pick<PbsAccount, 'key' | 'on' | 'path'>,
): Diagnostic {
  const opposite = direction === 'pull' ? 'push' : 'pull';
  return {
    code: 'account-elsewhere',
    severity: 'error',
    message: `sync \`${key}\` is a ${direction} that \`${login.on.key}\` runs, and logs in to \`${owner.on.key}\`: account \`${login.key}\` and owner \`${owner.key}\` are each on the other one`,
    place: atValue([...path, 'direction']),
    related: [
      { message: 'where the account is', place: atValue([...login.path, 'on']) },
      { message: 'where the owner is', place: atValue([...owner.path, 'on']) },
    ],
    help: `swap \`from\` and \`to\`, use \`direction: ${opposite}\`, or swap the accounts`,
  };
}

function directionFits(
  scope: Scope,
  key: string,
  spec: Spec.SyncFlow,
  path: TopologyPath,
  sameHost: boolean,
): boolean {
  if ((spec.direction === 'local') === sameHost) {
    if (spec.direction !== 'local' || spec.account === undefined) return true;
    scope.report({
      code: 'sync-account',
      severity: 'error',
      message: `sync \`${key}\` is local and names an account`,
      place: atKey([...path, 'account']),
      help: 'a local sync logs in nowhere: remove `account`',
    });
    return true;
  }
  scope.report({
    code: 'sync-direction',
    severity: 'error',
    message: sameHost
      ? `sync \`${key}\` is a ${spec.direction}, and both datastores are on one PBS`
      : `sync \`${key}\` is local, and its datastores are on two PBS`,
    place: atValue([...path, 'direction']),
    related: [{ message: 'the source', place: atValue([...path, 'from']) }],
    help: sameHost
      ? 'use `direction: local`'
      : 'use `direction: pull` (runs at the target) or `push` (runs at the source)',
  });
  return false;
}
