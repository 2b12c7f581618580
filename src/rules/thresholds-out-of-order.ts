import { atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const thresholdsOutOfOrder: Rule = {
  id: 'thresholds-out-of-order',
  severity: 'warning',
  summary: '`critical_at` is not above `warn_at`.',
  why: 'The warning that is to come in time comes with the alarm or after it. Most often the two were swapped, or a digit is wrong.',
  fix: 'Set `warn_at` below `critical_at`.',
  example: {
    bad: 'volume1: { warn_at: 90%, critical_at: 85% }',
    good: 'volume1: { warn_at: 85%, critical_at: 90% }',
  },
  *check({ topology }) {
    for (const { path, spec } of measured(topology)) {
      const { warn_at: warn, critical_at: critical } = spec;
      if (warn === undefined || critical === undefined) continue;
      if (Number.parseFloat(critical) > Number.parseFloat(warn)) continue;
      yield {
        message: `\`critical_at: ${critical}\` is not above \`warn_at: ${warn}\``,
        place: atValue([...path, 'critical_at']),
        related: [{ message: 'the warning', place: atValue([...path, 'warn_at']) }],
        help: 'set `warn_at` below `critical_at`',
      };
    }
  },
};

interface Measured {
  readonly path: TopologyPath;
  readonly spec: { readonly warn_at?: string; readonly critical_at?: string };
}

function* measured({ hosts, datastores, shares }: Topology): Iterable<Measured> {
  for (const { pools } of hosts.values()) yield* pools.values();
  yield* datastores.values();
  yield* shares.values();
}
