import { Composer, type CST, Document, Lexer, type Node, Parser } from 'yaml';
import { type Complaint, Sections } from './sections.ts';

/** Collections within collections. A topology needs about ten; the tree is walked recursively later. */
export const MAX_DEPTH = 100;

/** Syntax faults that are kept of one file: after a thousand the rest is noise. */
const MAX_FAULTS = 1000;

/** Entries of one map or list, but for the objects of a section, which are composed while they are read. */
export const MAX_ITEMS = 100_000;

/** Keys at the top level that are read. */
const MAX_KEYS = 30_000;

/** What the YAML package found wrong. `code` and `message` are its own (`errors.d.ts`); offsets are UTF-16. */
export interface SyntaxFault {
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** Of a bracket that is not closed. */
  readonly bracket?: Unclosed;
}

/** A bracket that is not closed. Offsets are UTF-16. */
export interface Unclosed {
  readonly char: '{' | '[';
  readonly open: number;
  /** Where its end was missed. */
  readonly at: number;
  /** The other bracket, which closes it instead. */
  readonly by?: '}' | ']';
}

export type Tree =
  | { readonly kind: 'tree'; readonly root: Node | null; readonly faults: readonly SyntaxFault[] }
  /** Nested deeper than `MAX_DEPTH` at this offset: nothing was composed. */
  | { readonly kind: 'too-deep'; readonly offset: number }
  /** A map or list with more than `MAX_ITEMS` entries, and where it has them: nothing was composed. */
  | { readonly kind: 'too-many'; readonly offset: number }
  /** A `%YAML` or `%TAG` line, which would change the meaning of the rest. */
  | { readonly kind: 'directive'; readonly start: number; readonly end: number };

interface Stop {
  tree?: Tree;
  /** Where quoted strings without an end start, by where they were read to. */
  readonly quotes: Map<number, number>;
  readonly open: Omit<Unclosed, 'at'>[];
  readonly unclosed: Unclosed[];
}

const OPEN_QUOTE = /^Missing closing ['"]quote/;
const OPEN_BRACKET = /^Flow (?:map|sequence) .*end with a ([\]}])$/;

/**
 * Reads YAML 1.2 (core schema) into the syntax tree of the `yaml` package. Depth is watched while tokens are
 * pushed, since composing them recurses. Keys are always strings; duplicate keys are left to the caller because
 * the package compares all pairs.
 */
export function readTree(text: string): Tree {
  const sections = new Sections(OPTIONS);
  const stop: Stop = { quotes: new Map(), open: [], unclosed: [] };
  const complaints: Complaint[] = [];
  let root: Node | null | undefined;
  for (const doc of documents(boundedTokens(text, stop, sections), text.length)) {
    if (root !== undefined) {
      const start = doc.range?.[0] ?? 0;
      complaints.push({ code: 'MULTIPLE_DOCS', message: '', pos: [start, Math.min(start + 3, text.length)] });
      break;
    }
    root = doc.contents as Node | null;
    complaints.push(...[...doc.errors, ...doc.warnings].slice(0, MAX_FAULTS));
  }
  if (stop.tree) return stop.tree;
  sections.restore(root ?? null);
  const all = [...sections.complaints.slice(0, MAX_FAULTS), ...complaints];
  return { kind: 'tree', root: root ?? null, faults: all.map(one => faultOf(one, stop)) };
}

const OPTIONS = {
  version: '1.2',
  schema: 'core',
  stringKeys: true,
  uniqueKeys: false,
  resolveKnownTags: false,
  prettyErrors: false,
} as const;

/** What ends composing when nobody reads on. */
class EnoughFaults extends Error {}

/** Composes until there are as many faults as are kept. The package has no limit, and each takes more than its line. */
function* documents(tokens: Iterable<CST.Token>, length: number): Generator<Document.Parsed | Document> {
  const composer = new Composer(OPTIONS);
  const report = composer['onError'] as (...fault: unknown[]) => void;
  let faults = 0;
  composer['onError'] = (...fault: unknown[]) => {
    report(...fault);
    if (++faults >= MAX_FAULTS) throw new EnoughFaults();
  };
  try {
    yield* composer.compose(tokens, true, length);
  } catch (error) {
    if (!(error instanceof EnoughFaults)) throw error;
    const unread = new Document(null);
    unread.errors = composer['errors'];
    yield unread;
  }
}

/** The package reports an unclosed quote or bracket where its end is missed; people look for where it starts. */
function faultOf({ code, message, pos: [start, end] }: Complaint, { quotes, unclosed }: Stop): SyntaxFault {
  const quote = OPEN_QUOTE.test(message) ? quotes.get(start) : undefined;
  if (quote !== undefined) return { code, message, start: quote, end: quote + 1 };
  const [, closer] = OPEN_BRACKET.exec(message) ?? [];
  const bracket = closer === undefined ? undefined : take(unclosed, closer === '}' ? '{' : '[', start);
  return { code, message, start, end, ...(bracket && { bracket }) };
}

/** The one of a kind whose end was missed nearest to an offset; nothing else is said of it. */
function take(unclosed: Unclosed[], char: Unclosed['char'], offset: number): Unclosed | undefined {
  let found: Unclosed | undefined;
  for (const one of unclosed) {
    const isNearer = found === undefined || Math.abs(one.at - offset) < Math.abs(found.at - offset);
    if (one.char === char && one.open < offset && isNearer) found = one;
  }
  if (found !== undefined) unclosed.splice(unclosed.indexOf(found), 1);
  return found;
}

/** What the lexer puts where a bracket should have been closed, since the indentation says so. */
const FLOW_END = '\x18';

function watchBrackets(lexeme: string, offset: number, { open, unclosed }: Stop): void {
  const missed = (one: Unclosed): void => {
    if (unclosed.length < MAX_FAULTS) unclosed.push(one);
  };
  if (lexeme === '{' || lexeme === '[') open.push({ char: lexeme, open: offset });
  else if (lexeme === '}' || lexeme === ']') {
    const last = open.pop();
    if (last !== undefined && (last.char === '{') !== (lexeme === '}'))
      missed({ ...last, at: offset, by: lexeme });
  } else if (lexeme === FLOW_END) {
    for (let last = open.pop(); last !== undefined; last = open.pop()) missed({ ...last, at: offset });
  }
}

function opensOnly(lexeme: string): boolean {
  const first = lexeme.charCodeAt(0);
  return (
    (first === 34 || first === 39) && (lexeme.length === 1 || lexeme.charCodeAt(lexeme.length - 1) !== first)
  );
}

/** A line in which so much follows a value that nothing can follow has more faults than anybody reads. */
function isLineOfFaults(top: CST.Token | undefined): boolean {
  return top !== undefined && 'end' in top && top.type !== 'document' && (top.end?.length ?? 0) > MAX_FAULTS;
}

/** At its top level a topology has a dozen keys. What has so many is refused, whatever follows. */
function isTooWide([, top]: readonly CST.Token[]): boolean {
  return top?.type === 'block-map' && top.items.length > MAX_KEYS;
}

const hasTooMany = (stack: readonly CST.Token[]): boolean =>
  stack.some(token => 'items' in token && token.items.length > MAX_ITEMS);

function* boundedTokens(text: string, stop: Stop, sections: Sections): Generator<CST.Token> {
  const parser = new Parser();
  let faults = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.length === 1) watchBrackets(lexeme, parser.offset, stop);
    if (opensOnly(lexeme)) stop.quotes.set(parser.offset + lexeme.length, parser.offset);
    for (const token of parser.next(lexeme)) {
      if (token.type === 'directive') {
        stop.tree = { kind: 'directive', start: token.offset, end: token.offset + token.source.length };
        return;
      }
      if (token.type === 'error') faults++;
      yield token;
    }
    // What follows is not read: text that is no YAML at all would fill the memory with faults.
    if (Math.max(faults, sections.complaints.length) >= MAX_FAULTS) break;
    if (isLineOfFaults(parser.stack.at(-1))) break;
    // The stack holds the document, one entry for each open collection, and the scalar being read.
    if (parser.stack.length > MAX_DEPTH + 2) {
      stop.tree = { kind: 'too-deep', offset: parser.offset };
      return;
    }
    if (lexeme !== '\n' && lexeme !== ',') continue;
    if (hasTooMany(parser.stack)) {
      stop.tree = { kind: 'too-many', offset: parser.offset };
      return;
    }
    if (lexeme === ',') continue;
    if (isTooWide(parser.stack)) break;
    sections.drain(parser.stack);
  }
  watchBrackets(FLOW_END, text.length, stop);
  yield* parser.end();
}
