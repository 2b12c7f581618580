/** A note per bucket: what each key that we use must be allowed to do there, and no more. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Bucket, S3Account, Topology } from '../../model/topology.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { type ExternalNote, emptyLowered, type Lowered } from '../lowering.ts';
import { goneKeys } from './gone.ts';
import { bucketPolicy, type Grant } from './policy.ts';

interface Use {
  readonly bucket: Bucket;
  readonly account: S3Account;
  readonly grants: Grant[];
  readonly causes: TopologyPath[];
}

export function lowerBucketPolicy(topology: Topology): Lowered {
  const uses = new Map<string, Use>();
  const add = (bucket: Bucket, account: S3Account, grant: Grant, cause: TopologyPath): void => {
    const name = `${bucket.key} ${account.key}`;
    const use = uses.get(name) ?? { bucket, account, grants: [], causes: [bucket.path, account.path] };
    uses.set(name, use);
    use.grants.push(grant);
    use.causes.push(cause);
  };
  for (const { backing, state, name, path } of topology.datastores.values()) {
    if (backing.kind !== 's3' || state !== 'active') continue;
    // PBS keeps each datastore below its own name.
    add(backing.bucket, backing.account, { use: 'datastore', prefix: name }, path);
  }
  for (const flow of topology.flows.values()) {
    if (flow.kind !== 'rclone' || flow.state !== 'active') continue;
    const use = flow.spec.propagate_deletions === true ? 'sync' : 'copy';
    add(flow.to.bucket, flow.account, { use, prefix: flow.to.prefix }, flow.path);
  }
  const external = [...uses].sort(([a], [b]) => byBytes(a, b)).map(([, use]) => note(use));
  return { ...emptyLowered, external: [...external, ...goneKeys(topology, [...uses.values()])] };
}

/** Providers whose keys are restricted in another way than by such a policy. */
const OTHER_WAYS: Partial<Record<Bucket['spec']['provider'], string>> = {
  backblaze:
    'Backblaze has no such policies: make an application key for this bucket (and prefix) with the capabilities listFiles, readFiles, writeFiles, and deleteFiles only where `s3:DeleteObject` stands below.',
  cloudflare: 'R2 has no such policies: make a token with "Object Read & Write" for this bucket alone.',
  garage: 'Garage has no such policies: `garage bucket allow --read --write` for this bucket alone.',
};
/** Where who may write may delete, too. */
const WRITERS_DELETE: ReadonlySet<Bucket['spec']['provider']> = new Set(['cloudflare', 'garage']);

function note({ bucket, account, grants, causes }: Use): ExternalNote {
  const { provider } = bucket.spec;
  const deletes = WRITERS_DELETE.has(provider) || grants.some(({ use }) => use !== 'copy');
  const other = OTHER_WAYS[provider];
  const scope =
    account.spec.scope === 'account'
      ? 'The key is declared to reach everything in the provider account (`scope: account`). This is the policy that would be enough:'
      : other === undefined
        ? 'The key is good for this bucket alone, by this policy:'
        : 'The key is good for this bucket alone. What it must be able to do, as such a policy says it:';
  return {
    name: bucket.key,
    title: `Key ${account.key} for bucket ${bucket.name}`,
    text: [
      deletes
        ? 'The key can delete what it has written: whoever takes over the host that holds it can, too. Object lock or versions are the protection.'
        : 'The key cannot delete. It can overwrite, unless the bucket keeps versions or locks objects.',
      ...(other === undefined ? [] : [other]),
      scope,
    ],
    blocks: [{ language: 'json', text: bucketPolicy(bucket.name, grants) }],
    causes,
  };
}
