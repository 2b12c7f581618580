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
import { memo } from '../once.ts';

export const suppressCodes: CodeTable = {
  'allow-unused': {
    severity: 'warning',
    summary: 'A suppression matches no finding.',
    why: 'It outlived its cause, or its code is misspelt; left in place it would hide the next finding of that code.',
    fix: 'Remove it, or correct its code (`offsite rules` lists them).',
    example: { bad: '# offsite: allow retention-surprise – nothing is surprising here' },
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

const COMMENT = /#[ \t]*offsite:[ \t]*allow[ \t]+([a-z0-9-]+)[ \t]*(?:[\u2013\u2014-]+[ \t]*)?([^\r\n]*)/g;

const MENTION = /offsite:[ \t]*allow[ \t]/;

/** @param complete all findings are there, so that a suppression which matches none is unused. */
export function suppress(
  diagnostics: readonly Diagnostic[],
  source: Source,
  complete: boolean,
): readonly Diagnostic[] {
  const allows = allowsIn(source);
  if (allows.length === 0) return diagnostics;
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
  return [...kept, ...allows.flatMap(allow => (used.has(allow) ? [] : judge(allow, complete)))];
}

function judge({ code, reason, start, end }: Allow, complete: boolean): Diagnostic[] {
  const place = { kind: 'span', start, end } as const;
  if (reason === '') {
    const message = `the suppression of \`${code}\` gives no reason and is not honoured`;
    return [
      {
        code: 'allow-without-reason',
        severity: 'warning',
        message,
        place,
        help: 'write `# offsite: allow CODE – reason`',
      },
    ];
  }
  if (!complete) return [];
  const message = `nothing here is found with code \`${code}\``;
  return [
    {
      code: 'allow-unused',
      severity: 'warning',
      message,
      place,
      help: 'remove the suppression, or correct its code',
    },
  ];
}

/** Findings are judged after each phase, and most topologies allow nothing. */
const allowsIn = memo((source: Source): readonly Allow[] => {
  const { text, index } = source;
  if (!MENTION.test(text)) return [];
  const lines = sourceLines(source);
  const found: Allow[] = [];
  for (const match of text.matchAll(COMMENT)) {
    const start = match.index;
    if (!/(?:^|[ \t\r\n])$/.test(text.slice(Math.max(0, start - 1), start)) || isInScalar(index, start))
      continue;
    const line = lineAt(lines, start);
    const alone = text.slice(lines.starts[line - 1], start).trim() === '';
    found.push({
      code: match[1] ?? '',
      reason: (match[2] ?? '').trim(),
      line: alone ? nextContent(text, lines.starts, line) : line,
      start,
      end: start + match[0].trimEnd().length,
    });
  }
  return found;
});

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
