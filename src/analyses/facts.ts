/** Derived facts of one topology, each computed at most once, when a rule or a lowering first asks for it. */
import type { Host, Topology } from '../model/topology.ts';
import { once } from '../once.ts';
import { type Access, accessOf } from './access.ts';
import { type Namespaces, namespacesOf } from './namespaces.ts';
import { type Notified, notifiedOf } from './notified.ts';
import { type Retentions, retentionsOf } from './retention-facts.ts';
import { type Route, staticRoutes } from './routes.ts';
import { type Schedule, scheduleOf } from './schedule.ts';

export interface Facts {
  readonly topology: Topology;
  /** The day that dates are compared with, YYYY-MM-DD; undefined: none, since there is no clock. */
  readonly asOf: string | undefined;
  /** Static routes that tunnels and routed VLANs ask for, by host. */
  readonly routes: ReadonlyMap<Host, readonly Route[]>;
  /** Grants on each PBS, derived and declared. */
  readonly access: Access;
  /** Namespaces that must exist, by datastore. */
  readonly namespaces: Namespaces;
  /** Notifications by the host or cluster that has them. */
  readonly notified: Notified;
  /** When everything runs, and what meets what. */
  readonly schedule: Schedule;
  /** What is really kept. */
  readonly retentions: Retentions;
}

export function factsOf(topology: Topology, asOf?: string): Facts {
  const access = once(() => accessOf(topology));
  const namespaces = once(() => namespacesOf(topology));
  const notified = once(() => notifiedOf(topology));
  const schedule = once(() => scheduleOf(topology));
  const retentions = once(() => retentionsOf(topology, schedule()));
  return {
    topology,
    asOf,
    get routes() {
      return staticRoutes(topology);
    },
    get access() {
      return access();
    },
    get namespaces() {
      return namespaces();
    },
    get notified() {
      return notified();
    },
    get schedule() {
      return schedule();
    },
    get retentions() {
      return retentions();
    },
  };
}
