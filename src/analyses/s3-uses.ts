/** What lies in buckets, and with which keys it gets there. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Bucket, S3Account, Topology } from '../model/topology.ts';
import { memo } from '../once.ts';
import { activeOnes } from './in-use.ts';
import { joinDirectories } from './share-directories.ts';

export interface S3Use {
  /** "datastore `wasabi`" or "rclone `files-to-b2`". */
  readonly what: string;
  readonly kind: 'datastore' | 'files';
  readonly bucket: Bucket;
  readonly account: S3Account;
  /** Start of all its object keys: PBS puts a datastore's below its name. */
  readonly prefix: string;
  readonly deletes: boolean;
  /** Where the bucket is named. */
  readonly path: TopologyPath;
  readonly accountPath: TopologyPath;
}

/** Uses of buckets by active datastores and flows, in the order of the topology. */
export const s3Uses = memo((topology: Topology): readonly S3Use[] => {
  const uses: S3Use[] = [];
  for (const { key, path, backing, name } of activeOnes(topology.datastores)) {
    if (backing.kind !== 's3') continue;
    const { bucket, account } = backing;
    const at = [...path, 's3'];
    const what = `datastore \`${key}\``;
    const paths = { path: [...at, 'bucket'], accountPath: [...at, 'account'] };
    uses.push({ what, kind: 'datastore', bucket, account, prefix: name, deletes: true, ...paths });
  }
  for (const flow of activeOnes(topology.flows)) {
    if (flow.kind !== 'rclone') continue;
    uses.push({
      what: `rclone \`${flow.key}\``,
      kind: 'files',
      bucket: flow.to.bucket,
      account: flow.account,
      prefix: joinDirectories(flow.to.prefix),
      deletes: flow.spec.propagate_deletions === true,
      path: [...flow.path, 'to'],
      accountPath: [...flow.path, 'account'],
    });
  }
  return uses;
});

/** The bucket itself, under whatever key it is declared. */
export const bucketId = ({ endpoint, name, port }: Bucket): string => `${endpoint}:${port} ${name}`;

/** A bucket of somebody else: none of our hosts holds it. */
export const isAtProvider = ({ host }: Bucket): boolean => host === undefined;
