import { bucketId, type S3Use, s3Uses } from '../analyses/s3-uses.ts';
import { isWithin } from '../analyses/share-directories.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Finding, Rule } from './rule.ts';

export const bucketShared: Rule = {
  id: 'bucket-shared',
  severity: 'error',
  summary: 'Two things write under one prefix of a bucket.',
  why: 'PBS keeps a datastore under its native name in the bucket, so two of one name are one store with two garbage collections, and each deletes the chunks of the other. Files of rclone in the same place are a trap for whoever tidies up, and `rclone sync` removes the datastore as something that its source lacks.',
  fix: 'Give each datastore a bucket of its own, and files another one.',
  example: {
    bad: 'a: { host: pbs-1, name: cloud, s3: { bucket: one, … } }\nb: { host: pbs-2, name: cloud, s3: { bucket: one, … } }',
    good: 'b: { host: pbs-2, name: cloud, s3: { bucket: two, … } }',
  },
  *check({ topology }) {
    for (const uses of groupBy(s3Uses(topology), ({ bucket }) => bucketId(bucket)).values()) {
      const stores = uses.filter(({ kind }) => kind === 'datastore');
      for (const [first, ...others] of groupBy(stores, ({ prefix }) => prefix).values()) {
        for (const other of others) if (first !== undefined) yield sameStore(first, other);
      }
      for (const files of uses.filter(({ kind }) => kind === 'files')) {
        const store = stores.find(
          ({ prefix }) => isWithin(files.prefix, prefix) || isWithin(prefix, files.prefix),
        );
        if (store !== undefined) yield filesBeside(files, store);
      }
    }
  },
};

const sameStore = (first: S3Use, other: S3Use): Finding => ({
  message: `${first.what} and ${other.what} are both \`${other.prefix}\` in one bucket: to PBS they are one store`,
  place: atValue(other.path),
  related: [{ message: 'the other datastore', place: atValue(first.path) }],
  help: 'use another bucket, or another native `name` for one of them',
});

const filesBeside = (files: S3Use, store: S3Use): Finding => ({
  severity: files.deletes ? 'error' : 'warning',
  message: files.deletes
    ? `${files.what} deletes ${store.what} from the bucket that both use`
    : `${files.what} writes around ${store.what} in the bucket that both use`,
  place: atValue(files.path),
  related: [{ message: 'the datastore', place: atValue(store.path) }],
  help: 'use another bucket for files, or a prefix that is not above the datastore’s name',
});
