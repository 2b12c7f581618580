import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Lines, lineAt, lineStart } from '../diagnostics/lines.ts';
import { unquotedStar } from './star.ts';
import { causesOf } from './syntax-causes.ts';
import type { SyntaxFault, Unclosed } from './tree.ts';

interface Wording {
  readonly code?: string;
  readonly message: string;
  readonly help?: string;
}

interface PlacedWording extends Wording {
  /** Where it is, when that is not where the fault was found. */
  readonly at?: number;
}

const TAB = {
  code: 'yaml-tab',
  message: 'a tab is used for indentation',
  help: 'indent with spaces',
} as const;

/** Our words for the faults of the `yaml` package (its `errors.d.ts`), by code. */
const WORDING: Readonly<Record<string, Wording>> = {
  BAD_ALIAS: { message: 'this alias or anchor has no usable name', help: 'quote the value if it is text' },
  BAD_DQ_ESCAPE: {
    message: 'this escape is not known in a double-quoted string',
    help: 'write \\\\ for a backslash, or use single quotes',
  },
  BAD_INDENT: {
    message: 'this line is not indented like its neighbours',
    help: 'keys of one map start in the same column; check the lines above as well',
  },
  BAD_SCALAR_START: { message: 'a plain value cannot start with this character', help: 'quote the value' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second "key:" stands on the same line',
    help: 'put it on a line of its own, or quote the value if the colon belongs to it',
  },
  BLOCK_IN_FLOW: {
    message: 'a list with "-" cannot stand inside brackets',
    help: 'use [] inside',
  },
  KEY_OVER_1024_CHARS: { message: 'this key is longer than 1024 characters' },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key and its ":" must stand on one line',
    help: 'look for a missing ":" or an unclosed quote on this line or the one before',
  },
  MULTIPLE_DOCS: {
    code: 'yaml-multiple-documents',
    message: 'a second YAML document starts here',
    help: 'a topology is one document: remove the "---" or "..." line',
  },
  NON_STRING_KEY: {
    message: 'a key must be plain text',
    help: 'write key: value; lists and maps cannot be keys',
  },
  TAB_AS_INDENT: TAB,
  TAG_RESOLVE_FAILED: { code: 'yaml-tag', message: 'this tag is not supported', help: 'remove it' },
};

const COMMA: Wording = {
  message: 'a comma is missing before this',
  help: 'put a comma between the entries of { } and [ ]',
};

/** As the `yaml` package says it. */
const NO_COMMA = 'Missing , between entries';
const COMMA_MISSED = /^Missing , /;

const MISSING: readonly (readonly [RegExp, Wording])[] = [
  [/followed by map values/, { message: 'there is no ":" after this key', help: 'write key: value' }],
  [/closing "quote/, { message: 'the double quote that opens here is not closed', help: 'close it with "' }],
  [/closing 'quote/, { message: 'the single quote that opens here is not closed', help: "close it with '" }],
  [COMMA_MISSED, COMMA],
  [/^Unexpected , in flow/, { message: 'there is nothing before this comma', help: 'remove it' }],
  [
    /at node end$/,
    {
      message: 'nothing can follow here, since the value before it has ended',
      help: 'look for a quote or bracket that closes too early, or for a missing comma',
    },
  ],
];

/** Syntax faults as diagnostics, one for each line: what follows on it is nearly always a consequence. */
export function syntaxDiagnostics(lines: Lines, faults: readonly SyntaxFault[]): readonly Diagnostic[] {
  const { text } = lines;
  // `[1, 2] b: 3` in brackets: said twice, the second time more clearly.
  const commas = new Set(
    faults.flatMap(one => (COMMA_MISSED.test(one.message) ? [lineAt(lines, one.start)] : [])),
  );
  const byLine = new Map<number, Diagnostic>();
  for (const fault of causesOf(lines, faults)) {
    const line = lineAt(lines, fault.start);
    if (byLine.has(line)) continue;
    const { message } = fault;
    const clear =
      commas.has(line) && message.endsWith(' at node end') ? { ...fault, message: NO_COMMA } : fault;
    byLine.set(line, syntaxDiagnostic(text, lineStart(lines, line), clear));
  }
  return tabsTogether([...byLine.values()]);
}

/** Further tabs that a message shows: who has one often has many, and mends them all at once. */
const SHOWN_TABS = 3;

function tabsTogether(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const [first, ...others] = found.filter(({ code }) => code === TAB.code);
  if (first === undefined || others.length === 0) return found;
  const lines = others.length === 1 ? '1 more line' : `${others.length} more lines`;
  const all = {
    ...first,
    message: `${first.message}, here and on ${lines}`,
    related: others.slice(0, SHOWN_TABS).map(({ place }) => ({ message: 'another tab', place })),
  };
  return found.flatMap(one => (one === first ? all : one.code === TAB.code ? [] : one));
}

function syntaxDiagnostic(text: string, start: number, fault: SyntaxFault): Diagnostic {
  const star = unquotedStar(text, fault.start);
  if (star) return starDiagnostic(star);
  const tab = leadingTab(text, start);
  const { code, message, help, at }: PlacedWording = tab < 0 ? wordingOf(text, fault) : TAB;
  const from = tab < 0 ? (at ?? fault.start) : tab;
  const end = tab < 0 && at === undefined ? Math.max(fault.end, from + 1) : from + 1;
  return {
    code: code ?? 'yaml-syntax',
    severity: 'error',
    message,
    place: { kind: 'span', start: from, end },
    ...(help === undefined ? {} : { help }),
  };
}

export const starDiagnostic = (star: { text: string; start: number; end: number }): Diagnostic => ({
  code: 'yaml-unquoted-star',
  severity: 'error',
  message: `YAML takes ${star.text} for an alias, because it starts with *`,
  place: { kind: 'span', start: star.start, end: star.end },
  help: `quote it: "${star.text}"`,
});

function leadingTab(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ') at += 1;
  return text[at] === '\t' ? at : -1;
}

function wordingOf(text: string, fault: SyntaxFault): PlacedWording {
  const { code, message, start, end, bracket } = fault;
  if (bracket !== undefined) return ofBracket(bracket);
  const stray = STRAY.exec(message)?.[1];
  if (stray !== undefined) {
    return {
      message: `this "${stray}" closes nothing`,
      help: 'remove it; what follows is not looked at before that',
    };
  }
  const entry = text.slice(start, Math.min(end, start + MAX_ENTRY));
  const unspaced = code === 'MULTILINE_IMPLICIT_KEY' ? UNSPACED.exec(entry) : null;
  if (unspaced !== null) {
    const [, key = ''] = unspaced;
    return {
      message: 'there is no blank after this ":"',
      help: `put one between "${key}:" and the value`,
      at: start + key.length,
    };
  }
  const second = code === 'BLOCK_IN_FLOW' ? SECOND_KEY.exec(entry) : null;
  if (second !== null) {
    const [before = ''] = second;
    if (/\s$/.test(before)) return { ...COMMA, at: start + before.length };
    return {
      message: 'a second ":" stands in one entry',
      help: 'put a comma between entries, or quote the value',
    };
  }
  for (const [pattern, wording] of MISSING) if (pattern.test(message)) return wording;
  return (
    WORDING[code] ?? {
      message: 'this is not valid YAML here',
      help: 'check indentation, quotes and brackets around it',
    }
  );
}

/** A closing bracket for which there is no opening one. */
const STRAY = /^Unexpected flow-(?:map|seq)-end token in YAML (?:stream|document): "([\]}])"$/;

/** Text that is searched for what is wrong with it. */
const MAX_ENTRY = 500;

/** A key that is written together with its value; the address of a web page is none. */
const UNSPACED = /^([A-Za-z][\w-]*):(?!\/\/)\S+[ \t\r]*$/m;

/** What stands before the first word with a colon, in what should be one value. */
const SECOND_KEY = /^(?!- ).*?(?=[^\s:"']+:(?:\s|$))/s;

function ofBracket({ char, open, at, by }: Unclosed): PlacedWording {
  const closer = char === '{' ? '}' : ']';
  return by === undefined
    ? { message: `the "${char}" that opens here is not closed`, help: `close it with ${closer}`, at: open }
    : { message: `a "${char}" is closed with "${by}" here`, help: `close it with ${closer}`, at };
}
