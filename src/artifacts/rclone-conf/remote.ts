/**
 * A bucket as an rclone remote (rclone: docs/content/s3.md). Always with endpoint and region: a missing endpoint means
 * AWS without a word, and rclone reports no wrong key. No secret: the keys come from a credentials file that the
 * environment names (`env_auth`).
 */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Bucket } from '../../model/topology.ts';

export interface RemoteSetting {
  readonly key: string;
  readonly value: string;
  readonly causes: readonly TopologyPath[];
}
export interface Remote {
  readonly name: string;
  readonly settings: readonly RemoteSetting[];
}

/** Presets that rclone knows by name; it treats the others alike. */
const PROVIDERS: Partial<Record<Bucket['spec']['provider'], string>> = {
  aws: 'AWS',
  cloudflare: 'Cloudflare',
  minio: 'Minio',
  wasabi: 'Wasabi',
};

/** `_` for `-`: the name is then also good for `RCLONE_CONFIG_<NAME>_<KEY>`. Keys hold no `_`, so names stay distinct. */
export const remoteOf = (bucket: Bucket): string => bucket.key.replaceAll('-', '_');

export function rcloneRemote(bucket: Bucket): Remote {
  const { spec, path } = bucket;
  const at = (key: keyof typeof spec): TopologyPath => (spec[key] === undefined ? path : [...path, key]);
  const host = bucket.port === 443 ? bucket.endpoint : `${bucket.endpoint}:${bucket.port}`;
  const hostAt = bucket.port === 443 ? [at('endpoint')] : [at('endpoint'), at('port')];
  const add = (key: string, value: string, ...causes: readonly TopologyPath[]): RemoteSetting => ({
    key,
    value,
    causes,
  });
  return {
    name: remoteOf(bucket),
    settings: [
      add('type', 's3', path),
      add('provider', PROVIDERS[spec.provider] ?? 'Other', at('provider')),
      add('env_auth', 'true', path),
      add('region', bucket.region, at('region')),
      add('endpoint', host, ...hostAt),
      // rclone does as it likes with Wasabi, and AWS refuses ACLs on new buckets.
      ...(spec.provider === 'wasabi'
        ? []
        : [add('force_path_style', String(bucket.pathStyle), at('path_style'))]),
      ...(spec.provider === 'aws' ? [] : [add('acl', 'private', path)]),
      add('no_check_bucket', 'true', path),
      // At most 10,000 parts: archives of up to 625 GiB. Memory is chunk × concurrency × transfers.
      add('chunk_size', '64M', path),
      add('upload_concurrency', '2', path),
    ],
  };
}
