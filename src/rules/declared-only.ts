import { unitTriggerCodes } from '../artifacts/unit-trigger/codes.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

/** What no lowering looks at yet. Those that render some kinds of an object report the others themselves. */
export const declaredOnly: Rule = {
  id: 'declared-only',
  ...unitTriggerCodes['declared-only'],
  *check({ topology }) {
    const { notifications, trafficLimits } = topology;
    const collections = [
      ['notification', notifications],
      ['traffic limit', trafficLimits],
    ] as const;
    for (const [what, nodes] of collections) {
      for (const { key, path, state } of nodes.values()) {
        if (state !== 'active') continue;
        yield {
          message: `${what} \`${key}\` is declared only: nothing is rendered for it yet`,
          place: atKey(path),
          help: 'configure it by hand',
        };
      }
    }
  },
};
