/**
 * Lines of PVE's section format, by hand instead of Perl's expressions, which backtrack.
 * Source: pve-common `src/PVE/SectionConfig.pm`.
 */

const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

/** Index of the first blank at or after `from`, or the length. */
function blankFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** Index of the first character that is no blank at or after `from`, or the length. */
function textFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/**
 * `^(\S+):\s*(\S+)\s*$`: the type runs to the last colon that leaves an id.
 * Undefined for what is no header.
 */
export function splitHeader(text: string): { type: string; id: string } | undefined {
  const end = blankFrom(text, 0);
  const next = textFrom(text, end);
  if (next < text.length) {
    const idEnd = blankFrom(text, next);
    if (end < 2 || text.charAt(end - 1) !== ':' || textFrom(text, idEnd) < text.length) return undefined;
    return { type: text.slice(0, end - 1), id: text.slice(next, idEnd) };
  }
  const colon = end < 3 ? -1 : text.lastIndexOf(':', end - 2);
  return colon < 1 ? undefined : { type: text.slice(0, colon), id: text.slice(colon + 1, end) };
}

/** `^\s+(\S+)(\s+(.*\S))?\s*$`: a bare key has the value ''. Undefined for what is no property. */
export function splitProperty(text: string): { key: string; value: string } | undefined {
  const start = textFrom(text, 0);
  if (start === 0 || start === text.length) return undefined;
  const end = blankFrom(text, start);
  const from = textFrom(text, end);
  let to = text.length;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  return { key: text.slice(start, end), value: text.slice(from, to) };
}
