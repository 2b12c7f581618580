import { isVerified, placePath, placeText } from '../analyses/prune-scopes.ts';
import { listText } from '../analyses/schedule-text.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const neverVerified: Rule = {
  id: 'never-verified',
  needsAll: true,
  severity: 'warning',
  summary: 'Backups come to a datastore, and nothing ever verifies them.',
  why: 'Damaged chunks are found on the day of the restore. Until then every new backup builds on them.',
  fix: 'Add a `verify` job with a schedule, after the garbage collection.',
  example: {
    bad: 'datastores: { main: { host: pbs, path: /mnt/main } }',
    good: 'datastores: { main: { host: pbs, path: /mnt/main, verify: { schedule: "sun 06:00", outdated_after: 30d } } }',
  },
  *check({ retentions }) {
    for (const [datastore, places] of retentions.inflow) {
      if (!datastore.host.managed) continue;
      const open = [...places.keys()].filter(namespace => !isVerified(datastore, namespace));
      const [first] = open;
      if (first === undefined) continue;
      const names = listText(open.map(name => placeText(datastore, name)));
      const { backing } = datastore;
      const isRemote = backing.kind === 's3' && backing.bucket.host === undefined;
      yield {
        message: isRemote
          ? `nothing verifies ${names}, which lies in bucket \`${backing.bucket.key}\``
          : `nothing verifies ${names}`,
        place: atKey(open.length === 1 ? placePath(datastore, first) : datastore.path),
        help: isRemote
          ? 'verification reads everything from the bucket, and the provider may charge for it: verify seldom, with `outdated_after`, or test restores'
          : 'add `verify: { schedule: "sun 06:00", outdated_after: 30d }`, or `verify_new: true`',
      };
    }
  },
};
