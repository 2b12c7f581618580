import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const resyncCorruptOnPush: Rule = {
  id: 'resync-corrupt-on-push',
  severity: 'error',
  summary: 'A push is to copy corrupt snapshots again.',
  why: 'Only a pull knows which of its snapshots failed verification. PBS refuses the option for a push.',
  fix: 'Use `direction: pull`, or leave `resync_corrupt` out.',
  example: { bad: 'direction: push\nresync_corrupt: true', good: 'direction: pull\nresync_corrupt: true' },
  *check({ topology }) {
    for (const { path, key, spec } of topology.flows.values()) {
      if (spec.kind !== 'sync' || spec.direction !== 'push' || spec.resync_corrupt !== true) continue;
      yield {
        message: `\`resync_corrupt\` of \`${key}\` works in a pull only`,
        place: atKey([...path, 'resync_corrupt']),
        related: [{ message: 'the direction', place: atValue([...path, 'direction']) }],
        help: 'leave it out, or let the target pull',
      };
    }
  },
};
