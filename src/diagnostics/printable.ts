/**
 * Characters that may do something to a terminal or make text read differently from what it is: C0 and C1
 * controls, line and paragraph separators, bidirectional controls (https://trojansource.codes), the byte
 * order mark, and halves of surrogate pairs.
 */
const UNSAFE =
  /[\0-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu;

/** The text with such characters written as escapes (`\u0007`), so that it stays on one line. */
export const printable = (text: string): string => text.replace(UNSAFE, escaped);

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
