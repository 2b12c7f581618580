import { distance } from 'fastest-levenshtein';

/** Candidates that are compared at most: a suggestion is a courtesy and must stay cheap. */
const MAX_CANDIDATES = 2000;
/** Longer words are no typing errors of anything. */
const MAX_LENGTH = 64;
/** Words of fewer letters are alike by chance. */
const SHORT = 5;
/** Fewer letters begin too many words. */
const MIN_BEGINNING = 3;

/**
 * The candidate that `word` was probably meant to be, or undefined. Case, `_` and `-` do not count, so that
 * `maxDepth` and `max-depth` find `max_depth`. Of equally near candidates the first in code-unit order wins.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word === '' || word.length > MAX_LENGTH) return undefined;
  const plain = simplify(word);
  const limit = Math.max(1, Math.round(plain.length * 0.4));
  let best: string | undefined;
  let bestDistance = limit + 1;
  let compared = 0;
  /** The only one that begins with the word: `snap` for `snapshot`. */
  let longer: string | undefined;
  let beginnings = 0;
  for (const candidate of candidates) {
    if (++compared > MAX_CANDIDATES) break;
    const other = simplify(candidate);
    if (plain.length >= MIN_BEGINNING && other.length > plain.length && other.startsWith(plain)) {
      longer = candidate;
      beginnings += 1;
    }
    if (candidate === word || Math.abs(other.length - plain.length) >= bestDistance + 1) continue;
    const d = distance(plain, other);
    // A word of which every letter changed is another word, and so is a short one that has two other letters.
    if (d >= Math.max(other.length, 1)) continue;
    if (d > 1 && plain.length < SHORT && lettersOf(plain) !== lettersOf(other)) continue;
    if (d < bestDistance || (d === bestDistance && best !== undefined && candidate < best)) {
      best = candidate;
      bestDistance = d;
    }
  }
  return beginnings === 1 && bestDistance > 1 ? longer : best;
}

/** The same for words of the same letters in another order. */
const lettersOf = (word: string): string => [...word].sort().join('');

const simplify = (word: string): string => word.toLowerCase().replace(/[_-]/g, '');
