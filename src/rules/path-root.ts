import { atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const pathRoot: Rule = {
  id: 'path-root',
  severity: 'error',
  summary: 'A datastore, share or mount point is the root directory of its host.',
  why: 'The root directory belongs to the system: nothing can be mounted there, and a store in it mixes backups with the system.',
  fix: 'Use a directory below it, for example `/mnt/datastore/NAME`.',
  example: {
    bad: 'datastores: { main: { host: pbs, path: / } }',
    good: 'datastores: { main: { host: pbs, path: /mnt/datastore/main } }',
  },
  *check({ topology }) {
    for (const { what, name, steps, path } of rootsIn(topology)) {
      yield {
        message: `${what} \`${name}\` is the root directory`,
        place: atValue([...path, ...steps]),
        help: 'use a directory below it',
      };
    }
  },
};

interface Found {
  /** For people: "the path of share". */
  readonly what: string;
  readonly name: string;
  /** Of the object, and from there to the value. */
  readonly path: TopologyPath;
  readonly steps: TopologyPath;
}

function* rootsIn({ datastores, shares, storages, hosts }: Topology): Iterable<Found> {
  for (const { key: name, path, spec, backing } of datastores.values()) {
    // The path of a removable store begins at the root of its device.
    if (backing.kind !== 'removable' && spec.path === '/')
      yield { what: 'the path of datastore', name, path, steps: ['path'] };
    if (spec.disk?.mountpoint === '/')
      yield { what: 'the mount point of datastore', name, path, steps: ['disk', 'mountpoint'] };
  }
  for (const { key: name, path, spec } of shares.values()) {
    if (spec.path === '/') yield { what: 'the path of share', name, path, steps: ['path'] };
    if (spec.mountpoint === '/')
      yield { what: 'the mount point of share', name, path, steps: ['mountpoint'] };
  }
  for (const { key: name, path, spec } of storages.values()) {
    if (spec.path === '/') yield { what: 'the path of storage', name, path, steps: ['path'] };
  }
  for (const { key: name, path, spec } of hosts.values()) {
    if (spec.work_dir === '/') yield { what: 'the work directory of', name, path, steps: ['work_dir'] };
  }
}
