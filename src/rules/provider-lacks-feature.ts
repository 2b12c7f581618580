import { activeOnes } from '../analyses/in-use.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Bucket } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

export const providerLacksFeature: Rule = {
  id: 'provider-lacks-feature',
  severity: 'warning',
  summary: 'A bucket is said to lock objects or to keep versions, and cannot.',
  why: 'What is counted on for the day after an intruder does not exist: keys that write there can delete everything. Garage has neither locks nor versions. R2 has no versions, and its locks are rules of the bucket that whoever administers the account can remove. A lock of S3 holds versions, so that a bucket with one keeps them.',
  fix: 'Take what cannot be out, and count the copy as one that can be deleted; or choose a provider that has it. At R2, lock rules are `mode: governance`.',
  example: {
    bad: 'buckets: { far: { provider: garage, object_lock: { mode: compliance, for: 30d }, … } }',
    good: 'buckets: { far: { provider: wasabi, object_lock: { mode: compliance, for: 30d }, … } }',
  },
  *check({ topology }) {
    for (const bucket of activeOnes(topology.buckets)) {
      const finding = lockFinding(bucket) ?? versionFinding(bucket);
      if (finding !== undefined) yield finding;
    }
  },
};

function lockFinding({ key, path, spec, locks }: Bucket): Finding | undefined {
  const lock = spec.object_lock;
  if (lock === undefined) return undefined;
  if (locks === 'none')
    return {
      message: `bucket \`${key}\` has an object lock, and ${spec.provider} has none`,
      place: atValue([...path, 'object_lock', 'mode']),
      help: 'leave `object_lock` out, or choose another provider',
    };
  if (locks === 'removable')
    return lock.mode === 'governance'
      ? undefined
      : {
          message: `bucket \`${key}\` is locked in mode \`compliance\`, and whoever administers the account at ${spec.provider} can remove its locks`,
          place: atValue([...path, 'object_lock', 'mode']),
          help: 'write `mode: governance`, or choose another provider',
        };
  if (spec.versioning !== false) return undefined;
  return {
    message: `bucket \`${key}\` has an object lock and is said to keep no versions: a lock holds versions`,
    place: atValue([...path, 'versioning']),
    related: [{ message: 'the lock', place: atValue([...path, 'object_lock', 'mode']) }],
    help: 'leave `versioning: false` out, or the lock where the bucket has none',
  };
}

function versionFinding({ key, path, spec, locks }: Bucket): Finding | undefined {
  if (spec.versioning !== true || locks === 's3') return undefined;
  return {
    message: `bucket \`${key}\` is said to keep versions, and ${spec.provider} keeps none`,
    place: atValue([...path, 'versioning']),
    help: 'leave `versioning` out, or choose another provider',
  };
}
