import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Lines, lineAt, lineStart } from '../diagnostics/lines.ts';
import { unquotedStar } from './star.ts';
import type { SyntaxFault } from './tree.ts';

interface Wording {
  readonly code?: string;
  readonly message: string;
  readonly help?: string;
}

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
    message: 'an indented map or list cannot stand inside brackets',
    help: 'use [] or {} inside',
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
  TAB_AS_INDENT: { code: 'yaml-tab', message: 'a tab is used for indentation', help: 'indent with spaces' },
  TAG_RESOLVE_FAILED: { code: 'yaml-tag', message: 'this tag is not supported', help: 'remove it' },
};

const MISSING: readonly (readonly [RegExp, Wording])[] = [
  [/followed by map values/, { message: 'there is no ":" after this key', help: 'write key: value' }],
  [/closing "quote/, { message: 'the double quote that opens here is not closed', help: 'close it with "' }],
  [/closing 'quote/, { message: 'the single quote that opens here is not closed', help: "close it with '" }],
  [
    /end with a \]|expected flow sequence to end/i,
    { message: 'a "[" before this is not closed', help: 'close it with ]' },
  ],
  [
    /end with a \}|expected flow map to end/i,
    { message: 'a "{" before this is not closed', help: 'close it with }' },
  ],
];

/**
 * Syntax faults as diagnostics, one for each line: what follows on the same line is nearly always a consequence.
 */
export function syntaxDiagnostics(lines: Lines, faults: readonly SyntaxFault[]): readonly Diagnostic[] {
  const { text } = lines;
  const byLine = new Map<number, Diagnostic>();
  for (const fault of faults.toSorted((a, b) => a.start - b.start)) {
    const line = lineAt(lines, fault.start);
    if (!byLine.has(line)) byLine.set(line, syntaxDiagnostic(text, lineStart(lines, line), fault));
  }
  return [...byLine.values()];
}

function syntaxDiagnostic(text: string, start: number, fault: SyntaxFault): Diagnostic {
  const star = unquotedStar(text, fault.start);
  if (star) return starDiagnostic(star);
  const tab = leadingTab(text, start);
  const { code, message, help } = tab < 0 ? wordingOf(fault) : WORDING['TAB_AS_INDENT']!;
  const place =
    tab < 0
      ? { start: fault.start, end: Math.max(fault.end, fault.start + 1) }
      : { start: tab, end: tab + 1 };
  return {
    code: code ?? 'yaml-syntax',
    severity: 'error',
    message,
    place: { kind: 'span', ...place },
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

function wordingOf({ code, message }: SyntaxFault): Wording {
  for (const [pattern, wording] of MISSING) if (pattern.test(message)) return wording;
  return (
    WORDING[code] ?? {
      message: 'this is not valid YAML here',
      help: 'check indentation, quotes and brackets around it',
    }
  );
}
