import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const syncToItself: Rule = {
  id: 'sync-to-itself',
  severity: 'error',
  summary: 'A sync copies a datastore into itself.',
  why: 'PBS refuses a sync whose source and target are one datastore, other namespaces included: it would not be a second copy either, since equal chunks are stored once.',
  fix: 'Name another datastore as the target.',
  example: { bad: 'from: main\nto: "main:copy"', good: 'from: main\nto: spare' },
  *check({ topology }) {
    for (const flow of topology.flows.values()) {
      if (flow.kind !== 'sync' || flow.from.datastore !== flow.to.datastore) continue;
      yield {
        message: `sync \`${flow.key}\` copies datastore \`${flow.from.datastore.key}\` into itself`,
        place: atValue([...flow.path, 'to']),
        related: [{ message: 'the source', place: atValue([...flow.path, 'from']) }],
        help: 'source and target must be two datastores',
      };
    }
  },
};
