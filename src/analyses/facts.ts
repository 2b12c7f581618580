/** Derived facts of one topology, each computed at most once, when a rule or a lowering first asks for it. */
import type { Host, Topology } from '../model/topology.ts';
import { type Route, staticRoutes } from './routes.ts';

export interface Facts {
  readonly topology: Topology;
  readonly routes: ReadonlyMap<Host, readonly Route[]>;
}

export function factsOf(topology: Topology): Facts {
  let routes: ReadonlyMap<Host, readonly Route[]> | undefined;
  return {
    topology,
    get routes() {
      routes ??= staticRoutes(topology);
      return routes;
    },
  };
}
