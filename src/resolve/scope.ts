/**
 * What the resolvers of the single collections share: the spec, the list of diagnostics, look-up with candidates.
 * An object that cannot be linked is left out of the topology and remembered as dropped, so that each mistake is
 * reported once, where it was made, and not again by everything that refers to it.
 */
import { atKey, type Diagnostic, type TopologyPath } from '../diagnostics/diagnostic.ts';
import { plainName } from '../diagnostics/plain-name.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { knownText, unresolved } from '../diagnostics/unresolved.ts';
import type { OffsiteTopology } from '../model/spec.ts';
import { type AddressCache, addressCache } from '../net/address-cache.ts';
import { byBytes } from '../proxmox/byte-order.ts';
import { elsewhere } from './elsewhere.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The last step to a value: nearly all references are good, and nobody wants their paths. */
export type Step = string | number | undefined;

export const below = (path: TopologyPath, step: Step): TopologyPath =>
  step === undefined ? path : [...path, step];

export interface Scope {
  readonly spec: OffsiteTopology;
  readonly addresses: AddressCache;
  readonly diagnostics: Diagnostic[];
  report(diagnostic: Diagnostic): void;
  /** Marks an object as left out; references to it stay silent. */
  drop(collection: string, key: string): void;
  /** Paths of those that were left out for what they refer to. */
  readonly dropped: readonly TopologyPath[];
  isDropped(collection: string, key: string): boolean;
  /** The object of that name, or undefined after a diagnostic at `path`, or at `step` below it, that lists candidates. */
  refer<T>(
    collection: string,
    map: ReadonlyMap<string, T>,
    name: string,
    path: TopologyPath,
    step?: Step,
  ): T | undefined;
  /** The same where the name is the key that `path` ends with. */
  referByKey<T>(collection: string, map: ReadonlyMap<string, T>, path: TopologyPath): T | undefined;
}

/** Unresolved references for which a similar name is looked for: each look is at thousands of names. */
const MAX_GUESSES = 200;

/** Singular of a collection's name, for messages. */
const WORDS: Readonly<Record<string, string>> = {
  sites: 'site',
  hosts: 'host',
  clusters: 'cluster or standalone PVE host',
  vlans: 'VLAN',
  tunnels: 'tunnel',
  pools: 'pool',
  luns: 'LUN',
  guests: 'set of guests',
  datastores: 'datastore',
  storages: 'storage',
  shares: 'share',
  places: 'datastore or share',
  buckets: 'bucket',
  accounts: 'account',
  flows: 'flow',
  nics: 'NIC',
};

/** Collections that a name may come from, where it is not one. A host that was left out might have been a cluster. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  clusters: ['clusters', 'hosts'],
  places: ['datastores', 'shares'],
};

/**
 * @param poisoned paths that failed validation; the object around each (`['hosts', 'pbs-home']`) is left out.
 */
export function createScope(spec: OffsiteTopology, poisoned: readonly TopologyPath[]): Scope {
  const diagnostics: Diagnostic[] = [];
  const dropped = new Set<string>();
  const left: TopologyPath[] = [];
  for (const path of poisoned) {
    if (path.length < 2) continue;
    dropped.add(`${path[0]}/${path[1]}`);
    // What is named `PVE_1` by mistake is referred to by its right name.
    dropped.add(`${path[0]}/${plainName(String(path[1]))}`);
  }
  const poisonedWhole = new Set(poisoned.filter(path => path.length === 1).map(path => path[0]));
  const isGone = (collection: string, name: string): boolean =>
    dropped.has(`${collection}/${name}`) || poisonedWhole.has(collection);
  let unknown = 0;
  const missing = (
    collection: string,
    names: ReadonlyMap<string, unknown>,
    name: string,
  ): string | undefined => {
    if ((MEMBERS[collection] ?? [collection]).some(one => isGone(one, name))) return undefined;
    unknown += 1;
    const whole = collection === 'clusters' && unknown <= MAX_GUESSES ? clusterWith(name, spec) : undefined;
    if (whole !== undefined) return `\`${name}\` is a node of cluster \`${whole}\`: name that`;
    const guess = unknown > MAX_GUESSES ? undefined : suggest(name, names.keys());
    const list =
      names.size === 0
        ? `there is no ${wordFor(collection)} in the topology yet`
        : knownText(names.keys(), names.size);
    const other =
      unknown > MAX_GUESSES ? undefined : elsewhere(spec, MEMBERS[collection] ?? [collection], name);
    return `${other === undefined ? '' : `${other}; `}${guess === undefined ? '' : `did you mean \`${guess}\`? `}${list}`;
  };
  return {
    spec,
    addresses: addressCache(),
    diagnostics,
    report: diagnostic => void diagnostics.push(diagnostic),
    drop(collection, key) {
      dropped.add(`${collection}/${key}`);
      left.push([collection, key]);
    },
    dropped: left,
    isDropped: (collection, key) => dropped.has(`${collection}/${key}`),
    refer(collection, map, name, path, step) {
      const found = map.get(name);
      const help = found === undefined ? missing(collection, map, name) : undefined;
      if (help !== undefined)
        diagnostics.push(unresolved(wordFor(collection), name, below(path, step), help));
      return found;
    },
    referByKey(collection, map, path) {
      const name = String(path.at(-1));
      const found = map.get(name);
      const help = found === undefined ? missing(collection, map, name) : undefined;
      if (help !== undefined)
        diagnostics.push({ ...unresolved(wordFor(collection), name, path, help), place: atKey(path) });
      return found;
    },
  };
}

/** The key of the cluster that a host is a node of. */
const clusterWith = (host: string, { clusters = {} }: OffsiteTopology): string | undefined =>
  Object.keys(clusters).find(key => clusters[key]?.nodes.includes(host) === true);

const wordFor = (collection: string): string => WORDS[collection] ?? collection;

/**
 * Resolves each entry of a name-keyed collection in the order of its keys. `link` returns undefined when the entry
 * cannot be linked (it has reported why).
 */
export function resolveEach<S, T>(
  scope: Scope,
  collection: string,
  specs: Readonly<Record<string, S>> | undefined,
  link: (key: string, spec: S, path: TopologyPath) => T | undefined,
): Map<string, T> {
  const result = new Map<string, T>();
  if (specs === undefined || specs === null || typeof specs !== 'object') return result;
  for (const key of sortedKeys(specs)) {
    if (scope.isDropped(collection, key)) continue;
    const node = link(key, specs[key] as S, [collection, key]);
    if (node === undefined) scope.drop(collection, key);
    else result.set(key, node);
  }
  return result;
}

/** The names of a collection in the order of the topology, in which most are written already. */
export function sortedKeys(specs: object | undefined): readonly string[] {
  if (!specs) return NO_KEYS;
  const keys = Object.keys(specs);
  for (let index = 1; index < keys.length; index++)
    if (byBytes(keys[index - 1] as string, keys[index] as string) > 0) return keys.sort(byBytes);
  return keys;
}

const NO_KEYS: readonly string[] = [];
