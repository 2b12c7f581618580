import { parseDailyDuration } from '../calendar/duration.ts';
import { atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import { printable } from '../diagnostics/printable.ts';
import type { Topology } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

export const badWindow: Rule = {
  id: 'bad-window',
  severity: 'error',
  summary: 'A daily window is not one that PBS reads, or is empty.',
  why: 'PBS refuses the file with a time frame that it cannot read, and nothing ever falls into an empty one.',
  fix: 'Write `[weekdays] START-END`, for example `mon..fri 8:00-18:00`; a window over midnight is two windows.',
  example: { bad: 'available: ["22:00-06:00"]', good: 'available: ["22:00-23:59", "0:00-06:00"]' },
  *check({ topology }) {
    for (const { windows, path, steps } of windowsOf(topology)) {
      for (const [index, text] of windows.entries()) {
        const fault = windowFault(text);
        if (fault !== undefined) yield { ...fault, place: atValue([...path, ...steps, index]) };
      }
    }
  },
};

export function windowFault(text: string): Omit<Finding, 'place'> | undefined {
  const parsed = parseDailyDuration(text);
  if (!parsed.ok) {
    const message = `\`${printable(text)}\` is no daily window: ${parsed.error.message}`;
    const form = 'write `[weekdays] START-END`, for example `mon..fri 8:00-18:00`';
    return { message, help: text.includes('24:00') ? WHOLE_DAY : form };
  }
  if (parsed.duration.start !== parsed.duration.end) return undefined;
  return { message: `the window \`${printable(text)}\` is empty`, help: WHOLE_DAY };
}

const WHOLE_DAY = 'the whole day is `0:00-23:59`';

interface Windows {
  readonly windows: readonly string[];
  /** Of the object, and from there to the windows. */
  readonly path: TopologyPath;
  readonly steps: readonly string[];
}

function* windowsOf({ hosts, datastores, trafficLimits }: Topology): Iterable<Windows> {
  for (const { spec, path, pools } of hosts.values()) {
    if (spec.available !== undefined) yield { windows: spec.available, path, steps: ['available'] };
    for (const pool of pools.values())
      if (pool.spec.present !== undefined)
        yield { windows: pool.spec.present, path: pool.path, steps: ['present'] };
  }
  for (const { spec, path } of datastores.values()) {
    const present = spec.removable?.present;
    if (present !== undefined) yield { windows: present, path, steps: ['removable', 'present'] };
  }
  for (const { spec, path } of trafficLimits.values())
    if (spec.timeframes !== undefined) yield { windows: spec.timeframes, path, steps: ['timeframes'] };
}
