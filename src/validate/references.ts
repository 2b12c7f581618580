/**
 * References in objects that are left out because of another mistake in them: they are never resolved, and a name that
 * nothing has would be said only when the first mistake is gone.
 */
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { knownText, unresolved } from '../diagnostics/unresolved.ts';
import type { Data, DataMap } from '../load/document.ts';
import { applicableSchemas } from './applicable.ts';
import { isMap } from './prune.ts';
import type { Schema } from './schema.ts';

/** Where the names of an `x-ref` stand. Those of parts (`site/vlan`, `host/pool`) say more than a name. */
const COLLECTIONS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['account', ['accounts']],
  ['bucket', ['buckets']],
  ['cluster', ['clusters', 'hosts']],
  ['datastore', ['datastores']],
  ['flow', ['flows']],
  ['guests', ['guests']],
  ['host', ['hosts']],
  ['share', ['shares']],
  ['site', ['sites']],
  ['storage', ['storages']],
]);

/** @param isReported whether something at this path is said already. */
export function unresolvedIn(
  objects: readonly TopologyPath[],
  data: DataMap,
  schema: Schema,
  isReported: (path: TopologyPath) => boolean,
): readonly Diagnostic[] {
  const applicable = applicableSchemas(schema, data);
  const found: Diagnostic[] = [];
  const names = new Map<unknown, ReadonlySet<string>>();
  const namesOf = (kind: unknown): ReadonlySet<string> => {
    const known =
      names.get(kind) ?? (kind === VIA ? viaNames(data) : namesIn(data, COLLECTIONS.get(kind) ?? []));
    names.set(kind, known);
    return known;
  };
  const check = (value: string, path: TopologyPath): void => {
    const kinds = applicable.at(path).schemas.map(one => one['x-ref']);
    const kind = kinds.find(one => one === VIA || COLLECTIONS.has(one));
    const known = namesOf(kind);
    // Behind a colon is a place inside.
    const name = value.split(':', 1)[0] ?? '';
    // A collection that is missing, or is no map, is a mistake of its own.
    if (known.size === 0 || known.has(name)) return;
    const guess = found.length < MAX_GUESSES ? suggest(name, known) : undefined;
    const help = guess === undefined ? knownText(known, known.size) : `did you mean \`${guess}\`?`;
    found.push(unresolved(kind === VIA ? 'VLAN or tunnel' : String(kind), name, path, help));
  };
  const visit = (value: Data | undefined, path: TopologyPath): void => {
    if (Array.isArray(value)) value.forEach((item, i) => void visit(item as Data, [...path, i]));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) visit(inner as Data, [...path, key]);
    } else if (typeof value === 'string' && !isReported(path)) check(value, path);
  };
  for (const path of objects) if (path.length === 2) visit(valueAt(data, path), path);
  return found;
}

const valueAt = (data: DataMap, path: TopologyPath): Data | undefined =>
  path.reduce<Data | undefined>(
    (at, step) =>
      typeof at === 'object' && at !== null ? (at as Record<string | number, Data>)[step] : undefined,
    data,
  );

function namesIn(data: DataMap, collections: readonly string[]): ReadonlySet<string> {
  const maps = collections.map(name => data[name]);
  return new Set(maps.flatMap(map => (isMap(map) ? Object.keys(map) : [])));
}

/** The kind of a network that traffic must use. */
const VIA = 'vlan|tunnel';

function viaNames(data: DataMap): ReadonlySet<string> {
  const { sites } = data;
  const vlans = [...namesIn(data, ['sites'])].flatMap(site => {
    const declared = valueAt(sites as DataMap, [site, 'vlans']);
    return isMap(declared) ? Object.keys(declared).map(vlan => `${site}/${vlan}`) : [];
  });
  return new Set([...vlans, ...namesIn(data, ['tunnels']), 'internet', 'local']);
}

/** More than that is not looked for: it takes a look at every name. */
const MAX_GUESSES = 100;
