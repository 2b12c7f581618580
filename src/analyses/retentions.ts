/** Every retention of the topology, with the kind of place that it is declared for. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { Topology } from '../model/topology.ts';

export interface DeclaredRetention {
  readonly retention: Spec.Retention;
  readonly path: TopologyPath;
  /** `datastore` for namespaces, too; `pbs-storage` is a storage of a datastore. */
  readonly of: 'datastore' | 'pbs-storage' | 'storage' | 'flow';
  /** For people: "storage `nas`". */
  readonly what: string;
}

export function* retentions({ datastores, storages, flows }: Topology): Iterable<DeclaredRetention> {
  for (const { key, path, spec, namespaces } of datastores.values()) {
    const at = [...path, 'retention'];
    if (spec.retention)
      yield { retention: spec.retention, path: at, of: 'datastore', what: `datastore \`${key}\`` };
    for (const namespace of namespaces.values()) {
      const { retention } = namespace.spec;
      const what = `namespace \`${namespace.key}\` of datastore \`${key}\``;
      if (retention) yield { retention, path: [...namespace.path, 'retention'], of: 'datastore', what };
    }
  }
  for (const { key, path, spec, backing } of storages.values()) {
    const of = backing.kind === 'datastore' ? 'pbs-storage' : 'storage';
    if (spec.retention)
      yield { retention: spec.retention, path: [...path, 'retention'], of, what: `storage \`${key}\`` };
  }
  for (const { key, path, spec } of flows.values()) {
    const retention = 'retention' in spec ? spec.retention : undefined;
    if (retention) yield { retention, path: [...path, 'retention'], of: 'flow', what: `flow \`${key}\`` };
  }
}
