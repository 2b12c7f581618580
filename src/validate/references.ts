/**
 * References in objects that are left out because of another mistake in them: they are never resolved, and a name that
 * nothing has would be said only when the first mistake is gone.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { knownText, unresolved } from '../diagnostics/unresolved.ts';
import type { DataMap } from '../load/document.ts';
import { isMap } from './prune.ts';
import { type Value, valueAt } from './values.ts';

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

/** @param values those of the objects that are left out. */
export function unresolvedIn(values: Iterable<Value>, data: DataMap): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const names = new Map<unknown, ReadonlySet<string>>();
  const namesOf = (kind: unknown): ReadonlySet<string> => {
    const known =
      names.get(kind) ?? (kind === VIA ? viaNames(data) : namesIn(data, COLLECTIONS.get(kind) ?? []));
    names.set(kind, known);
    return known;
  };
  for (const { text, path, schemas } of values) {
    const kind = schemas.map(one => one['x-ref']).find(one => one === VIA || COLLECTIONS.has(one));
    const known = namesOf(kind);
    // Behind a colon is a place inside.
    const name = text.split(':', 1)[0] ?? '';
    // A collection that is missing, or is no map, is a mistake of its own.
    if (known.size === 0 || known.has(name)) continue;
    const guess = found.length < MAX_GUESSES ? suggest(name, known) : undefined;
    const help = guess === undefined ? knownText(known, known.size) : `did you mean \`${guess}\`?`;
    found.push(unresolved(kind === VIA ? 'VLAN or tunnel' : String(kind), name, path, help));
  }
  return found;
}

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
