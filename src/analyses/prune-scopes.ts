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
  const add = (namespace: string, retention: Spec.DatastoreRetention | undefined, at: TopologyPath): void => {
    if (retention === undefined) return;
    const depth = retention.max_depth ?? 0;
    scopes.set(namespace, {
      namespace,
      retention,
      path: [...at, 'retention'],
      keep: keepOf(retention),
      depth,
    });
  };
  add('', spec.retention, path);
  for (const one of namespaces.values()) add(one.key, one.spec.retention, one.path);
  return scopes;
}

/** Those that prune a namespace: its own first, then those above it. */
export function scopesReaching(scopes: PruneScopes, namespace: string): readonly PruneScope[] {
  const found: PruneScope[] = [];
  if (scopes.size === 0) return found;
  let name: string | undefined = namespace;
  for (let levels = 0; name !== undefined; levels++, name = parentOf(name)) {
    const scope = scopes.get(name);
    if (scope !== undefined && scope.depth >= levels) found.push(scope);
  }
  return found;
}

/** Levels that a verification job goes down when it does not say (pbs-api-types: NS_MAX_DEPTH_REDUCED_SCHEMA, 7). */
const VERIFY_DEPTH = 7;

/** Whether a job verifies what comes to a namespace, or each backup is verified when it is complete. */
export const isVerified = (datastore: Datastore, namespace: string): boolean =>
  datastore.spec.verify_new === true || verifyingNamespace(datastore, namespace) !== undefined;

/** The namespace whose verification job reaches this one, itself first. */
export const verifyingNamespace = (datastore: Datastore, namespace: string): string | undefined =>
  verificationsOf(datastore, namespace)[0]?.namespace;

export interface VerificationScope {
  readonly namespace: string;
  readonly verify: Spec.Verification;
}

/** Those that verify a namespace: its own first, then those above it. */
export function verificationsOf({ spec, namespaces }: Datastore, namespace: string): VerificationScope[] {
  const found: VerificationScope[] = [];
  let name: string | undefined = namespace;
  for (let levels = 0; name !== undefined; levels++, name = parentOf(name)) {
    const { verify } = (name === '' ? spec : namespaces.get(name)?.spec) ?? {};
    if (verify !== undefined && (verify.max_depth ?? VERIFY_DEPTH) >= levels)
      found.push({ namespace: name, verify });
  }
  return found;
}

/** `a/b` → `a`, `a` → ``; the root has none. */
function parentOf(namespace: string): string | undefined {
  if (namespace === '') return undefined;
  return namespace.slice(0, Math.max(0, namespace.lastIndexOf('/')));
}

/** `main:home/a`, as a topology writes it. */
export const placeText = ({ key }: Datastore, namespace: string): string =>
  namespace === '' ? `\`${key}\`` : `\`${key}:${namespace}\``;

/** Of the namespace where it is declared, else of its datastore. */
export const placePath = (datastore: Datastore, namespace: string): TopologyPath =>
  datastore.namespaces.get(namespace)?.path ?? datastore.path;

/** Whether anything is ever removed from the datastore. */
export function isPruned(scopes: PruneScopes): boolean {
  for (const { keep } of scopes.values()) if (keep !== undefined) return true;
  return false;
}
