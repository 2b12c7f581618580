/** Scripts and blocks that are two columns wide in a terminal (Unicode Standard Annex 11: W and F). */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;
/** Half-width forms belong to wide scripts but are narrow. */
const HALFWIDTH = /^[\uff61-\uffdc]$/u;
/** Combining marks and invisible format characters take no column of their own. */
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** Terminal columns of one printable character (code point). */
export function characterWidth(character: string): 0 | 1 | 2 {
  if (character.charCodeAt(0) < 0x300) return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) && !HALFWIDTH.test(character) ? 2 : 1;
}
