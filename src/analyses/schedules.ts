/** Every schedule of the topology: all are written in Proxmox's grammar, whichever program reads them later. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Datastore, Topology } from '../model/topology.ts';

export interface DeclaredSchedule {
  readonly text: string;
  readonly path: TopologyPath;
}

/** All schedules but those of retired objects. */
export function* schedules({ datastores, flows }: Topology): Iterable<DeclaredSchedule> {
  for (const datastore of datastores.values()) {
    if (datastore.state !== 'retired') yield* ofDatastore(datastore);
  }
  for (const { state, spec, path } of flows.values()) {
    if (state !== 'retired' && spec.schedule !== undefined) {
      yield { text: spec.schedule, path: [...path, 'schedule'] };
    }
  }
}

function* ofDatastore({ path, spec, namespaces }: Datastore): Iterable<DeclaredSchedule> {
  if (spec.gc) yield { text: spec.gc.schedule, path: [...path, 'gc', 'schedule'] };
  for (const place of [{ path, spec }, ...namespaces.values()]) {
    for (const name of ['retention', 'verify'] as const) {
      const text = place.spec[name]?.schedule;
      if (text !== undefined) yield { text, path: [...place.path, name, 'schedule'] };
    }
  }
}
