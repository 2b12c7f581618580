/** Every schedule of the topology: all are written in Proxmox's grammar, whichever program reads them later. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Datastore, Topology } from '../model/topology.ts';

export interface DeclaredSchedule {
  readonly text: string;
  /** Of the object, and from there to the schedule. */
  readonly path: TopologyPath;
  readonly steps: readonly string[];
}

const STEPS = {
  gc: ['gc', 'schedule'],
  retention: ['retention', 'schedule'],
  verify: ['verify', 'schedule'],
  flow: ['schedule'],
} as const;

/** All schedules but those of retired objects. */
export function* schedules({ datastores, flows }: Topology): Iterable<DeclaredSchedule> {
  for (const datastore of datastores.values()) {
    if (datastore.state === 'retired') continue;
    const { path, spec, namespaces } = datastore;
    if (spec.gc) yield { text: spec.gc.schedule, path, steps: STEPS.gc };
    yield* ofPlace(datastore);
    for (const namespace of namespaces.values()) yield* ofPlace(namespace);
  }
  for (const { state, spec, path } of flows.values()) {
    if (state !== 'retired' && spec.schedule !== undefined)
      yield { text: spec.schedule, path, steps: STEPS.flow };
  }
}

type Place = Pick<Datastore, 'path'> & { readonly spec: Pick<Datastore['spec'], 'retention' | 'verify'> };

function* ofPlace({ path, spec }: Place): Iterable<DeclaredSchedule> {
  for (const name of ['retention', 'verify'] as const) {
    const text = spec[name]?.schedule;
    if (text !== undefined) yield { text, path, steps: STEPS[name] };
  }
}
