/**
 * A section that stands inside another one, because it is indented: `guests:` below `tunnels:`. It is one mistake,
 * though everything in it is wrong there and everything that refers to it finds nothing.
 */
import { atKey, type Diagnostic, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { DataMap } from '../load/document.ts';
import { isMap, isUnder } from './prune.ts';

export interface Misplaced {
  readonly diagnostics: readonly Diagnostic[];
  /** What stands there by mistake, and the sections themselves, which are not empty. */
  readonly paths: readonly TopologyPath[];
}

/**
 * @param sections the keys of a topology.
 * @param found what is wrong by the schema: a host may be called `guests`.
 */
export function misplacedSections(
  data: DataMap,
  sections: readonly string[],
  found: readonly Diagnostic[],
): Misplaced {
  const known = new Set(sections);
  const seen = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const paths: TopologyPath[] = [];
  for (const { place } of found) {
    if (place.kind !== 'path') continue;
    const [around, name] = place.path;
    if (typeof around !== 'string' || typeof name !== 'string' || seen.has(name)) continue;
    if (!known.has(around) || !known.has(name) || Object.hasOwn(data, name)) continue;
    if (!isLikeSection(data, around, name)) continue;
    seen.add(name);
    diagnostics.push(misplaced(around, name));
    paths.push([name], ...contentOf(data, around, name));
  }
  return { diagnostics, paths };
}

/** A host may be called `guests`, but then it has texts and numbers of its own. */
function isLikeSection(data: DataMap, around: string, name: string): boolean {
  const map = data[around];
  const value = isMap(map) ? map[name] : undefined;
  if (value === null) return true;
  return isMap(value) && Object.values(value).every(one => one === null || typeof one === 'object');
}

const misplaced = (around: string, name: string): Diagnostic => ({
  code: 'unknown-key',
  severity: 'error',
  message: `"${name}" is a section of the topology, and stands inside "${around}"`,
  place: atKey([around, name]),
  help: `begin it in the first column, as "${around}" begins`,
});

/** Where nothing is indented below its name, it is what comes behind. */
function contentOf(data: DataMap, around: string, name: string): readonly TopologyPath[] {
  const map = data[around];
  if (!isMap(map) || map[name] !== null) return [[around, name]];
  const names = Object.keys(map);
  return names.slice(names.indexOf(name)).map(one => [around, one]);
}

/** Those that do not follow from a misplaced section. */
export function besides(found: readonly Diagnostic[], { paths }: Misplaced): readonly Diagnostic[] {
  if (paths.length === 0) return found;
  const isMisplaced = isUnder(paths);
  const missing = new Set(
    paths.flatMap(path => (path.length === 1 ? `the key "${path[0]}" is missing in the topology` : [])),
  );
  return found.filter(
    ({ place, message }) => place.kind !== 'path' || !(isMisplaced(place.path) || missing.has(message)),
  );
}

/**
 * Objects that were probably meant by unknown keys of others: `pve-2` in `pve-1` was to stand beside it. What refers to
 * them makes no mistake.
 */
export const strayObjects = (found: readonly Diagnostic[]): readonly TopologyPath[] =>
  found.flatMap(({ code, place }) =>
    code === 'unknown-key' && place.kind === 'path' && place.path.length === 3
      ? [[place.path[0]!, place.path[2]!]]
      : [],
  );
