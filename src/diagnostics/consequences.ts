/** What one error says again: a later phase that looks at the same value finds it unusable, too. */
import type { Diagnostic, TopologyPath } from './diagnostic.ts';

/** Those of `later` that are not at, around or inside a place where `earlier` has an error. Linear. */
export function withoutConsequences(
  later: readonly Diagnostic[],
  earlier: readonly Diagnostic[],
): readonly Diagnostic[] {
  const errors = earlier.flatMap(({ severity, place }) =>
    severity === 'error' && place.kind === 'path' ? [place.path] : [],
  );
  if (errors.length === 0) return later;
  const at = new Set(errors.map(path => keyOf(path)));
  const around = new Set(errors.flatMap(stepsTo));
  return later.filter(
    ({ place }) =>
      place.kind !== 'path' ||
      !(around.has(keyOf(place.path)) || stepsTo(place.path).some(step => at.has(step))),
  );
}

/** Answers whether there is an error at exactly that place, or one that names it as the other side of a clash. */
export function errorsAt(diagnostics: readonly Diagnostic[]): (path: TopologyPath) => boolean {
  const at = new Set(
    diagnostics.flatMap(({ severity, place, related = [] }) =>
      severity === 'error'
        ? [place, ...related.map(one => one.place)].flatMap(one =>
            one.kind === 'path' ? [keyOf(one.path)] : [],
          )
        : [],
    ),
  );
  return path => at.has(keyOf(path));
}

const keyOf = (path: TopologyPath): string => JSON.stringify(path);

/** The path itself, and those of what is around it. */
const stepsTo = (path: TopologyPath): string[] => path.map((_, index) => keyOf(path.slice(0, index + 1)));
