/**
 * Namespaces that must exist in each datastore: declared ones, those that storages and flows write to, and what a
 * recursive sync brings along; parents included. PBS makes only the last level of a sync's target itself, and only
 * if the job's owner may (`proxmox-backup/src/server/pull.rs`), so they are all made when a topology is applied.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Datastore, SyncFlow, Topology } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { byBytes } from '../proxmox/byte-order.ts';
import { MAX_NAMESPACE_DEPTH } from '../proxmox/typed-check.ts';

/** Namespace (never the root) → what needs it; parents before children. */
export type NamespaceCauses = ReadonlyMap<string, readonly TopologyPath[]>;
export type Namespaces = ReadonlyMap<Datastore, NamespaceCauses>;

interface Found {
  readonly datastore: Datastore;
  readonly namespace: string;
}

/** The namespaces of all active datastores that have any. */
export function namespacesOf(topology: Topology): Namespaces {
  const found = new Map<Datastore, Map<string, TopologyPath[]>>();
  const queue: Found[] = [];
  const add = (datastore: Datastore, namespace: string, cause: TopologyPath): void => {
    let known = found.get(datastore);
    if (known === undefined) {
      known = new Map();
      found.set(datastore, known);
    }
    // With a namespace, those above it are there, too.
    if (known.has(namespace)) return;
    // The root namespace is followed like the others (a sync of it maps to its target), and left out at the end.
    for (const part of namespace === '' ? ROOT : ['', ...withParents(namespace)]) {
      if (known.has(part)) continue;
      known.set(part, [cause]);
      queue.push({ datastore, namespace: part });
    }
  };
  const syncs = new Map<Datastore, SyncFlow[]>();
  for (const flow of topology.flows.values()) {
    if (flow.state !== 'active') continue;
    if (flow.kind === 'host-backup') add(flow.to.datastore, flow.to.namespace, flow.to.path);
    if (flow.kind !== 'sync') continue;
    add(flow.to.datastore, flow.to.namespace, flow.to.path);
    push(syncs, flow.from.datastore, flow);
  }
  for (const { state, backing } of topology.storages.values()) {
    if (state !== 'active' || backing.kind !== 'datastore') continue;
    add(backing.place.datastore, backing.place.namespace, backing.place.path);
  }
  for (const datastore of topology.datastores.values()) {
    for (const { key, path } of datastore.namespaces.values()) add(datastore, key, path);
  }
  for (const { datastore, namespace } of queue) {
    for (const flow of syncs.get(datastore) ?? []) {
      const mapped = mappedNamespace(flow, namespace);
      if (mapped !== undefined) add(flow.to.datastore, mapped, flow.path);
    }
  }
  const namespaces = new Map<Datastore, NamespaceCauses>();
  for (const datastore of topology.datastores.values()) {
    const known = found.get(datastore);
    if (datastore.state === 'active' && known !== undefined && known.size > 1)
      namespaces.set(datastore, sorted(known));
  }
  return namespaces;
}

const ROOT: readonly string[] = [''];

const sorted = (known: ReadonlyMap<string, readonly TopologyPath[]>): NamespaceCauses =>
  new Map([...known].filter(([namespace]) => namespace !== '').sort(([a], [b]) => byBytes(a, b)));

/** `a/b` → `a`, `a/b`. */
const withParents = (namespace: string): string[] => {
  const parts = namespace === '' ? [] : namespace.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
};

/** Where a sync puts what lies in `namespace` of its source; undefined outside its scope or deeper than PBS allows. */
export function mappedNamespace(flow: SyncFlow, namespace: string): string | undefined {
  const { from, to } = flow;
  const inside =
    from.namespace === '' || namespace === from.namespace || namespace.startsWith(`${from.namespace}/`);
  if (!inside) return undefined;
  const rest = from.namespace === '' ? namespace : namespace.slice(from.namespace.length + 1);
  if (levelsOf(rest) > (flow.spec.max_depth ?? MAX_NAMESPACE_DEPTH)) return undefined;
  const mapped = to.namespace === '' || rest === '' ? to.namespace + rest : `${to.namespace}/${rest}`;
  return levelsOf(mapped) > MAX_NAMESPACE_DEPTH ? undefined : mapped;
}

function levelsOf(namespace: string): number {
  if (namespace === '') return 0;
  let levels = 1;
  for (let at = namespace.indexOf('/'); at >= 0; at = namespace.indexOf('/', at + 1)) levels++;
  return levels;
}
