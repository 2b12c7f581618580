/** What takes part now: neither planned, nor retired, nor switched off. */
import type { Flow, State } from '../model/topology.ts';
import { memo } from '../once.ts';

export const isActive = ({ state }: Stated): boolean => state === 'active';

export const activeOnes: <T extends Stated>(nodes: ReadonlyMap<string, T>) => readonly T[] = memo(
  // biome-ignore lint/suspicious/noExplicitAny: what comes out is what is in the map.
  (nodes: ReadonlyMap<string, any>) => [...nodes.values()].filter(isActive),
);

interface Stated {
  readonly state: State;
}

/** Flows that run: active and not `disabled`. */
export const runningFlows = memo((flows: ReadonlyMap<string, Flow>): readonly Flow[] =>
  [...flows.values()].filter(flow => flow.state === 'active' && flow.spec.disabled !== true),
);
