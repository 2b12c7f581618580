import { Composer, type CST, Lexer, type Node, Parser } from 'yaml';

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
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    stringKeys: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
  });
  const stop: Stop = { openQuote: -1 };
  const faults: SyntaxFault[] = [];
  let root: Node | null | undefined;
  for (const doc of composer.compose(boundedTokens(text, stop), true, text.length)) {
    if (root !== undefined) {
      const start = doc.range[0];
      faults.push({ code: 'MULTIPLE_DOCS', message: '', start, end: Math.min(start + 3, text.length) });
      break;
    }
    root = doc.contents as Node | null;
    for (const { code, message, pos } of [...doc.errors, ...doc.warnings].slice(0, MAX_FAULTS)) {
      // The package reports an unclosed quote at the end of the text; people look for where it starts.
      const [start, end] =
        UNCLOSED.test(message) && stop.openQuote >= 0 ? [stop.openQuote, stop.openQuote + 1] : pos;
      faults.push({ code, message, start, end });
    }
  }
  return stop.tree ?? { kind: 'tree', root: root ?? null, faults };
}

function opensOnly(lexeme: string): boolean {
  const first = lexeme.charCodeAt(0);
  return (
    (first === 34 || first === 39) && (lexeme.length === 1 || lexeme.charCodeAt(lexeme.length - 1) !== first)
  );
}

function* boundedTokens(text: string, stop: Stop): Generator<CST.Token> {
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
  }
  yield* parser.end();
}
