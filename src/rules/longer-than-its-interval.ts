import { gapsOf } from '../analyses/schedule-order.ts';
import { spanText } from '../analyses/schedule-text.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const longerThanItsInterval: Rule = {
  id: 'longer-than-its-interval',
  severity: 'warning',
  summary: 'A flow takes longer than the time until its next run.',
  why: 'The next run finds it still at work: it is left out, or waits and pushes all that follow.',
  fix: 'Run it less often, or correct `takes`.',
  example: {
    bad: 'hourly: { schedule: "hourly", takes: 90m, … }',
    good: 'hourly: { schedule: "0/2:00", takes: 90m, … }',
  },
  *check({ schedule }) {
    for (const job of schedule.flows.values()) {
      const [least] = gapsOf(job) ?? [];
      if (least === undefined || job.takes === undefined || job.takes <= least) continue;
      yield {
        message: `${job.name} takes ${spanText(job.takes)}, and its next run starts ${spanText(least)} after it`,
        place: atValue(job.path),
        related: [{ message: 'how long it takes', place: atValue([...job.flow.path, 'takes']) }],
        help: 'run it less often, or correct `takes`',
      };
    }
  },
};
