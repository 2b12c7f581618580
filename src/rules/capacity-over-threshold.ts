import { atValue } from '../diagnostics/diagnostic.ts';
import type { Pool } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

/** Points below a threshold at which it is worth a look: garbage collection frees space after a day at the soonest. */
const NEAR = 10;

export const capacityOverThreshold: Rule = {
  id: 'capacity-over-threshold',
  severity: 'warning',
  summary: 'A pool is fuller than its own threshold, or close to it.',
  why: 'A full pool stops backups, and what else lives on it: guests freeze on a full thin pool or ZFS pool. Pruning frees nothing at once; chunks go with the second garbage collection after it.',
  fix: 'Make room, keep less, or correct `used` and the thresholds.',
  example: {
    bad: 'volume1: { kind: volume, size: 14 TB, used: 91%, warn_at: 85% }',
    good: 'volume1: { kind: volume, size: 14 TB, used: 60%, warn_at: 85% }',
  },
  *check({ topology }) {
    for (const host of topology.hosts.values()) {
      if (host.state !== 'active') continue;
      for (const pool of host.pools.values()) yield* judgePool(pool);
    }
  },
};

const percent = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number.parseFloat(text);

function* judgePool({ host, key, path, spec }: Pool): Iterable<Finding> {
  const used = percent(spec.used);
  if (used === undefined) return;
  const limits = (['critical_at', 'warn_at'] as const).flatMap(name => {
    const value = percent(spec[name]);
    return value === undefined ? [] : [{ name, value }];
  });
  const over = limits.find(({ value }) => used >= value);
  const near = limits.findLast(({ value }) => used >= value - NEAR);
  const limit = over ?? near;
  if (limit === undefined) return;
  const text = `pool \`${host.key}/${key}\` is ${spec.used} full`;
  yield {
    ...(over === undefined && { severity: 'info' as const }),
    message:
      over === undefined
        ? `${text}: ${Number((limit.value - used).toFixed(2))} points below \`${limit.name}: ${spec[limit.name]}\``
        : `${text}, at or above \`${limit.name}: ${spec[limit.name]}\``,
    place: atValue([...path, 'used']),
    related: [{ message: 'the threshold', place: atValue([...path, limit.name]) }],
    help: 'make room or keep less; freed space appears after garbage collection',
  };
}
