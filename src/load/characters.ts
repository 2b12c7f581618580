import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/**
 * What YAML 1.2.2 §5.1 does not allow in a file: control characters except tab and line breaks, and the two
 * non-characters. A carriage return alone is a line break to YAML but not to its parser or to editors, so a
 * comment could hide a key behind it.
 */
const FORBIDDEN =
  /[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]|\r(?!\n)|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Most files have nothing but these, and to see that takes a tenth of the time. */
const PLAIN = /^[\n -~]*$/;

/** More of these in one file are noise. */
const MAX_REPORTED = 20;

/** Characters that no YAML file may hold, before the parser (which uses some of them itself) sees them. */
export function forbiddenCharacters(text: string): readonly Diagnostic[] {
  if (PLAIN.test(text)) return [];
  const found: Diagnostic[] = [];
  FORBIDDEN.lastIndex = 0;
  for (
    let hit = FORBIDDEN.exec(text);
    hit !== null && found.length < MAX_REPORTED;
    hit = FORBIDDEN.exec(text)
  ) {
    const code = hit[0].charCodeAt(0);
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    found.push({
      code: 'yaml-bad-character',
      severity: 'error',
      message:
        code === 13
          ? 'a carriage return without line feed is ambiguous'
          : `the character ${name} is not allowed`,
      place: { kind: 'span', start: hit.index, end: hit.index + 1 },
      help:
        code === 13 ? 'end lines with LF or CRLF' : 'remove it, or write it as an escape in double quotes',
    });
  }
  return found;
}
