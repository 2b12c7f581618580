import { mappedNamespace } from '../analyses/namespaces.ts';
import { placeText, scopesReaching } from '../analyses/prune-scopes.ts';
import { pointsText } from '../analyses/retention-observed.ts';
import { isLive } from '../analyses/schedule-jobs.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const deletionsPropagate: Rule = {
  id: 'deletions-propagate',
  severity: 'warning',
  summary: 'A sync removes what its source no longer has, and its target is to keep it longer.',
  why: 'With each run the target loses what was pruned at the source: its own retention has nothing left to keep.',
  fix: 'Leave out `propagate_deletions`, and let the target prune by its own retention.',
  example: {
    bad: 'main: { retention: { keep_daily: 7, … } }\nvault: { retention: { keep_daily: 90, … } }\ncopy: { from: main, to: vault, propagate_deletions: true, … }',
    good: 'copy: { from: main, to: vault, … }',
  },
  *check({ topology, retentions }) {
    const most = (...[datastore, namespace]: Parameters<typeof retentions.keptIn>) => {
      const kept = retentions.keptIn(datastore, namespace).flatMap(group => group.kept ?? []);
      return kept.toSorted((a, b) => b.days - a.days)[0];
    };
    for (const flow of topology.flows.values()) {
      if (flow.kind !== 'sync' || flow.spec.propagate_deletions !== true || !isLive(flow)) continue;
      const { from, to } = flow;
      for (const namespace of retentions.inflow.get(from.datastore)?.keys() ?? []) {
        const target = mappedNamespace(flow, namespace);
        const source = target === undefined ? undefined : most(from.datastore, namespace);
        if (target === undefined || source === undefined) continue;
        const [scope] = scopesReaching(retentions.scopes(to.datastore), target);
        const wanted = most(to.datastore, target);
        const isAll = scope?.retention.keep_all === true;
        if (!isAll && (wanted === undefined || wanted.days < 1.2 * source.days + 1)) continue;
        const what = isAll || wanted === undefined ? 'everything' : pointsText(wanted);
        yield {
          message: `${placeText(to.datastore, target)} is to keep ${what}, and \`${flow.key}\` removes from it what ${placeText(from.datastore, namespace)} no longer has, and that keeps ${pointsText(source)}`,
          place: atKey([...flow.path, 'propagate_deletions']),
          related:
            scope === undefined ? [] : [{ message: 'the retention of the target', place: atKey(scope.path) }],
          help: 'remove `propagate_deletions`: the target prunes by its own retention',
        };
        break;
      }
    }
  },
};
