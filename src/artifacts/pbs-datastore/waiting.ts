/**
 * Datastores that cannot be made yet, since a value is pending, and what stands on them: a job of a datastore that does
 * not exist fails each time it is due, so files with such jobs are withheld like `datastore.cfg` itself.
 */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Datastore, Host } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import type { Withheld } from '../lowering.ts';

/** The value that the datastore waits for; undefined: none. */
export function pendingOf({ backing, path }: Datastore): TopologyPath | undefined {
  switch (backing.kind) {
    case 'disk':
    case 'iscsi':
    case 'removable':
      return backing.uuid === undefined ? [...path, backing.kind, 'uuid'] : undefined;
    case 's3':
      return backing.bucket.spec.fingerprint === 'pending'
        ? [...backing.bucket.path, 'fingerprint']
        : undefined;
    default:
      return undefined;
  }
}

export const isWaiting = (store: Datastore): boolean => pendingOf(store) !== undefined;

/** Files with jobs, one of each host. @param used datastores that the jobs of a host name; many may be the same. */
export function withheldJobs(used: Iterable<readonly [Host, Datastore]>, path: string): readonly Withheld[] {
  const waiting = [...used].filter(([, store]) => isWaiting(store));
  return [...groupBy(waiting, ([host]) => host)].map(([host, list]) => {
    const stores = [...new Set(list.map(([, store]) => store))];
    const names = stores.map(({ key }) => `\`${key}\``).join(', ');
    return {
      target: host.key,
      path,
      how: `It has jobs of ${stores.length === 1 ? 'datastore' : 'the datastores'} ${names}, which cannot be made before ${stores.length === 1 ? 'its' : 'their'} pending value is known.`,
      causes: stores.map(store => pendingOf(store) ?? store.path),
    };
  });
}
