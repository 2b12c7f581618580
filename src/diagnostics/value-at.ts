import type { TopologyPath } from './diagnostic.ts';

/** What a path leads to in data as it was read; undefined where it leads nowhere. */
export function valueAt(data: unknown, path: TopologyPath): unknown {
  let at = data;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string | number, unknown>>)[step];
  }
  return at;
}
