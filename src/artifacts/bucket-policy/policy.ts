/** Least-privilege policies in the language of AWS IAM, which Wasabi, MinIO and others share. */

/** `copy`: adds and reads; `sync`: removes too; `datastore`: what PBS does with its bucket. */
export type BucketUse = 'copy' | 'sync' | 'datastore';

export interface Grant {
  readonly use: BucketUse;
  /** Without slashes at the edges; `''`: the whole bucket. */
  readonly prefix: string;
}

/** HEAD of a bucket is ListBucket, HEAD of an object is GetObject. rclone sends large files in parts, PBS does not. */
const MULTIPART = ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];
const ACTIONS: Readonly<Record<BucketUse, readonly string[]>> = {
  copy: ['s3:GetObject', 's3:PutObject', ...MULTIPART],
  sync: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject', ...MULTIPART],
  datastore: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
};

/**
 * The policy of one key for one bucket, as canonical JSON: sorted, two blanks of indentation, no final newline.
 * @param bucket native name.
 */
export function bucketPolicy(bucket: string, grants: readonly Grant[]): string {
  const arn = `arn:aws:s3:::${bucket}`;
  const actions = new Map<string, Set<string>>();
  for (const { use, prefix } of grants) {
    const resource = prefix === '' ? `${arn}/*` : `${arn}/${prefix}/*`;
    const set = actions.get(resource) ?? new Set();
    for (const action of ACTIONS[use]) set.add(action);
    actions.set(resource, set);
  }
  const objects = [...actions].sort(([a], [b]) => (a < b ? -1 : 1));
  const statements = [
    { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [arn] },
    ...objects.map(([resource, set]) => ({ Effect: 'Allow', Action: [...set].sort(), Resource: [resource] })),
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
}
