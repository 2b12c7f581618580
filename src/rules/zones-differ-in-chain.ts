import { offsetsBetween } from '../analyses/schedule-order.ts';
import { spanText } from '../analyses/schedule-text.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const zonesDifferInChain: Rule = {
  id: 'zones-differ-in-chain',
  severity: 'warning',
  summary:
    'Flows that are expected to run one after the other are timed by clocks that do not change together.',
  why: 'The distance between them is another one for some weeks of the year: the second one starts too soon, or late.',
  fix: 'Write both schedules in UTC, or leave room for the difference.',
  example: {
    bad: 'dump: { schedule: "01:00", … } # in Europe/Berlin\ncopy: { schedule: "20:00", expect_after: dump, … } # in America/New_York',
    good: 'dump: { schedule: "00:00 UTC", … }\ncopy: { schedule: "01:00 UTC", expect_after: dump, … }',
  },
  *check({ schedule }) {
    for (const job of schedule.flows.values()) {
      const before = job.flow.expectAfter && schedule.flows.get(job.flow.expectAfter);
      if (before === undefined || before.zone === job.zone) continue;
      const [least, most] = offsetsBetween(before.zone, job.zone);
      // Zones of the same changes are apart by the same hours all year, and the order is checked with them.
      if (least === most) continue;
      yield {
        message: `${job.name} runs after ${before.name} by another clock (\`${job.zone}\`, \`${before.zone}\`): the distance between them changes by ${spanText(most - least)} during the year`,
        place: atValue(job.path),
        related: [
          { message: 'the order that is expected', place: atValue([...job.flow.path, 'expect_after']) },
          { message: `by the clock of \`${before.zone}\``, place: atValue(before.path) },
        ],
        help: 'write both schedules in UTC, for example `schedule: "01:00 UTC"`',
      };
    }
  },
};
