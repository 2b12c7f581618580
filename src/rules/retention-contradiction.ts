import { KEEP_RULES } from '../analyses/retention-keep.ts';
import { holderText, retentions } from '../analyses/retentions.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const retentionContradiction: Rule = {
  id: 'retention-contradiction',
  severity: 'error',
  summary: 'A retention keeps everything and a number of backups at once.',
  why: 'PVE refuses `keep-all` beside another rule, and the run of the job fails.',
  fix: 'Keep either `keep_all: true` or the other rules.',
  example: { bad: 'retention: { keep_all: true, keep_daily: 7 }', good: 'retention: { keep_daily: 7 }' },
  *check({ topology }) {
    for (const declared of retentions(topology)) {
      const { retention } = declared;
      if (retention.keep_all !== true) continue;
      const others = KEEP_RULES.filter(name => retention[name] !== undefined);
      if (others.length === 0) continue;
      const path = [...declared.path, 'retention'];
      yield {
        message: `the retention of ${holderText(declared)} has \`keep_all\` and ${others.map(name => `\`${name}\``).join(', ')}`,
        place: atKey([...path, 'keep_all']),
        related: others.map(name => ({ message: 'a limit', place: atKey([...path, name]) })),
        help: 'remove `keep_all`, or the other rules',
      };
    }
  },
};
