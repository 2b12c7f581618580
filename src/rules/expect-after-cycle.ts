import { cyclesOf } from '../analyses/cycles.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Flow } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const expectAfterCycle: Rule = {
  id: 'expect-after-cycle',
  severity: 'error',
  summary: 'Flows are expected to run after one another in a circle.',
  why: 'The order cannot hold, whatever the clocks say.',
  fix: 'Remove `expect_after` from one flow of the circle.',
  example: { bad: 'a: { expect_after: b, … }\nb: { expect_after: a, … }', good: 'b: { expect_after: a, … }' },
  *check({ topology }) {
    const before = (flow: Flow) => flow.expectAfter ?? flow.after;
    for (const cycle of cyclesOf(topology.flows.values(), before)) {
      // Circles of triggers alone are reported as such.
      if (cycle.every(flow => flow.expectAfter === undefined)) continue;
      const [first, ...others] = cycle;
      if (first === undefined) continue;
      yield {
        message:
          others.length === 0
            ? `flow \`${first.key}\` is expected after itself`
            : `these flows are expected after one another in a circle: ${[...cycle, first].map(({ key }) => `\`${key}\``).join(' after ')}`,
        place: at(first),
        related: others.map(flow => ({
          message: `\`${flow.key}\` after \`${before(flow)?.key}\``,
          place: at(flow),
        })),
        help: 'remove `expect_after` from one of them',
      };
    }
  },
};

const at = ({ path, expectAfter }: Flow) =>
  atValue(expectAfter === undefined ? [...path, 'trigger', 'after'] : [...path, 'expect_after']);
