/** A calendar event that begins with `*`, which YAML takes for an alias. Offsets are UTF-16 units. */
export interface UnquotedStar {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** After `key: `, `- `, `[`, `{` or a comma: a word with `*`, and an optional time or second word of one. */
const STAR = /(?:^|[:?-]\s+|[[{,]\s*)(\*[^\s,\]}#]*(?:,[\d*][^\s,\]}#]*)*(?: +[\d*][^\s,\]}#]*)?)/;
// What no sensible anchor name looks like: a star and then - : / or the like, or nothing.
const CALENDAR = /^\*(?:[-:/,.~]|\s|$)/;

/** The help is for lines that people write; looking no further keeps this cheap on lines that they do not. */
const REACH = 200;

/** Finds a calendar event that was not quoted in the line that `offset` is in. */
export function unquotedStar(text: string, offset: number): UnquotedStar | undefined {
  const from = Math.max(0, offset - REACH);
  const nearby = text.slice(from, offset + REACH);
  const lineStart = nearby.lastIndexOf('\n', offset - from - 1) + 1;
  const lineEnd = nearby.indexOf('\n', lineStart);
  const line = nearby.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
  const found = STAR.exec(line);
  const event = found?.[1]?.trimEnd();
  if (!found || event === undefined || !CALENDAR.test(event)) return undefined;
  const start = from + lineStart + found.index + found[0].indexOf('*');
  return { text: event, start, end: start + event.length };
}
