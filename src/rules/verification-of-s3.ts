import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const verificationOfS3: Rule = {
  id: 'verification-of-s3',
  severity: 'info',
  summary: 'A datastore in a bucket is verified: all of it is read from the provider.',
  why: 'Providers charge for what leaves the bucket, and for requests. What it costs is not known here.',
  fix: 'Verify seldom, with `ignore_verified` and a long `outdated_after`, and look at the first bill.',
  example: {
    bad: 'cloud: { s3: { … }, verify: { schedule: "daily" } }',
    good: 'cloud: { s3: { … } } # and restores that are tested',
  },
  *check({ topology }) {
    for (const { backing, spec, path, key, state, namespaces } of topology.datastores.values()) {
      if (state !== 'active' || backing.kind !== 's3' || backing.bucket.host !== undefined) continue;
      const namespace = [...namespaces.values()].find(place => place.spec.verify !== undefined);
      const at = spec.verify ? [...path, 'verify'] : spec.verify_new ? [...path, 'verify_new'] : undefined;
      const place = at ?? (namespace && [...namespace.path, 'verify']);
      if (place === undefined) continue;
      yield {
        message: `the verification of \`${key}\` reads from bucket \`${backing.bucket.key}\`, for which the provider may charge`,
        place: atKey(place),
        related: [{ message: 'the bucket', place: atKey(backing.bucket.path) }],
        help: 'verify seldom, with a long `outdated_after`',
      };
    }
  },
};
