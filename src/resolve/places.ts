/** Places that hold data: shares, datastores, and the references to them with a namespace or directory. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type {
  Account,
  Backing,
  Bucket,
  BucketPlace,
  Datastore,
  DatastorePlace,
  Host,
  Namespace,
  Share,
  SharePlace,
} from '../model/topology.ts';
import { referAccount } from './accounts.ts';
import { demandRole, referPool } from './hosts.ts';
import { resolveEach, type Scope, sortedKeys } from './scope.ts';
import { type Networks, resolveVia } from './via.ts';

export function resolveShares(scope: Scope, hosts: ReadonlyMap<string, Host>): Map<string, Share> {
  return resolveEach(scope, 'shares', scope.spec.shares, (key, spec, path): Share | undefined => {
    const host = scope.refer('hosts', hosts, spec.host, path, 'host');
    if (host === undefined) return undefined;
    const pool =
      spec.pool === undefined ? undefined : scope.refer('pools', host.pools, spec.pool, path, 'pool');
    const exportPath = spec.export ?? spec.path;
    return {
      key,
      path,
      spec,
      host,
      state: spec.state ?? 'active',
      pool,
      protocol: spec.protocol ?? 'nfs',
      exportPath,
    };
  });
}

export interface DatastoreParts extends Networks {
  readonly hosts: ReadonlyMap<string, Host>;
  readonly shares: ReadonlyMap<string, Share>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly accounts: ReadonlyMap<string, Account>;
}

export function resolveDatastores(scope: Scope, parts: DatastoreParts): Map<string, Datastore> {
  return resolveEach(scope, 'datastores', scope.spec.datastores, (key, spec, path): Datastore | undefined => {
    const host = scope.refer('hosts', parts.hosts, spec.host, path, 'host');
    if (host === undefined || !demandRole(scope, host, 'pbs', 'datastore', key, path, 'host'))
      return undefined;
    const backing = resolveBacking(scope, parts, spec, path);
    const pool = spec.on === undefined ? undefined : referPool(scope, parts.hosts, spec.on, [...path, 'on']);
    if (backing === undefined) return undefined;
    const namespaces = new Map<string, Namespace>();
    const state = spec.state ?? 'active';
    const datastore: Datastore = {
      key,
      path,
      spec,
      host,
      name: spec.name ?? key,
      state,
      backing,
      pool,
      namespaces,
    };
    for (const name of sortedKeys(spec.namespaces)) {
      const entry = spec.namespaces?.[name] ?? {};
      namespaces.set(name, { key: name, path: [...path, 'namespaces', name], spec: entry, datastore });
    }
    return datastore;
  });
}

const BACKINGS = ['disk', 'iscsi', 'nfs', 'removable', 's3'] as const;

function resolveBacking(
  scope: Scope,
  parts: DatastoreParts,
  spec: Spec.Datastore,
  path: TopologyPath,
): Backing | undefined {
  const given = BACKINGS.filter(name => spec[name] !== undefined);
  if (given.length > 1) {
    scope.report({
      code: 'two-backings',
      severity: 'error',
      message: `datastore \`${path[1]}\` lies on ${given.map(name => `\`${name}\``).join(' and on ')}`,
      place: atKey([...path, given[1] ?? '']),
      related: [{ message: 'the other one', place: atKey([...path, given[0] ?? '']) }],
      help: 'a chunk store lies in one place: keep one of them',
    });
    return undefined;
  }
  const known = (uuid: string) => (uuid === 'pending' ? undefined : uuid);
  const { disk, iscsi, nfs, removable, s3 } = spec;
  if (disk) return { kind: 'disk', uuid: known(disk.uuid), mountpoint: disk.mountpoint ?? spec.path };
  if (removable) return { kind: 'removable', uuid: known(removable.uuid) };
  if (iscsi) {
    const at = [...path, 'iscsi'];
    const [hostName = '', lunName = ''] = iscsi.from.split('/');
    const nas = scope.refer('hosts', parts.hosts, hostName, at, 'from');
    const lun = nas && scope.refer('luns', nas.luns, lunName, at, 'from');
    const via = resolveVia(scope, parts, iscsi.via, at, 'via');
    return lun && via && { kind: 'iscsi', lun, via, uuid: known(iscsi.uuid) };
  }
  if (nfs) {
    const share = scope.refer('shares', parts.shares, nfs.from, [...path, 'nfs', 'from']);
    const via = resolveVia(scope, parts, nfs.via, [...path, 'nfs', 'via']);
    return share && via && { kind: 'nfs', share, via };
  }
  if (s3) {
    const bucket = scope.refer('buckets', parts.buckets, s3.bucket, [...path, 's3', 'bucket']);
    const account = referAccount(scope, parts.accounts, 's3', s3.account, [...path, 's3', 'account']);
    const via = resolveVia(scope, parts, s3.via ?? 'internet', [...path, 's3', 'via']);
    return bucket && account && via && { kind: 's3', bucket, account, via };
  }
  return { kind: 'path' };
}

/** Splits `name:rest` at the first colon. */
function split(text: string): [string, string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}

export function referDatastore(
  scope: Scope,
  datastores: ReadonlyMap<string, Datastore>,
  text: string,
  path: TopologyPath,
): DatastorePlace | undefined {
  const [name, namespace] = split(text);
  const datastore = scope.refer('datastores', datastores, name, path);
  return datastore && { datastore, namespace, path };
}

export function referShare(
  scope: Scope,
  shares: ReadonlyMap<string, Share>,
  text: string,
  path: TopologyPath,
): SharePlace | undefined {
  const [name, directory] = split(text);
  const share = scope.refer('shares', shares, name, path);
  return share && { share, directory, path };
}

export function referBucket(
  scope: Scope,
  buckets: ReadonlyMap<string, Bucket>,
  text: string,
  path: TopologyPath,
): BucketPlace | undefined {
  const [name, prefix] = split(text);
  const bucket = scope.refer('buckets', buckets, name, path);
  return bucket && { bucket, prefix, path };
}
