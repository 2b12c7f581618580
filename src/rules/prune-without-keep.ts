import { keepOf } from '../analyses/retention-keep.ts';
import { holderText, retentions } from '../analyses/retentions.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const pruneWithoutKeep: Rule = {
  id: 'prune-without-keep',
  severity: 'warning',
  summary: 'A retention has no rule that says what to keep.',
  why: 'Without a rule everything is kept: nothing is pruned, and the store fills up.',
  fix: 'Add a rule such as `keep_daily: 7`, or `keep_all: true` if that is what is wanted.',
  example: {
    bad: 'retention: { schedule: "03:30" }',
    good: 'retention: { keep_daily: 7, schedule: "03:30" }',
  },
  *check({ topology }) {
    for (const declared of retentions(topology)) {
      const { retention, path } = declared;
      if (retention.keep_all === true || keepOf(retention) !== undefined) continue;
      yield {
        message: `the retention of ${holderText(declared)} says nothing to keep, and so keeps everything`,
        place: atKey([...path, 'retention']),
        help: 'add a rule such as `keep_daily: 7`, or `keep_all: true`',
      };
    }
  },
};
