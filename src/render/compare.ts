/** Translation validation: does a rendered text, read by an independent reader, say exactly what lowering meant? */
import type { Fact, ReadFact, ReadResult } from '../artifacts/artifact.ts';

export type Mismatch =
  /** Meant, and not found between the facts `previous` and `next`. */
  | {
      readonly kind: 'missing';
      readonly expected: Fact;
      readonly previous: ReadFact | undefined;
      readonly next: ReadFact | undefined;
    }
  /** Found, and meant by nobody. */
  | { readonly kind: 'unexpected'; readonly found: ReadFact }
  | { readonly kind: 'different'; readonly expected: Fact; readonly found: ReadFact }
  /** The owning program would not read the text as meant. */
  | { readonly kind: 'unreadable'; readonly line: number; readonly message: string };

/**
 * Every difference between what was meant and what was read, in file order; empty when text and meaning are the same.
 * Order counts: a fact that moved is missing at one place and unexpected at another. Linear time.
 */
export function compareFacts(expected: readonly Fact[], read: ReadResult): readonly Mismatch[] {
  const found = read.facts;
  const start = commonStart(expected, found);
  const unreadable = read.errors.map(error => ({ kind: 'unreadable', ...error }) as const);
  if (start === expected.length && start === found.length) return unreadable;
  return [...unreadable, ...align(expected, found, start)];
}

function commonStart(expected: readonly Fact[], found: readonly ReadFact[]): number {
  const length = Math.min(expected.length, found.length);
  for (let i = 0; i < length; i++) {
    if (expected[i]!.at !== found[i]!.at || expected[i]!.value !== found[i]!.value) return i;
  }
  return length;
}

function align(expected: readonly Fact[], found: readonly ReadFact[], start: number): readonly Mismatch[] {
  const mismatches: Mismatch[] = [];
  const nextExpected = nextIndexByPlace(expected);
  const nextFound = nextIndexByPlace(found);
  let i = start;
  let j = start;
  while (i < expected.length || j < found.length) {
    const meant = expected[i];
    const have = found[j];
    if (meant !== undefined && have !== undefined && meant.at === have.at) {
      if (meant.value !== have.value) mismatches.push({ kind: 'different', expected: meant, found: have });
      i++;
      j++;
    } else if (
      have === undefined ||
      (meant !== undefined && nextFound(meant.at, j) - j > nextExpected(have.at, i) - i)
    ) {
      mismatches.push({ kind: 'missing', expected: meant!, previous: found[j - 1], next: have });
      i++;
    } else if (meant !== undefined && nextFound(meant.at, j) === Infinity) {
      mismatches.push({ kind: 'missing', expected: meant, previous: found[j - 1], next: have });
      i++;
    } else {
      mismatches.push({ kind: 'unexpected', found: have });
      j++;
    }
  }
  return mismatches;
}

/**
 * `next(at, from)`: the first index ≥ `from` whose fact is at that place, or Infinity. `from` never decreases, so each
 * list of indices is walked once.
 */
function nextIndexByPlace(facts: readonly { readonly at: string }[]): (at: string, from: number) => number {
  const places = new Map<string, { readonly indices: number[]; position: number }>();
  for (const [index, { at }] of facts.entries()) {
    const place = places.get(at);
    if (place === undefined) places.set(at, { indices: [index], position: 0 });
    else place.indices.push(index);
  }
  return (at, from) => {
    const place = places.get(at);
    if (place === undefined) return Infinity;
    while ((place.indices[place.position] ?? Infinity) < from) place.position++;
    return place.indices[place.position] ?? Infinity;
  };
}
