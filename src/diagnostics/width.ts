import { once } from '../once.ts';

// The engine looks up all characters of such a class as soon as it meets the expression, which takes longer than printing
// a dozen findings, and few topologies need it.

/** Scripts and blocks that are two columns wide in a terminal (Unicode Standard Annex 11: W and F). */
const wide = once(
  () =>
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u,
);
/** Half-width forms belong to wide scripts but are narrow. */
const HALFWIDTH = /^[\uff61-\uffdc]$/u;
/** Combining marks and invisible format characters take no column of their own. */
const zero = once(() => /^[\p{Mn}\p{Me}\p{Cf}]$/u);

/** Terminal columns of one printable character (code point). */
export function characterWidth(character: string): 0 | 1 | 2 {
  const unit = character.charCodeAt(0);
  // Letters of Europe; dashes, quotation marks and the ellipsis, which our own texts have.
  if (unit < 0x300 || (unit >= 0x2010 && unit <= 0x2027)) return 1;
  if (zero().test(character)) return 0;
  return wide().test(character) && !HALFWIDTH.test(character) ? 2 : 1;
}
