import { retentions } from '../analyses/retentions.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const retentionMisplaced: Rule = {
  id: 'retention-misplaced',
  severity: 'error',
  summary: 'A retention stands at the PVE storage of a PBS datastore.',
  why: 'Backups in a datastore are pruned by PBS, so that the account of the clients need not be allowed to delete. The storage entry is rendered to keep all, and this retention has no effect.',
  fix: 'Move the retention to the datastore, or to the namespace that the storage uses.',
  example: {
    bad: 'storages: { pbs: { datastore: main, retention: { keep_last: 7 }, … } }',
    good: 'datastores: { main: { retention: { keep_last: 7, schedule: "03:30" }, … } }',
  },
  *check({ topology }) {
    for (const { retention, path, of, what } of retentions(topology)) {
      if (of !== 'pbs-storage' || retention.keep_all === true) continue;
      yield {
        message: `${what} has a retention, and it is the storage of a PBS datastore`,
        place: atKey(path),
        help: 'write the retention at the datastore, or at the namespace that the storage uses',
      };
    }
  },
};
