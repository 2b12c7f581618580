import { atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';
import { parseDuration, parseRate, parseSize, type Quantity } from '../proxmox/quantity.ts';
import type { Finding, Rule } from './rule.ts';

export const badQuantity: Rule = {
  id: 'bad-quantity',
  severity: 'error',
  summary: 'A duration, size or rate is not one that can be read.',
  why: 'Checks and rendered files would do without it: a window of unknown length, a limit that is not there.',
  fix: 'Write durations with units from large to small (`1h30m`), sizes and rates with one unit (`200 GiB`, `40 MiB/s`).',
  example: { bad: 'takes: 1h 30m', good: 'takes: 1h30m' },
  *check({ topology }) {
    for (const { spec, path } of measured(topology)) yield* walk(spec, path);
  },
};

type Reader = readonly [what: string, parse: (text: string) => Quantity];
const DURATION: Reader = ['duration', parseDuration];
const SIZE: Reader = ['size', parseSize];
const RATE: Reader = ['rate', parseRate];

/** By key; `keepalive` has a rule of its own. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['takes', DURATION],
  ['replacement_timeout', DURATION],
  ['gc_atime_cutoff', DURATION],
  ['outdated_after', DURATION],
  ['minimum_billed', DURATION],
  ['for', DURATION],
  ['backup_every', DURATION],
  ['verify_every', DURATION],
  ['retention_at_least', DURATION],
  ['size', SIZE],
  ['capacity', SIZE],
  ['daily_change', SIZE],
  ['max_cache_size', SIZE],
  ['burst_in', SIZE],
  ['burst_out', SIZE],
  ['in', RATE],
  ['out', RATE],
  ['rate', RATE],
  ['bwlimit', RATE],
]);

/** Maps whose keys are names that users or Proxmox chose. */
const FOREIGN = new Set(['properties', 'paths']);

function* measured(topology: Topology): Iterable<{ readonly spec: object; readonly path: TopologyPath }> {
  for (const host of topology.hosts.values()) {
    yield* host.pools.values();
    yield* host.luns.values();
  }
  const { guests, datastores, shares, buckets, flows, trafficLimits } = topology;
  for (const nodes of [guests, datastores, shares, buckets, flows, trafficLimits]) yield* nodes.values();
  yield { spec: topology.policy?.require ?? {}, path: ['policy', 'require'] };
}

function* walk(spec: object, path: TopologyPath): Iterable<Finding> {
  for (const [key, value] of Object.entries(spec)) {
    if (typeof value === 'string') {
      const reader = READERS.get(key);
      const isPercent = key === 'daily_change' && value.endsWith('%');
      if (reader === undefined || isPercent) continue;
      const [what, parse] = reader;
      const parsed = parse(value);
      if (parsed.ok) continue;
      yield { message: `\`${value}\` is no ${what}`, place: atValue([...path, key]), help: parsed.reason };
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value) && !FOREIGN.has(key)) {
      yield* walk(value, [...path, key]);
    }
  }
}
