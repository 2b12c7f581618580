/** Sets of guests and PVE storages. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type {
  Account,
  Cluster,
  Datastore,
  Guests,
  Host,
  Share,
  Storage,
  StorageBacking,
} from '../model/topology.ts';
import { demandOn, referAccount } from './accounts.ts';
import { referDatastore, referShare } from './places.ts';
import { resolveEach, type Scope } from './scope.ts';
import { type Networks, resolveVia } from './via.ts';

export function resolveGuests(scope: Scope, clusters: ReadonlyMap<string, Cluster>): Map<string, Guests> {
  return resolveEach(scope, 'guests', scope.spec.guests, (key, spec, path): Guests | undefined => {
    checkSelection(scope, key, spec, path);
    const cluster = scope.refer('clusters', clusters, spec.cluster, path, 'cluster');
    return cluster && { key, path, spec, cluster };
  });
}

/** vzdump takes exactly one of them; the file reader of PVE accepts more, and the scheduled run then fails. */
function checkSelection(scope: Scope, key: string, spec: Spec.Guests, path: TopologyPath): void {
  const chosen = Number(spec.all === true) + Number(Boolean(spec.ids)) + Number(Boolean(spec.pool));
  if (chosen !== 1) {
    const given = [spec.all === true ? 'all' : '', spec.ids ? 'ids' : '', spec.pool ? 'pool' : ''].filter(
      Boolean,
    );
    scope.report({
      code: 'guest-selection',
      severity: 'error',
      message:
        given.length === 0
          ? `guests \`${key}\` selects nothing`
          : `guests \`${key}\` selects by ${given.map(name => `\`${name}\``).join(' and by ')}`,
      place: given.length === 0 ? atKey(path) : atKey([...path, given[1] ?? '']),
      help: 'give exactly one of `all: true`, `ids: [...]` or `pool: NAME`',
    });
  }
  if (spec.exclude && spec.all !== true) {
    scope.report({
      code: 'guest-exclude',
      severity: 'error',
      message: `guests \`${key}\` has \`exclude\` without \`all: true\``,
      place: atKey([...path, 'exclude']),
      help: spec.pool
        ? 'PVE ignores excluded ids beside a pool: take the guests out of the pool'
        : 'list only the ids that are wanted',
    });
  }
}

export interface StorageParts extends Networks {
  readonly hosts: ReadonlyMap<string, Host>;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly datastores: ReadonlyMap<string, Datastore>;
  readonly shares: ReadonlyMap<string, Share>;
  readonly accounts: ReadonlyMap<string, Account>;
}

export function resolveStorages(scope: Scope, parts: StorageParts): Map<string, Storage> {
  return resolveEach(scope, 'storages', scope.spec.storages, (key, spec, path): Storage | undefined => {
    const cluster = scope.refer('clusters', parts.clusters, spec.cluster, path, 'cluster');
    const backing = resolveBacking(scope, parts, key, spec, path);
    if (cluster === undefined || backing === undefined) return undefined;
    const nodes = spec.nodes && resolveNodes(scope, parts, cluster, spec.nodes, [...path, 'nodes']);
    return { key, path, spec, cluster, id: spec.id ?? key, state: spec.state ?? 'active', backing, nodes };
  });
}

function resolveNodes(
  scope: Scope,
  parts: StorageParts,
  cluster: Cluster,
  names: readonly string[],
  path: TopologyPath,
): Host[] {
  const nodes: Host[] = [];
  names.forEach((name, index) => {
    const node = scope.refer('hosts', parts.hosts, name, path, index);
    if (node && demandNode(scope, cluster, node, [...path, index])) nodes.push(node);
  });
  return nodes;
}

export function demandNode(scope: Scope, cluster: Cluster, node: Host, path: TopologyPath): boolean {
  if (node.cluster === cluster) return true;
  scope.report({
    code: 'not-a-node',
    severity: 'error',
    message: `\`${node.key}\` is no node of \`${cluster.key}\``,
    place: atValue(path),
    related: [{ message: 'the cluster', place: atKey(cluster.path) }],
    help: `nodes of \`${cluster.key}\`: ${cluster.nodes.map(member => `\`${member.key}\``).join(', ')}`,
  });
  return false;
}

function resolveBacking(
  scope: Scope,
  parts: StorageParts,
  key: string,
  spec: Spec.Storage,
  path: TopologyPath,
): StorageBacking | undefined {
  if (spec.type !== undefined) {
    // Neither is rendered for it; a name that nothing has is a mistake all the same.
    if (spec.account !== undefined) scope.refer('accounts', parts.accounts, spec.account, path, 'account');
    if (spec.via !== undefined) resolveVia(scope, parts, spec.via, path, 'via');
    return { kind: 'opaque', type: spec.type };
  }
  const via = resolveStorageVia(scope, parts, key, spec, path);
  if (spec.share !== undefined) {
    const place = referShare(scope, parts.shares, spec.share, [...path, 'share']);
    return place && via && { kind: 'share', place, via };
  }
  const place = referDatastore(scope, parts.datastores, spec.datastore ?? '', [...path, 'datastore']);
  if (spec.account === undefined) {
    reportMissing(scope, key, 'account', path, 'the PBS user or API token that PVE logs in with');
    return undefined;
  }
  const account = referAccount(scope, parts.accounts, 'pbs', spec.account, path, 'account');
  if (place === undefined || account === undefined || via === undefined) return undefined;
  if (!demandOn(scope, account, place.datastore.host, 'the datastore is on', path, 'account'))
    return undefined;
  return { kind: 'datastore', place, account, via };
}

function resolveStorageVia(
  scope: Scope,
  parts: StorageParts,
  key: string,
  spec: Spec.Storage,
  path: TopologyPath,
) {
  if (spec.via !== undefined) return resolveVia(scope, parts, spec.via, path, 'via');
  reportMissing(scope, key, 'via', path, 'the VLAN or tunnel that the traffic must use');
  return undefined;
}

function reportMissing(scope: Scope, key: string, name: string, path: TopologyPath, why: string): void {
  scope.report({
    code: 'storage-incomplete',
    severity: 'error',
    message: `storage \`${key}\` needs \`${name}\``,
    place: atKey(path),
    help: why,
  });
}
