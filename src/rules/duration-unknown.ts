import { listText } from '../analyses/schedule-text.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

const MOST = 5;

export const durationUnknown: Rule = {
  id: 'duration-unknown',
  severity: 'info',
  summary: 'Flows do not say how long they take.',
  why: 'Whether they run into another job, or have ended when the next one of a chain starts, cannot be checked: such a chain is ordered by the clock alone.',
  fix: 'Add `takes` with what the last runs took, and something to spare.',
  example: {
    bad: 'nightly: { kind: backup, schedule: "01:00", … }',
    good: 'nightly: { kind: backup, schedule: "01:00", takes: 50m, … }',
  },
  *check({ schedule }) {
    const unknown = [...schedule.flows.values()].filter(({ takes }) => takes === undefined);
    const chained = unknown.filter(({ flow }) => schedule.successors.has(flow));
    const [first, ...others] = [...chained, ...unknown.filter(job => !chained.includes(job))];
    if (first === undefined) return;
    const names = listText(
      chained.map(({ name }) => name),
      MOST,
    );
    const chain = chained.length === 0 ? '' : `, and others are timed to run after ${names}`;
    const message =
      unknown.length === 1
        ? `${first.name} has no \`takes\`: when it ends is not known${chain}`
        : `${unknown.length} flows have no \`takes\`: when they end is not known${chain}`;
    yield {
      message,
      place: atKey(first.flow.path),
      related: others
        .slice(0, MOST)
        .map(({ flow }) => ({ message: 'no `takes`, either', place: atKey(flow.path) })),
      help: 'add `takes`, for example `takes: 45m`',
    };
  },
};
