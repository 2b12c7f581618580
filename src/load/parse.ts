import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Lines, lineAt, linesOf } from '../diagnostics/lines.ts';
import { forbiddenCharacters } from './characters.ts';
import { type Converted, convert } from './convert.ts';
import type { Data, DataMap, LoadedDocument } from './document.ts';
import * as problems from './problems.ts';
import { unquotedStar } from './star.ts';
import { starDiagnostic, syntaxDiagnostics } from './syntax.ts';
import { readTree, type SyntaxFault } from './tree.ts';

export interface Parsed {
  /** Missing when the text has syntax errors; duplicate keys and bad aliases alone leave one. */
  readonly document: LoadedDocument | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses the text of a topology (YAML 1.2, core schema, with merge keys) into plain data with positions. */
export function parseTopology(text: string): Parsed {
  const forbidden = forbiddenCharacters(text);
  if (forbidden.length > 0) return refused(...forbidden);
  const tree = readTree(text);
  if (tree.kind === 'too-deep') return refused(problems.tooDeep(tree.offset));
  if (tree.kind === 'too-many') return refused(problems.tooMany(tree.offset));
  if (tree.kind === 'directive') return refused(problems.directive([tree.start, tree.end]));
  const { root, faults } = tree;
  const converted = convert(root);
  const found = converted.diagnostics.map(diagnostic => explainStar(text, diagnostic));
  if (faults.length > 0)
    return { document: undefined, diagnostics: withSyntax(linesOf(text), faults, found) };
  return finish(text, converted, found);
}

const refused = (...diagnostics: readonly Diagnostic[]): Parsed => ({ document: undefined, diagnostics });

/** `schedule: *-*-*` is well-formed YAML: an alias to an anchor that nobody wrote. */
function explainStar(text: string, diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.code !== 'yaml-unknown-alias' || diagnostic.place.kind !== 'span') return diagnostic;
  const star = unquotedStar(text, diagnostic.place.start);
  return star ? starDiagnostic(star) : diagnostic;
}

/** After a syntax error the tree is a guess: of what was found in it, only aliases on other lines are believed. */
function withSyntax(
  lines: Lines,
  faults: readonly SyntaxFault[],
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  const syntax = syntaxDiagnostics(lines, faults);
  const lineOf = ({ place }: Diagnostic) => (place.kind === 'span' ? lineAt(lines, place.start) : undefined);
  const taken = new Set(syntax.map(lineOf));
  const believed = ['yaml-unknown-alias', 'yaml-unquoted-star'];
  return [...syntax, ...found.filter(one => believed.includes(one.code) && !taken.has(lineOf(one)))];
}

function finish(
  text: string,
  { data, index, poisoned }: Converted,
  diagnostics: readonly Diagnostic[],
): Parsed {
  const range: [number, number] = [index.cells[3] ?? 0, Math.max(index.cells[4] ?? 0, 1)];
  if (data === null && diagnostics.length === 0) {
    return refused(problems.empty(text.length));
  }
  if (!isMap(data))
    return refused(...(diagnostics.length > 0 ? diagnostics : [problems.notAMap(kindOf(data), range)]));
  return { document: { text, data, index, poisoned }, diagnostics };
}

const isMap = (data: Data): data is DataMap =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

const kindOf = (data: Data): string =>
  Array.isArray(data)
    ? 'a list'
    : data === null
      ? 'nothing'
      : `a ${typeof data === 'string' ? 'text' : typeof data}`;
