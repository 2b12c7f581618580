/** Every retention of the topology, with what it is declared for. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { Topology } from '../model/topology.ts';

export interface DeclaredRetention {
  readonly retention: Spec.Retention;
  /** Of the object that has it. */
  readonly path: TopologyPath;
  readonly what: 'datastore' | 'namespace' | 'storage' | 'flow';
  readonly key: string;
  /** Of a namespace. */
  readonly datastore?: string;
}

/** For people: "storage `nas`". */
export const holderText = ({ what, key, datastore }: DeclaredRetention): string =>
  datastore === undefined ? `${what} \`${key}\`` : `${what} \`${key}\` of datastore \`${datastore}\``;

export function* retentions({ datastores, storages, flows }: Topology): Iterable<DeclaredRetention> {
  for (const { key: datastore, path, spec, namespaces } of datastores.values()) {
    if (spec.retention) yield { retention: spec.retention, path, what: 'datastore', key: datastore };
    for (const { key, path: at, spec: own } of namespaces.values())
      if (own.retention) yield { retention: own.retention, path: at, what: 'namespace', key, datastore };
  }
  for (const { key, path, spec } of storages.values()) {
    if (spec.retention) yield { retention: spec.retention, path, what: 'storage', key };
  }
  for (const { key, path, spec } of flows.values()) {
    const retention = 'retention' in spec ? spec.retention : undefined;
    if (retention) yield { retention, path, what: 'flow', key };
  }
}
