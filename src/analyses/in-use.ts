/** What takes part now: neither planned, nor retired, nor switched off. */
import type { Flow, State } from '../model/topology.ts';

export const isActive = ({ state }: { readonly state: State }): boolean => state === 'active';

export const activeOnes = <T extends { readonly state: State }>(nodes: ReadonlyMap<string, T>): T[] =>
  [...nodes.values()].filter(isActive);

/** Flows that run: active and not `disabled`. */
export const runningFlows = (flows: ReadonlyMap<string, Flow>): Flow[] =>
  [...flows.values()].filter(flow => flow.state === 'active' && flow.spec.disabled !== true);
