/** What takes part now: neither planned, nor retired, nor switched off. */
import type { Flow, State } from '../model/topology.ts';
import { memo } from '../once.ts';

export const isActive = ({ state }: Stated): boolean => state === 'active';

export const activeOnes: <T extends Stated>(nodes: ReadonlyMap<string, T>) => readonly T[] = memo(
  // biome-ignore lint/suspicious/noExplicitAny: what comes out is what is in the map.
  (nodes: ReadonlyMap<string, any>) => [...nodes.values()].filter(isActive),
);

/**
 * Retired objects, one for each id, of which no active one has the id: where another has taken an id over, what stands
 * on the host under it is that one's.
 */
export function goneOnes<T extends Stated>(nodes: Iterable<T>, idOf: (node: T) => string): T[] {
  const all = [...nodes];
  const inUse = new Set(all.filter(isActive).map(idOf));
  const gone = new Map<string, T>();
  for (const node of all) {
    const id = idOf(node);
    if (node.state === 'retired' && !inUse.has(id) && !gone.has(id)) gone.set(id, node);
  }
  return [...gone.values()];
}

interface Stated {
  readonly state: State;
}

/** Flows that run: active and not `disabled`. */
export const runningFlows = memo((flows: ReadonlyMap<string, Flow>): readonly Flow[] =>
  [...flows.values()].filter(flow => flow.state === 'active' && flow.spec.disabled !== true),
);
