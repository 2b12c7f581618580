/**
 * Suppression in the topology: `# offsite: allow CODE – reason` on the line of a finding, or alone on a line above it.
 * The reason is required, errors cannot be allowed (they would not work), and a suppression that matches nothing is
 * itself a finding, so that none outlives its cause.
 */
import type { CodeTable, Diagnostic } from '../diagnostics/diagnostic.ts';
import { lineAt } from '../diagnostics/lines.ts';
import { locate, type Source, sourceLines } from '../diagnostics/locate.ts';
import {
  cell,
  KEY_END,
  KEY_START,
  NEXT,
  type PositionIndex,
  VALUE_END,
  VALUE_START,
} from '../diagnostics/positions.ts';
import { printable } from '../diagnostics/printable.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { memo } from '../once.ts';

export const suppressCodes: CodeTable = {
  'allow-unused': {
    severity: 'warning',
    summary: 'A suppression matches no finding.',
    why: 'It outlived its cause, or names another code than the finding has; left in place it would hide the next finding of that code.',
    fix: 'Remove it, or correct its code (`offsite rules` lists them).',
    example: { bad: '# offsite: allow retention-surprise – nothing is surprising here' },
  },
  'allow-misspelt': {
    severity: 'warning',
    summary: 'A comment was meant to be a suppression and is none.',
    why: 'It is read as any other comment: the finding that it is about stays, and nobody sees why.',
    fix: 'Write `# offsite: allow CODE – reason`, with one code.',
    example: {
      bad: '# offsite alow dst-gap – one missed run a year is fine',
      good: '# offsite: allow dst-gap – one missed run a year is fine',
    },
  },
  'allow-two-codes': {
    severity: 'warning',
    summary: 'A suppression names more than one code.',
    why: 'Only the first one is allowed; the others are read as its reason.',
    fix: 'Write a comment for each code. Those on lines above a line all count for it.',
    example: { bad: '# offsite: allow dst-gap, never-verified – a test site' },
  },
  'allow-unknown-code': {
    severity: 'warning',
    summary: 'A suppression names a code that does not exist.',
    why: 'It allows nothing, most often because of a misspelt code.',
    fix: 'Correct the code; `offsite rules` lists all of them.',
    example: { bad: '# offsite: allow dst_gap – one missed run a year is fine' },
  },
  'allow-without-reason': {
    severity: 'warning',
    summary: 'A suppression gives no reason.',
    why: 'Whoever reads it next year must know why the finding does not matter; without a reason it is not honoured.',
    fix: 'Write the reason behind the code: `# offsite: allow CODE – reason`.',
    example: {
      bad: '# offsite: allow dst-gap',
      good: '# offsite: allow dst-gap – one missed run a year is fine',
    },
  },
};

interface Allow {
  readonly code: string;
  readonly reason: string;
  /** Line whose findings it covers, from 1. */
  readonly line: number;
  /** UTF-16 offsets of the comment. */
  readonly start: number;
  readonly end: number;
}

/** A comment that is no suppression, though it looks like one. */
interface Lookalike {
  readonly start: number;
  readonly end: number;
  /** What stands where the code should. */
  readonly code: string;
  /** All is spelt right up to the code. */
  readonly isExact: boolean;
}

interface Found {
  readonly allows: readonly Allow[];
  readonly lookalikes: readonly Lookalike[];
}

type Codes = () => ReadonlySet<string>;

const COMMENT =
  /#[ \t]*offsite:[ \t]*allow[ \t]+([^\s,;\u2013\u2014]+)[ \t]*(?:[\u2013\u2014-]+[ \t]*)?([^\r\n]*)/g;

/**
 * @param complete all findings are there, so that a suppression which matches none is unused.
 * @param codes every code that there is.
 */
export function suppress(
  diagnostics: readonly Diagnostic[],
  source: Source,
  complete: boolean,
  codes: Codes,
): readonly Diagnostic[] {
  const { allows, lookalikes } = commentsIn(source);
  if (allows.length === 0 && lookalikes.length === 0) return diagnostics;
  const lines = sourceLines(source);
  const byKey = new Map<string, Allow>();
  for (const allow of allows) if (allow.reason !== '') byKey.set(`${allow.line} ${allow.code}`, allow);
  const used = new Set<Allow>();
  const kept = diagnostics.filter(diagnostic => {
    if (diagnostic.severity === 'error' || diagnostic.place.kind === 'file') return true;
    const allow = byKey.get(`${locate(diagnostic.place, source, lines).line} ${diagnostic.code}`);
    if (allow !== undefined) used.add(allow);
    return allow === undefined;
  });
  return [
    ...kept,
    ...lookalikes.flatMap(one => notRead(one, codes)),
    ...allows.flatMap(allow => twoCodes(allow, codes)),
    ...allows.flatMap(allow => (used.has(allow) ? [] : judge(allow, complete, codes))),
  ];
}

const finding = (
  code: string,
  { start, end }: Pick<Allow, 'start' | 'end'>,
  message: string,
  help: string,
): Diagnostic => ({ code, severity: 'warning', message, place: { kind: 'span', start, end }, help });

function notRead(comment: Lookalike, codes: Codes): Diagnostic[] {
  const code = codes().has(comment.code) ? comment.code : suggest(comment.code, codes());
  // Comments are about other things, too: `# offsite: allowed to fail`.
  if (code === undefined && !comment.isExact) return [];
  const message = 'this comment looks like a suppression and is none';
  return [
    finding('allow-misspelt', comment, message, `write \`# offsite: allow ${code ?? 'CODE'} – reason\``),
  ];
}

/** A code where the reason should begin: behind a comma or the like, or before the end or a dash. */
const NEXT_CODE =
  /^(?:(?:[,;+&]|and\b)[ \t]*([a-z][a-z0-9-]*)|([a-z][a-z0-9-]*)(?=[ \t]*(?:[,;\u2013\u2014-]|$)))/;

function twoCodes(allow: Allow, codes: Codes): Diagnostic[] {
  const [, listed, alone] = NEXT_CODE.exec(allow.reason) ?? [];
  const next = listed ?? alone;
  if (next === undefined || !codes().has(next)) return [];
  const message = `only \`${allow.code}\` is allowed here: \`${next}\` is read as the reason`;
  return [finding('allow-two-codes', allow, message, 'write a comment for each code, on lines above')];
}

function judge(allow: Allow, complete: boolean, codes: Codes): Diagnostic[] {
  const { code, reason } = allow;
  if (!codes().has(code)) {
    const guess = suggest(code, codes());
    const help = guess === undefined ? '`offsite rules` lists all codes' : `did you mean \`${guess}\`?`;
    return [finding('allow-unknown-code', allow, `no diagnostic has the code \`${printable(code)}\``, help)];
  }
  if (reason === '') {
    const message = `the suppression of \`${code}\` gives no reason and is not honoured`;
    return [finding('allow-without-reason', allow, message, 'write `# offsite: allow CODE – reason`')];
  }
  if (!complete) return [];
  const message = `nothing here is found with code \`${code}\``;
  return [finding('allow-unused', allow, message, 'remove the suppression, or correct its code')];
}

const NOTHING: Found = { allows: [], lookalikes: [] };

/** Two words behind a `#`, and a third: what a suppression looks like, however it is spelt. */
const LIKE = /#[ \t]*([a-z]{5,9})[ \t]*[:;,.=-]?[ \t]*([a-z]{4,9})\b(?:[ \t:=-]+([^\s,;\u2013\u2014]+))?/gi;

/** Findings are judged after each phase, and most topologies allow nothing. */
const commentsIn = memo((source: Source): Found => {
  const { text, index } = source;
  if (!/offsite|allow/i.test(text)) return NOTHING;
  const isComment = (start: number): boolean =>
    /(?:^|[ \t\r\n])$/.test(text.slice(Math.max(0, start - 1), start)) && !isInScalar(index, start);
  const lines = sourceLines(source);
  const allows: Allow[] = [];
  for (const match of text.matchAll(COMMENT)) {
    const start = match.index;
    if (!isComment(start)) continue;
    const line = lineAt(lines, start);
    const alone = text.slice(lines.starts[line - 1], start).trim() === '';
    allows.push({
      code: match[1] ?? '',
      reason: (match[2] ?? '').trim(),
      line: alone ? nextContent(text, lines.starts, line) : line,
      start,
      end: start + match[0].trimEnd().length,
    });
  }
  const known = new Set(allows.map(({ start }) => start));
  const lookalikes: Lookalike[] = [];
  for (const match of text.matchAll(LIKE)) {
    const [whole, first = '', second = '', code = ''] = match;
    const start = match.index;
    if (known.has(start) || !isNear(first, 'offsite') || !MEANT.some(word => isNear(second, word))) continue;
    const isExact = /^#[ \t]*offsite:[ \t]*allow$/.test(whole);
    if (isComment(start)) lookalikes.push({ start, end: start + whole.length, code, isExact });
  }
  return { allows, lookalikes };
});

/** What other programs call it. */
const MEANT = ['allow', 'ignore', 'disable', 'suppress', 'accept'];

/** A letter or two away. */
const isNear = (word: string, meant: string): boolean => word === meant || suggest(word, [meant]) === meant;

/** The next line that is neither blank nor a comment. */
function nextContent(text: string, starts: readonly number[], line: number): number {
  let next = line + 1;
  while (
    next <= starts.length &&
    /^[ \t]*(?:#|\r?$)/.test(text.slice(starts[next - 1], starts[next] ?? text.length).replace(/\n$/, ''))
  ) {
    next += 1;
  }
  return next;
}

/** A `#` inside of a quoted or block scalar is text. */
function isInScalar(index: PositionIndex | undefined, offset: number): boolean {
  if (index === undefined) return false;
  for (let node = 0; node < index.count; node++) {
    const isLeaf = cell(index, node, NEXT) === node + 1;
    const inKey = cell(index, node, KEY_START) <= offset && offset < cell(index, node, KEY_END);
    const inValue =
      isLeaf && cell(index, node, VALUE_START) <= offset && offset < cell(index, node, VALUE_END);
    if (inKey || inValue) return true;
  }
  return false;
}
