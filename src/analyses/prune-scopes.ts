/** Which prune and verification jobs reach a namespace: its own, and those above it that go deep enough. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { Datastore } from '../model/topology.ts';
import { type Keep, keepOf } from './retention-keep.ts';

export interface PruneScope {
  readonly namespace: string;
  readonly retention: Spec.DatastoreRetention;
  /** Undefined: it keeps everything. */
  readonly keep: Keep | undefined;
  readonly depth: number;
  /** Of the retention. */
  readonly path: TopologyPath;
}

export type PruneScopes = ReadonlyMap<string, PruneScope>;

/** Retentions of a datastore by namespace, the root's first. Ours go no level deeper unless told. */
export function pruneScopes({ spec, path, namespaces }: Datastore): PruneScopes {
  const scopes = new Map<string, PruneScope>();
  for (const place of [{ key: '', spec, path }, ...namespaces.values()]) {
    const { retention } = place.spec;
    if (retention === undefined) continue;
    const at = { namespace: place.key, retention, path: [...place.path, 'retention'] };
    scopes.set(place.key, { ...at, keep: keepOf(retention), depth: retention.max_depth ?? 0 });
  }
  return scopes;
}

/** Those that prune a namespace: its own first, then those above it. */
export const scopesReaching = (scopes: PruneScopes, namespace: string): PruneScope[] =>
  upwards(namespace).flatMap((name, levels) => {
    const scope = scopes.get(name);
    return scope !== undefined && scope.depth >= levels ? [scope] : [];
  });

/** Levels that a verification job goes down when it does not say (pbs-api-types: NS_MAX_DEPTH_REDUCED_SCHEMA, 7). */
const VERIFY_DEPTH = 7;

/** Whether a job verifies what comes to a namespace, or each backup is verified when it is complete. */
export const isVerified = (datastore: Datastore, namespace: string): boolean =>
  datastore.spec.verify_new === true || verifyingNamespace(datastore, namespace) !== undefined;

/** The namespace whose verification job reaches this one, itself first. */
export const verifyingNamespace = ({ spec, namespaces }: Datastore, namespace: string): string | undefined =>
  upwards(namespace).find((name, levels) => {
    const { verify } = (name === '' ? spec : namespaces.get(name)?.spec) ?? {};
    return verify !== undefined && (verify.max_depth ?? VERIFY_DEPTH) >= levels;
  });

/** `a/b` → `a/b`, `a`, ``. */
function upwards(namespace: string): string[] {
  const parts = namespace === '' ? [] : namespace.split('/');
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), ''];
}

/** `main:home/a`, as a topology writes it. */
export const placeText = ({ key }: Datastore, namespace: string): string =>
  namespace === '' ? `\`${key}\`` : `\`${key}:${namespace}\``;

/** Of the namespace where it is declared, else of its datastore. */
export const placePath = (datastore: Datastore, namespace: string): TopologyPath =>
  datastore.namespaces.get(namespace)?.path ?? datastore.path;

/** Whether anything is ever removed from the datastore. */
export const isPruned = (scopes: PruneScopes): boolean =>
  [...scopes.values()].some(({ keep }) => keep !== undefined);
