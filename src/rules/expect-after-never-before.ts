import { isLive } from '../analyses/schedule-jobs.ts';
import { runsAhead } from '../analyses/schedule-order.ts';
import { spanText } from '../analyses/schedule-text.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Flow } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const expectAfterNeverBefore: Rule = {
  id: 'expect-after-never-before',
  severity: 'warning',
  summary: 'A flow is expected to run after another one that does not run, or that runs shortly after it.',
  why: 'What it copies is a whole cycle old each time, or never comes.',
  fix: 'Start it after the other flow, or correct `expect_after`.',
  example: {
    bad: 'backup: { schedule: "02:00", … }\ncopy: { schedule: "01:00", expect_after: backup, … } # of yesterday',
    good: 'copy: { schedule: "04:00", expect_after: backup, … }',
  },
  *check({ schedule, topology }) {
    for (const flow of topology.flows.values()) {
      const { expectAfter: other, path } = flow;
      if (other === undefined || !isLive(flow)) continue;
      const place = atValue([...path, 'expect_after']);
      const never = whyNever(other);
      if (never !== undefined) {
        yield {
          message: `\`${flow.key}\` is expected to run after \`${other.key}\`, which ${never}`,
          place,
          help: `remove \`expect_after\`, or see that \`${other.key}\` runs`,
        };
        continue;
      }
      const [before, job] = [schedule.flows.get(other), schedule.flows.get(flow)];
      const ahead = before && job && runsAhead(before, job);
      if (before === undefined || job === undefined || ahead?.until === undefined) continue;
      yield {
        message: `\`${flow.key}\` (\`${job.text}\`) starts ${spanText(ahead.until)} before \`${other.key}\` (\`${before.text}\`), and so finds what that left ${spanText(ahead.since)} ago`,
        place: atValue(job.path),
        related: [{ message: 'the order that is expected', place }],
        help: `start it after \`${other.key}\``,
      };
    }
  },
};

/** Only what is sure: a flow that is started by hand or by a mount may well run. */
function whyNever(flow: Flow): string | undefined {
  if (flow.state !== 'active') return `is ${flow.state}`;
  if (flow.spec.disabled === true) return 'is switched off';
  return undefined;
}
