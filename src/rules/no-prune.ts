import { placePath, placeText, scopesReaching } from '../analyses/prune-scopes.ts';
import type { Feed } from '../analyses/retention-inflow.ts';
import { listText } from '../analyses/schedule-text.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const noPrune: Rule = {
  id: 'no-prune',
  needsAll: true,
  severity: 'warning',
  summary: 'Backups come to a datastore or namespace, and nothing removes old ones.',
  why: 'The store fills up. When it is full, backups fail, and guests that are being backed up may freeze.',
  fix: 'Give the place a `retention` with a schedule, or `keep_all: true` if nothing shall ever be removed.',
  example: {
    bad: 'datastores: { main: { host: pbs, path: /mnt/main } }',
    good: 'datastores: { main: { host: pbs, path: /mnt/main, retention: { keep_daily: 7, schedule: "03:30" } } }',
  },
  *check({ retentions }) {
    for (const [datastore, places] of retentions.inflow) {
      if (!datastore.host.managed) continue;
      const scopes = retentions.scopes(datastore);
      const open: [string, readonly Feed[]][] = [];
      for (const place of places) {
        const [namespace, feeds] = place;
        // A copy that follows its source's deletions is pruned with the source.
        if (scopesReaching(scopes, namespace).length === 0 && !feeds.every(isMirrored)) open.push(place);
      }
      const [first] = open;
      if (first === undefined) continue;
      const [namespace, feeds] = first;
      const names = listText(open.map(([name]) => placeText(datastore, name)));
      const flows = [...new Set(feeds.map(({ flow }) => flow))];
      const writers = listText(flows.map(flow => `\`${flow.key}\``));
      yield {
        message: `nothing prunes ${names}, and ${writers} ${flows.length === 1 ? 'writes' : 'write'} there`,
        place: atKey(placePath(datastore, namespace)),
        related: feeds
          .slice(0, 3)
          .map(({ flow }) => ({ message: `\`${flow.key}\``, place: atKey(flow.path) })),
        help: 'add a `retention` with a schedule, or `retention: { keep_all: true }`',
      };
    }
  },
};

const isMirrored = ({ flow }: Feed): boolean =>
  flow.kind === 'sync' && flow.spec.propagate_deletions === true;
