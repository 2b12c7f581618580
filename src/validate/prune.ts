import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Data, DataMap } from '../load/document.ts';
import { newMap } from '../load/record.ts';

export interface Pruned {
  readonly data: DataMap;
  readonly poisoned: readonly TopologyPath[];
}

/**
 * The document without the objects in which one of `places` lies. An object is what has a name in a top-level map
 * (`hosts.pbs-home`): a part of one would mean something else than the whole, and lead to errors that are none.
 */
export function prune(data: DataMap, places: readonly TopologyPath[]): Pruned {
  const objects = new Map<string, TopologyPath>();
  for (const path of places) {
    const object = path.slice(0, 2);
    if (object.length > 0) objects.set(JSON.stringify(object), object);
  }
  const rest = Object.assign(newMap(), data);
  const copied = new Set<string>();
  for (const [section, name] of objects.values()) {
    const key = String(section);
    const map = rest[key];
    if (name === undefined || !isMap(map)) delete rest[key];
    else {
      if (!copied.has(key)) rest[key] = Object.assign(newMap(), map);
      copied.add(key);
      delete (rest[key] as Record<string, Data>)[name];
    }
  }
  return { data: rest, poisoned: [...objects.values()] };
}

export const isMap = (data: unknown): data is DataMap =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

/** Whether a path is one of `roots` or lies under one. */
export function isUnder(roots: readonly TopologyPath[]): (path: TopologyPath) => boolean {
  const keys = new Set(roots.map(root => JSON.stringify(root)));
  return path => keys.size > 0 && path.some((_, i) => keys.has(JSON.stringify(path.slice(0, i + 1))));
}
