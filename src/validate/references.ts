/**
 * References in objects that are left out because of another mistake in them: they are never resolved, and a name that
 * nothing has would be said only when the first mistake is gone.
 */
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import { plainName } from '../diagnostics/plain-name.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { knownText, unresolved } from '../diagnostics/unresolved.ts';
import { valueAt } from '../diagnostics/value-at.ts';
import type { DataMap } from '../load/document.ts';
import { isMap } from './prune.ts';
import type { Value } from './values.ts';

/** Where the names of an `x-ref` stand. */
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

/** Those of parts, as `site/vlan`; where the whole is clear, the name of the part alone stands for it. */
const PARTS: ReadonlyMap<unknown, readonly [collection: string, part: string]> = new Map([
  ['lun', ['hosts', 'luns']],
  ['pool', ['hosts', 'pools']],
  ['vlan', ['sites', 'vlans']],
] as const);

/** @param values those of the objects that are left out. */
export function unresolvedIn(values: Iterable<Value>, data: DataMap): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const names = new Map<unknown, ReadonlySet<string>>();
  const namesOf = (kind: unknown): ReadonlySet<string> => {
    const known = names.get(kind) ?? withRightNames(allNames(data, kind));
    names.set(kind, known);
    return known;
  };
  for (const { text, path, schemas } of values) {
    const kind = schemas.map(one => one['x-ref']).find(one => one !== undefined);
    const part = text.includes('/') ? undefined : PARTS.get(kind);
    const known = part === undefined ? namesOf(kind) : new Set(namesAt(data, wholeOf(part, path, data)));
    // Behind a colon is a place inside.
    const name = text.split(':', 1)[0] ?? '';
    // A collection that is missing, or is no map, is a mistake of its own.
    if (known.size === 0 || known.has(name)) continue;
    const guess = found.length < MAX_GUESSES ? suggest(name, known) : undefined;
    const help = guess === undefined ? knownText(known, known.size) : `did you mean \`${guess}\`?`;
    found.push(unresolved(WORDS.get(kind) ?? String(kind), name, path, help));
  }
  return found;
}

/** With the right form of names that are refused for theirs: what refers to it makes no mistake. */
const withRightNames = (names: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...names].flatMap(name => (plainName(name) === name ? name : [name, plainName(name)])));

function allNames(data: DataMap, kind: unknown): ReadonlySet<string> {
  const part = PARTS.get(kind);
  if (part !== undefined) return new Set(partsIn(data, ...part));
  if (kind !== VIA) return new Set(namesIn(data, COLLECTIONS.get(kind) ?? []));
  return new Set([...partsIn(data, 'sites', 'vlans'), ...namesIn(data, ['tunnels']), 'internet', 'local']);
}

/** Where the parts stand that a name without its whole can mean; undefined where nothing says which whole it is. */
function wholeOf(
  [collection, part]: readonly [string, string],
  [section, key = '']: TopologyPath,
  data: DataMap,
): TopologyPath | undefined {
  const whole =
    section === collection
      ? key
      : valueAt(data, [section ?? '', key, collection === 'sites' ? 'site' : 'host']);
  return typeof whole === 'string' ? [collection, whole, part] : undefined;
}

function namesAt(data: DataMap, path: TopologyPath | undefined): readonly string[] {
  const map = path === undefined ? undefined : valueAt(data, path);
  return isMap(map) ? Object.keys(map) : [];
}

function namesIn(data: DataMap, collections: readonly string[]): readonly string[] {
  const maps = collections.map(name => data[name]);
  return maps.flatMap(map => (isMap(map) ? Object.keys(map) : []));
}

function partsIn(data: DataMap, collection: string, part: string): readonly string[] {
  return namesIn(data, [collection]).flatMap(whole => {
    const declared = valueAt(data, [collection, whole, part]);
    return isMap(declared) ? Object.keys(declared).map(name => `${whole}/${name}`) : [];
  });
}

/** The kind of a network that traffic must use. */
const VIA = 'vlan|tunnel';

const WORDS: ReadonlyMap<unknown, string> = new Map([
  [VIA, 'VLAN or tunnel'],
  ['cluster', 'cluster or standalone PVE host'],
  ['lun', 'LUN'],
  ['guests', 'set of guests'],
  ['vlan', 'VLAN'],
]);

/** More than that is not looked for: it takes a look at every name. */
const MAX_GUESSES = 100;
