import { listText } from '../analyses/schedule-text.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const noGc: Rule = {
  id: 'no-gc',
  severity: 'warning',
  summary: 'Backups come to a datastore, and its garbage is never collected.',
  why: 'Pruning removes only index files. The chunks stay, and the store only grows, a bucket as well.',
  fix: 'Give the datastore a `gc` with a schedule.',
  example: {
    bad: 'datastores: { main: { host: pbs, path: /mnt/main } }',
    good: 'datastores: { main: { host: pbs, path: /mnt/main, gc: { schedule: "sat 04:00" } } }',
  },
  *check({ retentions }) {
    for (const [datastore, places] of retentions.inflow) {
      const { host, spec, path, key } = datastore;
      if (!host.managed || spec.gc !== undefined || spec.removable?.gc_on_unmount === true) continue;
      const flows = new Set([...places.values()].flatMap(feeds => feeds.map(({ flow }) => flow)));
      yield {
        message: `the garbage of \`${key}\` is never collected, and ${listText([...flows].map(flow => `\`${flow.key}\``))} ${flows.size === 1 ? 'writes' : 'write'} there`,
        place: atKey(path),
        related: [...flows]
          .slice(0, 3)
          .map(flow => ({ message: `\`${flow.key}\``, place: atKey(flow.path) })),
        help: 'add `gc: { schedule: "sat 04:00" }`, at a time after the prune',
      };
    }
  },
};
