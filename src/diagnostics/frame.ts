import { type Lines, lineEnd, lineStart, offsetAt, wholeCharacter } from './lines.ts';
import type { Location } from './located.ts';
import { printable } from './printable.ts';
import { characterWidth } from './width.ts';

const CONTEXT = 2;
/** UTF-16 units shown of a long line, and how many of them before the underlined part. */
const WINDOW = 140;
const LEAD = 60;
const TAB = '    ';

/** One line of a code frame: `gutter` holds the line number or blanks. */
export interface FrameLine {
  readonly kind: 'context' | 'source' | 'underline';
  readonly gutter: string;
  readonly text: string;
}

/**
 * The lines around a location with its characters underlined; a location of several lines is underlined to the
 * end of its first. Everything shown is printable; what lies in `secrets` is shown as dots.
 */
export function codeFrame(
  lines: Lines,
  location: Location,
  secrets: readonly Location[] = [],
): readonly FrameLine[] {
  const first = Math.max(1, location.line - CONTEXT);
  const last = Math.min(lines.starts.length, location.line + CONTEXT);
  const digits = String(last).length;
  const start = offsetAt(lines, location);
  const before = start - lineStart(lines, location.line);
  const shift = before > WINDOW - LEAD ? before - LEAD : 0;
  const frame: FrameLine[] = [];
  for (let line = first; line <= last; line++) {
    const window = windowOf(lines, line, shift, secrets);
    const gutter = String(line).padStart(digits);
    frame.push({ kind: line === location.line ? 'source' : 'context', gutter, text: show(window).trimEnd() });
    if (line === location.line) {
      frame.push({
        kind: 'underline',
        gutter: ' '.repeat(digits),
        text: underline(lines, location, start, window),
      });
    }
  }
  // The empty line after a final line break is no context.
  if (last > location.line && frame.at(-1)?.text === '') frame.pop();
  return frame;
}

interface Window {
  readonly from: number;
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

function windowOf(lines: Lines, line: number, shift: number, secrets: readonly Location[]): Window {
  const lineFrom = lineStart(lines, line);
  const lineTo = lineEnd(lines, line);
  const from = Math.min(wholeCharacter(lines.text, lineFrom + shift), lineTo);
  const to = wholeCharacter(lines.text, Math.min(lineTo, from + WINDOW));
  const text = maskSecrets(lines, line, from, lines.text.slice(from, to), secrets);
  return { from, text, before: from > lineFrom ? '…' : '', after: to < lineTo ? '…' : '' };
}

function maskSecrets(
  lines: Lines,
  line: number,
  from: number,
  text: string,
  secrets: readonly Location[],
): string {
  let masked = text;
  for (const secret of secrets) {
    if (secret.line > line || secret.endLine < line) continue;
    const start = secret.line === line ? offsetAt(lines, secret) : lineStart(lines, line);
    const end =
      secret.endLine === line ? offsetAt(lines, { line, column: secret.endColumn }) : lineEnd(lines, line);
    const [a, b] = [clamp(start - from, masked.length), clamp(end - from, masked.length)];
    masked = masked.slice(0, a) + '·'.repeat(b - a) + masked.slice(b);
  }
  return masked;
}

const clamp = (value: number, max: number): number => Math.max(0, Math.min(value, max));

const show = ({ before, text, after }: Window): string => before + expand(text) + after;

const expand = (text: string): string => printable(text.replaceAll('\t', TAB));

function underline(lines: Lines, location: Location, start: number, { from, text, before }: Window): string {
  const end =
    location.endLine === location.line
      ? offsetAt(lines, { line: location.line, column: location.endColumn })
      : lineEnd(lines, location.line);
  const lead = columns(before + expand(text.slice(0, clamp(start - from, text.length))));
  const marked = columns(
    expand(text.slice(clamp(start - from, text.length), clamp(end - from, text.length))),
  );
  return ' '.repeat(lead) + '^'.repeat(Math.max(1, marked));
}

function columns(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}
