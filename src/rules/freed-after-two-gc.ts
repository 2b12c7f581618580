import { isPruned } from '../analyses/prune-scopes.ts';
import { freedAfter } from '../analyses/retention-space.ts';
import { listText, spanText } from '../analyses/schedule-text.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const freedAfterTwoGc: Rule = {
  id: 'freed-after-two-gc',
  severity: 'info',
  summary: 'What is pruned takes up space until a later garbage collection.',
  why: 'A garbage collection removes only chunks that no run has found in use for 24 hours and 5 minutes: after a prune, with one run a day, the second one frees the space.',
  fix: 'Leave room for what is pruned in that time, or collect garbage more often.',
  example: {
    bad: 'main: { capacity: 600 GB, gc: { schedule: "sat 04:00" }, … }',
    good: 'main: { capacity: 600 GB, gc: { schedule: "04:00" }, … }',
  },
  *check({ topology, schedule, retentions }) {
    const late = [...topology.datastores.values()].flatMap(datastore => {
      const { capacity, warn_at: warnAt } = datastore.spec;
      const gc = schedule.upkeep.get(datastore)?.find(({ kind }) => kind === 'gc');
      if (gc === undefined || (capacity ?? warnAt) === undefined) return [];
      if (!retentions.inflow.has(datastore) || !isPruned(retentions.scopes(datastore))) return [];
      const delay = freedAfter(datastore, gc);
      return delay === undefined ? [] : [{ datastore, delay }];
    });
    const [worst, ...others] = late.sort((a, b) => b.delay - a.delay);
    if (worst === undefined) return;
    const delays = [...groupBy(late, ({ delay }) => delay)].map(
      ([delay, stores]) =>
        `${spanText(delay)} in ${listText(stores.map(({ datastore }) => `\`${datastore.key}\``))}`,
    );
    yield {
      message: `what is pruned takes up space until a later garbage collection: up to ${delays.slice(0, 3).join('; ')}`,
      place: atKey([...worst.datastore.path, 'gc']),
      related: others.slice(0, 4).map(({ datastore }) => ({
        message: 'its garbage collection',
        place: atKey([...datastore.path, 'gc']),
      })),
      help: 'leave room in `capacity` for what is pruned in that time',
    };
  },
};
