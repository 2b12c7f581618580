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
    const found: Finding[] = [];
    // A deployment has few different ones.
    const good = new Map<Reader, Set<string>>(
      [DURATION, DAYS, MINUTES, SIZE, RATE].map(reader => [reader, new Set()]),
    );
    for (const { spec, path } of measured(topology)) walk(spec, path, [], found, good);
    yield* found;
  },
};

type Reader = readonly [what: string, parse: (text: string) => Quantity];
const DURATION: Reader = ['duration', parseDuration];
const DAYS: Reader = ['duration in whole days', whole(86_400, 'd', 'days')];
const MINUTES: Reader = [
  'duration in whole minutes up to `2d`',
  whole(60, 'm', 'minutes', { seconds: 172_800, text: '2d' }),
];
const SIZE: Reader = ['size', parseSize];
const RATE: Reader = ['rate', parseRate];

/** What PBS stores as a number of a unit. */
function whole(
  seconds: number,
  unit: string,
  name: string,
  most?: { readonly seconds: number; readonly text: string },
): (text: string) => Quantity {
  return text => {
    const parsed = parseDuration(text);
    if (parsed.ok && most !== undefined && parsed.value > most.seconds)
      return { ok: false, reason: `PBS takes at most \`${most.text}\`` };
    if (!parsed.ok || parsed.value % seconds === 0) return parsed;
    const less = Math.floor(parsed.value / seconds);
    const near = less === 0 ? `\`1${unit}\`` : `\`${less}${unit}\` or \`${less + 1}${unit}\``;
    return { ok: false, reason: `PBS counts whole ${name}: write ${near}` };
  };
}

/** By key; `keepalive` has a rule of its own. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['takes', DURATION],
  ['replacement_timeout', DURATION],
  ['gc_atime_cutoff', MINUTES],
  ['outdated_after', DAYS],
  ['minimum_billed', DURATION],
  ['for', DURATION],
  ['backup_every', DURATION],
  ['verify_every', DURATION],
  ['retention_at_least', DURATION],
  ['immutable_copy', DURATION],
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

/** What is wrong with the text at a key; undefined also where the key is none for quantities. */
export function quantityFault(key: string, text: string): Omit<Finding, 'place'> | undefined {
  const reader = READERS.get(key);
  return reader && faultFor(reader, text);
}

function faultFor([what, parse]: Reader, text: string): Omit<Finding, 'place'> | undefined {
  const parsed = parse(text);
  return parsed.ok ? undefined : { message: `\`${text}\` is no ${what}`, help: parsed.reason };
}

/** Maps whose keys are names that users or Proxmox chose. */
const FOREIGN = new Set(['properties', 'paths']);

function* measured(topology: Topology): Iterable<{ readonly spec: object; readonly path: TopologyPath }> {
  for (const { pools, luns } of topology.hosts.values()) {
    if (pools.size > 0) yield* pools.values();
    if (luns.size > 0) yield* luns.values();
  }
  const { guests, datastores, shares, buckets, flows, trafficLimits } = topology;
  for (const nodes of [guests, datastores, shares, buckets, flows, trafficLimits]) yield* nodes.values();
  yield { spec: topology.policy?.require ?? {}, path: ['policy', 'require'] };
}

/** @param steps from `path` to `spec`; nearly all values are as they should be, so paths are put together late. */
function walk(
  spec: object,
  path: TopologyPath,
  steps: string[],
  found: Finding[],
  good: ReadonlyMap<Reader, Set<string>>,
): void {
  for (const key in spec) {
    const value: unknown = (spec as Readonly<Record<string, unknown>>)[key];
    if (typeof value === 'string') {
      const reader = READERS.get(key);
      const isPercent = key === 'daily_change' && value.endsWith('%');
      if (reader === undefined || isPercent) continue;
      if (good.get(reader)?.has(value)) continue;
      const fault = faultFor(reader, value);
      if (fault === undefined) good.get(reader)?.add(value);
      else found.push({ ...fault, place: atValue([...path, ...steps, key]) });
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value) && !FOREIGN.has(key)) {
      steps.push(key);
      walk(value, path, steps, found, good);
      steps.pop();
    }
  }
}
