import { placeText, scopesReaching } from '../analyses/prune-scopes.ts';
import { keepText } from '../analyses/retention-keep.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const twoRetentions: Rule = {
  id: 'two-retentions',
  severity: 'warning',
  summary: 'A namespace is pruned by its own retention and by that of a namespace above it.',
  why: 'Each job removes what its own rules do not keep: what the tighter one does not keep is gone, whatever the other one says.',
  fix: 'Lower `max_depth` of the upper retention, or remove one of the two.',
  example: {
    bad: 'main: { retention: { keep_daily: 7, max_depth: 3, schedule: "03:30" }, namespaces: { legal: { retention: { keep_yearly: 10, schedule: "03:40" } } } }',
    good: 'main: { retention: { keep_daily: 7, schedule: "03:30" }, namespaces: { legal: { retention: { keep_yearly: 10, schedule: "03:40" } } } }',
  },
  *check({ topology, retentions }) {
    for (const datastore of topology.datastores.values()) {
      if (datastore.state !== 'active') continue;
      const scopes = retentions.scopes(datastore);
      for (const own of scopes.values()) {
        const wanted = own.keep === undefined ? undefined : keepText(own.keep);
        const other = scopesReaching(scopes, own.namespace).find(
          scope => scope !== own && scope.keep !== undefined && keepText(scope.keep) !== wanted,
        );
        if (other?.keep === undefined) continue;
        yield {
          message: `${placeText(datastore, own.namespace)} ${wanted === undefined ? 'is to keep everything' : `has \`${wanted}\``}, and the retention of ${placeText(datastore, other.namespace)}, \`${keepText(other.keep)}\`, reaches it, too (\`max_depth: ${other.depth}\`): what only one of them keeps is removed`,
          place: atKey(own.path),
          related: [{ message: 'the other retention', place: atValue([...other.path, 'max_depth']) }],
          help: 'lower that `max_depth`, or remove one of the two',
        };
      }
    }
  },
};
