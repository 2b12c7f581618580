import { cyclesOf } from '../analyses/cycles.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Flow } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const triggerCycle: Rule = {
  id: 'trigger-cycle',
  severity: 'error',
  summary: 'Flows start one another in a circle.',
  why: 'None of them has a schedule: nobody starts the first one, or they run for ever.',
  fix: 'Give one flow of the circle a `schedule` instead of its `trigger`.',
  example: {
    bad: 'a: { trigger: { after: b }, … }\nb: { trigger: { after: a }, … }',
    good: 'a: { schedule: "03:00", … }\nb: { trigger: { after: a }, … }',
  },
  *check({ topology }) {
    for (const cycle of cyclesOf(topology.flows.values(), flow => flow.after)) {
      const [first, ...others] = cycle;
      if (first === undefined) continue;
      const at = ({ path }: Flow) => atValue([...path, 'trigger', 'after']);
      yield {
        message:
          others.length === 0
            ? `flow \`${first.key}\` is to start after itself`
            : `these flows start one another in a circle: ${[...cycle, first].map(({ key }) => `\`${key}\``).join(' after ')}`,
        place: at(first),
        related: others.map(flow => ({
          message: `\`${flow.key}\` starts after \`${flow.after?.key}\``,
          place: at(flow),
        })),
        help: 'give one of them a `schedule` instead of the `trigger`',
      };
    }
  },
};
