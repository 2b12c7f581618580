import { bottomPool, poolRef } from '../analyses/copy-place.ts';
import { activeOnes } from '../analyses/in-use.ts';
import { atKey, atValue, type Related } from '../diagnostics/diagnostic.ts';
import type { Datastore } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const cacheShared: Rule = {
  id: 'cache-shared',
  severity: 'warning',
  summary: 'The cache of an S3 datastore has no limit on a pool that it shares.',
  why: 'PBS sizes the cache by the free space of its file system. Without `max_cache_size` it fills what a datastore beside it, or the system, will need.',
  fix: 'Set `max_cache_size`, or give the cache a disk or dataset with a quota of its own.',
  example: {
    bad: 'cloud: { host: pbs, path: /tank/cache, on: pbs/tank, s3: { bucket: b, account: a } }',
    good: 'cloud: { host: pbs, path: /tank/cache, on: pbs/tank, s3: { bucket: b, account: a, max_cache_size: 64 GiB } }',
  },
  *check({ topology }) {
    const stores = activeOnes(topology.datastores);
    const byPool = groupBy(stores, ({ pool }) => pool && bottomPool(pool));
    for (const store of stores) {
      if (store.pool === undefined || store.spec.s3 === undefined) continue;
      if (store.spec.s3.max_cache_size !== undefined) continue;
      const pool = bottomPool(store.pool);
      const others = (byPool.get(pool) ?? []).filter(other => other !== store);
      const words = [
        ...(pool.spec.shared_with ?? []),
        ...others.slice(0, 3).map(({ key }) => `datastore \`${key}\``),
      ];
      if (words.length === 0) continue;
      yield {
        message: `the cache of datastore \`${store.key}\` has no limit on pool \`${poolRef(pool)}\`, which it shares with ${words.join(', ')}`,
        place: atKey([...store.path, 's3']),
        related: related(pool.path, others),
        help: 'set `max_cache_size`',
      };
    }
  },
};

const related = (pool: Datastore['path'], others: readonly Datastore[]): Related[] => [
  { message: 'the pool', place: atKey(pool) },
  ...others
    .slice(0, 3)
    .map(({ key, path }) => ({ message: `\`${key}\` lies there, too`, place: atValue([...path, 'on']) })),
];
