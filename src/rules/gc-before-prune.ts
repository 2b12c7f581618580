import { freeTime } from '../analyses/contention-stagger.ts';
import { runsAhead } from '../analyses/schedule-order.ts';
import { spanText } from '../analyses/schedule-text.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

const ORDER = 'prune first, then collect garbage, then verify';

export const gcBeforePrune: Rule = {
  id: 'gc-before-prune',
  severity: 'warning',
  summary: 'The garbage collection of a datastore runs shortly before its prune.',
  why: 'Pruning removes only index files; the space comes with the garbage collection. What is pruned after it takes space for a whole cycle more.',
  fix: 'Start the garbage collection after the prune.',
  example: {
    bad: 'retention: { keep_daily: 7, schedule: "04:00" }\ngc: { schedule: "03:00" }',
    good: 'retention: { keep_daily: 7, schedule: "03:00" }\ngc: { schedule: "04:00" }',
  },
  *check({ schedule }) {
    for (const jobs of schedule.upkeep.values()) {
      const gc = jobs.find(({ kind }) => kind === 'gc');
      for (const prune of gc === undefined ? [] : jobs) {
        const ahead = gc && prune.kind === 'prune' ? runsAhead(prune, gc) : undefined;
        if (gc === undefined || ahead?.until === undefined) continue;
        const free = freeTime(schedule, gc, ((prune.runs.minutes[0] ?? 0) % 1440) + 15);
        yield {
          message: `${gc.name} (\`${gc.text}\`) starts ${spanText(ahead.until)} before the ${prune.name} (\`${prune.text}\`), and so frees only what was pruned ${spanText(ahead.since)} earlier`,
          place: atValue(gc.path),
          related: [{ message: 'the prune', place: atValue(prune.path) }],
          help: free === undefined ? ORDER : `${ORDER}: \`schedule: "${free}"\` meets nothing`,
        };
        break;
      }
    }
  },
};
