import { suggest } from '../diagnostics/suggest.ts';

/** `; did you mean 'x'?` for the nearest of `known`, or nothing when none is near. */
export function closest(given: string, known: readonly string[]): string {
  const found = suggest(given, known);
  return found === undefined ? '' : `; did you mean '${found}'?`;
}
