import { runsAhead } from '../analyses/schedule-order.ts';
import { spanText } from '../analyses/schedule-text.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

/** Minutes: what lies further apart does not belong to one night. */
const SAME_NIGHT = 12 * 60;

export const verifyBeforeGc: Rule = {
  id: 'verify-before-gc',
  severity: 'warning',
  summary: 'The verification of a datastore runs shortly before its garbage collection.',
  why: 'Both read the whole store. Started first, the verification is still at it when the other one begins, and it has read what prune and garbage collection were about to remove.',
  fix: 'Start the verification after the garbage collection.',
  example: {
    bad: 'verify: { schedule: "sun 03:00" }\ngc: { schedule: "sun 05:00" }',
    good: 'gc: { schedule: "sun 03:00" }\nverify: { schedule: "sun 05:00" }',
  },
  *check({ schedule }) {
    for (const jobs of schedule.upkeep.values()) {
      const gc = jobs.find(({ kind }) => kind === 'gc');
      for (const verify of gc === undefined ? [] : jobs) {
        const ahead = gc && verify.kind === 'verify' ? runsAhead(gc, verify) : undefined;
        if (gc === undefined || ahead?.until === undefined || ahead.until > SAME_NIGHT) continue;
        yield {
          message: `the ${verify.name} (\`${verify.text}\`) starts ${spanText(ahead.until)} before its garbage collection (\`${gc.text}\`)`,
          place: atValue(verify.path),
          related: [{ message: 'the garbage collection', place: atValue(gc.path) }],
          help: 'prune first, then collect garbage, then verify',
        };
      }
    }
  },
};
