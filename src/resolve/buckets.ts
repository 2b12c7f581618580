/** S3 buckets: what the provider's preset says and what the owner declared. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { Bucket, Host } from '../model/topology.ts';
import { parseDuration } from '../proxmox/quantity.ts';
import { PRESETS } from './providers.ts';
import { resolveEach, type Scope } from './scope.ts';

const SECONDS_PER_DAY = 86_400;
const PLACEHOLDER = '{{bucket}}.';

export function resolveBuckets(scope: Scope, hosts: ReadonlyMap<string, Host>): Map<string, Bucket> {
  return resolveEach(scope, 'buckets', scope.spec.buckets, (key, spec, path): Bucket | undefined => {
    const preset = PRESETS[spec.provider];
    const host = spec.host === undefined ? undefined : scope.refer('hosts', hosts, spec.host, path, 'host');
    if (spec.host !== undefined && host === undefined) return undefined;
    const region = spec.region ?? preset.region;
    const given = spec.endpoint ?? preset.endpoint({ region: region ?? '', id: spec.provider_id ?? '' });
    let complete = true;
    if (region === undefined) {
      reportMissing(
        scope,
        spec.provider,
        'region',
        path,
        'the region is part of the endpoint and of each signature',
      );
      complete = false;
    }
    if (given === undefined) {
      reportMissing(
        scope,
        spec.provider,
        'endpoint',
        path,
        'write the host name of the S3 API, without `https://`',
      );
      complete = false;
    }
    if (spec.endpoint === undefined && preset.needsId && spec.provider_id === undefined) {
      reportMissing(scope, spec.provider, 'provider_id', path, 'the account id is part of the endpoint');
      complete = false;
    }
    if (!complete || region === undefined || given === undefined) return undefined;
    const inHostName = given.startsWith(PLACEHOLDER);
    if (inHostName && spec.path_style === true) reportBothStyles(scope, path);
    const name = spec.name ?? key;
    checkName(scope, name, spec.name === undefined ? path : [...path, 'name']);
    return {
      key,
      path,
      spec,
      state: spec.state ?? 'active',
      name,
      endpoint: (inHostName ? given.slice(PLACEHOLDER.length) : given).replaceAll('{{region}}', region),
      region,
      port: spec.port ?? 443,
      pathStyle: inHostName ? false : (spec.path_style ?? preset.pathStyle),
      minimumBilledDays: minimumDays(spec, preset.minimumBilledDays),
      locks: preset.locks,
      host,
    };
  });
}

function minimumDays(spec: Spec.Bucket, preset: number): number {
  const declared = spec.minimum_billed === undefined ? undefined : parseDuration(spec.minimum_billed);
  return declared?.ok ? declared.value / SECONDS_PER_DAY : preset;
}

/** Bounds that PBS sets on bucket names beyond the pattern of the schema (pbs-api-types, S3 bucket schema). */
const REFUSED = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:--ol-s3|\.mrap|--x-s3)$/;

function checkName(scope: Scope, name: string, path: TopologyPath): void {
  if (name.length >= 3 && !name.endsWith('-') && !REFUSED.test(name)) return;
  scope.report({
    code: 'bucket-name',
    severity: 'error',
    message: `\`${name}\` cannot be the name of a bucket`,
    place: path.length > 2 ? atValue(path) : atKey(path),
    help: '3 to 63 lower-case letters, digits and hyphens, not ending in `-`, without the prefixes and suffixes that S3 reserves; set `name:`',
  });
}

function reportMissing(scope: Scope, provider: string, key: string, path: TopologyPath, why: string): void {
  scope.report({
    code: 'bucket-incomplete',
    severity: 'error',
    message: `a bucket at \`${provider}\` needs \`${key}\``,
    place: atKey(path),
    help: why,
  });
}

function reportBothStyles(scope: Scope, path: TopologyPath): void {
  scope.report({
    code: 'bucket-addressing',
    severity: 'error',
    message: 'the bucket is both in the host name (`{{bucket}}.`) and in the path (`path_style: true`)',
    place: atValue([...path, 'path_style']),
    related: [{ message: 'the endpoint', place: atValue([...path, 'endpoint']) }],
    help: 'PBS would then put it into the request twice: use one of the two',
  });
}
