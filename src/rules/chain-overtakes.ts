import { freeTime } from '../analyses/contention-stagger.ts';
import { type Lag, lagKindsOf, lagsOf } from '../analyses/schedule-order.ts';
import { clockText, momentText, spanText } from '../analyses/schedule-text.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

/** A share of the runs of the other flow below which it is a matter of a few nights, such as those of the changes of the clocks. */
const RARELY = 0.05;

export const chainOvertakes: Rule = {
  id: 'chain-overtakes',
  severity: 'error',
  summary: 'A flow starts before the one has ended that it is expected to run after.',
  why: 'It copies what is still being written: half an archive, or the backups of the day before.',
  fix: 'Start it later, or correct `takes` of the other one.',
  example: {
    bad: 'dump: { schedule: "01:30", takes: 50m, … }\ncopy: { schedule: "02:00", expect_after: dump, … }',
    good: 'copy: { schedule: "02:20", expect_after: dump, … }',
  },
  *check({ schedule }) {
    for (const job of schedule.flows.values()) {
      const before = job.flow.expectAfter && schedule.flows.get(job.flow.expectAfter);
      const takes = before?.takes;
      if (before === undefined || takes === undefined) continue;
      if (lagKindsOf(before, job).every(({ since }) => since >= takes)) continue;
      const lags = lagsOf(before, job);
      const broken = lags.filter(({ since }) => since < takes);
      const [first] = broken;
      if (first === undefined) continue;
      // Between clocks, moments are of UTC: only the distance can be told.
      const when = before.zone === job.zone ? ` (${momentText(first.at)})` : '';
      const ends = before.zone === job.zone ? `at ${clockText(first.at - first.since + takes)}` : 'later';
      const free = freeTime(schedule, job, startOf(job.runs.minutes) + takes - first.since);
      yield {
        ...(startsOf(broken) < RARELY * startsOf(lags) && { severity: 'warning' as const }),
        message: `${job.name} starts ${first.since === 0 ? 'together with' : `${spanText(first.since)} after`} ${before.name}${when}, which takes ${spanText(takes)} and ends ${ends}`,
        place: atValue(job.path),
        related: [
          { message: 'the order that is expected', place: atValue([...job.flow.path, 'expect_after']) },
          { message: before.name, place: atValue([...before.flow.path, 'takes']) },
        ],
        help: free === undefined ? `start it when ${before.name} has ended` : `use \`schedule: "${free}"\``,
      };
    }
  },
};

/** Different runs of the flow before it. */
const startsOf = (lags: readonly Lag[]): number => new Set(lags.map(({ at, since }) => at - since)).size;

const startOf = (minutes: readonly number[]): number => (minutes[0] ?? 0) % 1440;
