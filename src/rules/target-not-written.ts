import { runningFlows } from '../analyses/in-use.ts';
import { refusesWrites } from '../analyses/writable.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const targetNotWritten: Rule = {
  id: 'target-not-written',
  severity: 'warning',
  summary: 'An active flow writes to a storage that is disabled, or to a datastore in maintenance.',
  why: 'Each run fails, and nothing new is saved: such a place holds no copy of what happens from now on.',
  fix: 'Take `disabled` or `maintenance` away, or disable the flow as long as it lasts.',
  example: {
    bad: 'datastores: { main: { maintenance: read-only, … } }\nflows: { nightly: { kind: backup, to: main, … } }',
    good: 'flows: { nightly: { kind: backup, to: main, disabled: true, … } }',
  },
  *check({ topology }) {
    const reported = new Set<object>();
    for (const flow of runningFlows(topology.flows)) {
      const refusal = refusesWrites(flow);
      if (refusal === undefined || reported.has(refusal.node)) continue;
      reported.add(refusal.node);
      yield {
        message: `${refusal.what} takes no backups, and \`${flow.key}\` writes to it`,
        place: atValue(refusal.path),
        related: [{ message: 'the flow', place: atKey(flow.path) }],
        help: `remove it, or write \`disabled: true\` at \`${flow.key}\``,
      };
    }
  },
};
