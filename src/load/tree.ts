import { Composer, type CST, Lexer, type Node, Parser } from 'yaml';
import { type Complaint, Sections } from './sections.ts';

/** Collections within collections. A topology needs about ten; the tree is walked recursively later. */
export const MAX_DEPTH = 100;

/** Syntax faults that are kept of one file: after a thousand the rest is noise. */
const MAX_FAULTS = 1000;

/** What the YAML package found wrong. `code` and `message` are its own (`errors.d.ts`); offsets are UTF-16. */
export interface SyntaxFault {
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export type Tree =
  | { readonly kind: 'tree'; readonly root: Node | null; readonly faults: readonly SyntaxFault[] }
  /** Nested deeper than `MAX_DEPTH` at this offset: nothing was composed. */
  | { readonly kind: 'too-deep'; readonly offset: number }
  /** A `%YAML` or `%TAG` line, which would change the meaning of the rest. */
  | { readonly kind: 'directive'; readonly start: number; readonly end: number };

interface Stop {
  tree?: Tree;
  /** Where the last quoted string without an end starts. */
  openQuote: number;
}

const UNCLOSED = /^Missing closing ['"]quote/;

/**
 * Reads YAML 1.2 (core schema) into the syntax tree of the `yaml` package. Depth is watched while tokens are
 * pushed, since composing them recurses. Keys are always strings; duplicate keys are left to the caller because
 * the package compares all pairs.
 */
export function readTree(text: string): Tree {
  const sections = new Sections(OPTIONS);
  const stop: Stop = { openQuote: -1 };
  const complaints: Complaint[] = [];
  let root: Node | null | undefined;
  for (const doc of new Composer(OPTIONS).compose(boundedTokens(text, stop, sections), true, text.length)) {
    if (root !== undefined) {
      const start = doc.range[0];
      complaints.push({ code: 'MULTIPLE_DOCS', message: '', pos: [start, Math.min(start + 3, text.length)] });
      break;
    }
    root = doc.contents as Node | null;
    complaints.push(...[...doc.errors, ...doc.warnings].slice(0, MAX_FAULTS));
  }
  if (stop.tree) return stop.tree;
  sections.restore(root ?? null);
  const all = [...sections.complaints.slice(0, MAX_FAULTS), ...complaints];
  return { kind: 'tree', root: root ?? null, faults: all.map(one => faultOf(one, stop.openQuote)) };
}

const OPTIONS = {
  version: '1.2',
  schema: 'core',
  stringKeys: true,
  uniqueKeys: false,
  resolveKnownTags: false,
  prettyErrors: false,
} as const;

/** The package reports an unclosed quote at the end of the text; people look for where it starts. */
function faultOf({ code, message, pos: [start, end] }: Complaint, openQuote: number): SyntaxFault {
  if (!UNCLOSED.test(message) || openQuote < 0) return { code, message, start, end };
  return { code, message, start: openQuote, end: openQuote + 1 };
}

function opensOnly(lexeme: string): boolean {
  const first = lexeme.charCodeAt(0);
  return (
    (first === 34 || first === 39) && (lexeme.length === 1 || lexeme.charCodeAt(lexeme.length - 1) !== first)
  );
}

function* boundedTokens(text: string, stop: Stop, sections: Sections): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    if (opensOnly(lexeme)) stop.openQuote = parser.offset;
    for (const token of parser.next(lexeme)) {
      if (token.type === 'directive') {
        stop.tree = { kind: 'directive', start: token.offset, end: token.offset + token.source.length };
        return;
      }
      yield token;
    }
    // The stack holds the document, one entry for each open collection, and the scalar being read.
    if (parser.stack.length > MAX_DEPTH + 2) {
      stop.tree = { kind: 'too-deep', offset: parser.offset };
      return;
    }
    if (lexeme === '\n') sections.drain(parser.stack);
  }
  yield* parser.end();
}
