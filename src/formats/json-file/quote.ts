/**
 * A JSON string (RFC 8259 §7) on one line. JSON carries every string, lone surrogates as escapes; U+0085, U+2028 and
 * U+2029 are escaped too because editors and diff views break lines there.
 */
export const jsonString = (value: string): string =>
  JSON.stringify(value).replace(
    /[\x7f-\x9f\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
