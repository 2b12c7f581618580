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
    for (const { what, value, path } of pathsOf(topology)) {
      if (value !== '/') continue;
      yield {
        message: `${what} is the root directory`,
        place: atValue(path),
        help: 'use a directory below it',
      };
    }
  },
};

interface NamedPath {
  readonly what: string;
  readonly value: string | undefined;
  readonly path: TopologyPath;
}

function* pathsOf({ datastores, shares, storages, hosts }: Topology): Iterable<NamedPath> {
  for (const { key, path, spec, backing } of datastores.values()) {
    // The path of a removable store begins at the root of its device.
    if (backing.kind !== 'removable')
      yield { what: `the path of datastore \`${key}\``, value: spec.path, path: [...path, 'path'] };
    yield {
      what: `the mount point of datastore \`${key}\``,
      value: spec.disk?.mountpoint,
      path: [...path, 'disk', 'mountpoint'],
    };
  }
  for (const { key, path, spec } of shares.values()) {
    yield { what: `the path of share \`${key}\``, value: spec.path, path: [...path, 'path'] };
    yield {
      what: `the mount point of share \`${key}\``,
      value: spec.mountpoint,
      path: [...path, 'mountpoint'],
    };
  }
  for (const { key, path, spec } of storages.values()) {
    yield { what: `the path of storage \`${key}\``, value: spec.path, path: [...path, 'path'] };
  }
  for (const { key, path, spec } of hosts.values()) {
    yield { what: `the work directory of \`${key}\``, value: spec.work_dir, path: [...path, 'work_dir'] };
  }
}
