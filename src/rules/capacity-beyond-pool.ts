import { atKey, atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Pool, Topology } from '../model/topology.ts';
import { parseSize } from '../proxmox/quantity.ts';
import type { Rule } from './rule.ts';

export const capacityBeyondPool: Rule = {
  id: 'capacity-beyond-pool',
  severity: 'warning',
  summary: 'Something is larger than the pool that it lies on.',
  why: 'The pool is full before the thresholds of what lies on it are reached: the file system above still shows free space, and its writes fail. Most often a digit or a unit is wrong.',
  fix: 'Correct the size, or make the pool larger.',
  example: {
    bad: 'pools: { tank: { size: 4 TB } }\nmain: { host: pbs, on: pbs/tank, capacity: 40 TB, … }',
    good: 'main: { host: pbs, on: pbs/tank, capacity: 4 TB, … }',
  },
  *check({ topology }) {
    // A deployment has few different ones.
    const known = new Map<string | undefined, number>();
    const bytes = (size: string | undefined): number => {
      const found = known.get(size) ?? bytesOf(size);
      known.set(size, found);
      return found;
    };
    for (const { kind, name, size, path, at, pool } of layers(topology)) {
      const isLarger = bytes(size) > bytes(pool.spec.size);
      if (!isLarger) continue;
      yield {
        message: `${kind} \`${name}\` has ${size} on pool \`${pool.host.key}/${pool.key}\` of ${pool.spec.size}`,
        place: atValue([...path, at]),
        related: [{ message: 'the pool', place: atKey(pool.path) }],
        help: `at most ${pool.spec.size} fits`,
      };
    }
  },
};

interface Layer {
  readonly kind: 'pool' | 'LUN' | 'datastore' | 'cache of datastore' | 'share';
  readonly name: string;
  readonly size: string;
  /** Of the object, and its key that has the size. */
  readonly path: TopologyPath;
  readonly at: 'size' | 'capacity' | 'max_cache_size';
  readonly pool: Pool;
}

/** What is declared with a size, and the pool right below it, where that has one, too. */
function* layers({ hosts, datastores, shares }: Topology): Iterable<Layer> {
  for (const host of hosts.values()) {
    if (host.state === 'retired') continue;
    for (const { key, path, spec, on } of host.pools.values()) {
      if (on?.spec.size === undefined || spec.size === undefined) continue;
      yield { kind: 'pool', name: `${host.key}/${key}`, size: spec.size, path, at: 'size', pool: on };
    }
    for (const { key, path, spec, pool } of host.luns.values()) {
      if (pool?.spec.size === undefined || spec.size === undefined) continue;
      yield { kind: 'LUN', name: `${host.key}/${key}`, size: spec.size, path, at: 'size', pool };
    }
  }
  for (const { key, path, spec, state, pool, backing } of datastores.values()) {
    if (state === 'retired' || pool?.spec.size === undefined) continue;
    // In a bucket, the pool holds the cache alone.
    const size = backing.kind === 's3' ? spec.s3?.max_cache_size : spec.capacity;
    if (size === undefined) continue;
    if (backing.kind !== 's3') yield { kind: 'datastore', name: key, size, path, at: 'capacity', pool };
    else
      yield {
        kind: 'cache of datastore',
        name: key,
        size,
        path: [...path, 's3'],
        at: 'max_cache_size',
        pool,
      };
  }
  for (const { key, path, spec, state, pool } of shares.values()) {
    if (state === 'retired' || pool?.spec.size === undefined || spec.capacity === undefined) continue;
    yield { kind: 'share', name: key, size: spec.capacity, path, at: 'capacity', pool };
  }
}

/** NaN, which compares with nothing, where it is not known. */
function bytesOf(size: string | undefined): number {
  if (size === undefined) return Number.NaN;
  const parsed = parseSize(size);
  return parsed.ok ? parsed.value : Number.NaN;
}
