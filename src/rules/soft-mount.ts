import { atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const softMount: Rule = {
  id: 'soft-mount',
  severity: 'error',
  summary: 'A network file system that holds backups is mounted `soft`.',
  why: 'When the server is slow, a `soft` mount gives up and lets a write fail or vanish in the cache: archives end in the middle and chunks are missing, and the job may still report success (nfs(5)).',
  fix: 'Mount it `hard`, which is the default: a job then waits until the server is back.',
  example: {
    bad: 'nfs: { from: export, via: home/storage, options: "vers=4.1,soft" }',
    good: 'nfs: { from: export, via: home/storage, options: "vers=4.1,hard" }',
  },
  *check({ topology }) {
    for (const { what, options, path } of mounts(topology)) {
      const soft = options.split(',').find(option => /^soft(?:err)?$/.test(option.trim()));
      if (soft === undefined) continue;
      yield {
        message: `${what} is mounted \`${soft.trim()}\`: an interrupted backup may look complete`,
        place: atValue(path),
        help: 'write `hard`, or leave the option out',
      };
    }
  },
};

interface MountOptions {
  readonly what: string;
  readonly options: string;
  readonly path: TopologyPath;
}

function* mounts({ datastores, storages }: Topology): Iterable<MountOptions> {
  for (const { key, path, spec, state } of datastores.values()) {
    const options = spec.nfs?.options;
    if (state === 'active' && options !== undefined)
      yield { what: `datastore \`${key}\``, options, path: [...path, 'nfs', 'options'] };
  }
  for (const { key, path, spec, state, backing } of storages.values()) {
    const holdsBackups = backing.kind === 'share' || spec.content?.includes('backup') === true;
    if (state === 'active' && spec.options !== undefined && holdsBackups)
      yield { what: `storage \`${key}\``, options: spec.options, path: [...path, 'options'] };
  }
}
