/**
 * Which template line made which rendered line. Worked out only on failure: every statement of the templates gets a
 * call of a marker helper in front of it (in the syntax tree, after Handlebars has stripped standalone lines, so the
 * text stays the same), and the markers are read out of the rendered text.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { TemplateFault } from './block-helpers.ts';
import { evaluate, parseTemplate, precompile } from './compiler.ts';
import { createEnvironment } from './environment.ts';
import { partialName, type TemplateText, templateOfPartial } from './template-set.ts';

/** A line of a template, from 1. */
export interface LineOrigin {
  readonly file: string;
  readonly line: number;
}

export interface Tracer {
  /** Origin of every line of the text that the template makes of `view`. */
  lines(partialName: string, view: unknown): readonly LineOrigin[];
  /** Says where and why a template failed; `error` is what rendering it threw. */
  explain(partialName: string, view: unknown, error: unknown): Diagnostic;
}

/** Name of the marker helper; no template can call it, since the grammar knows four. */
const MARKER = 'offsite-line';

/** Makes a tracer for templates that compiled. */
export function createTracer(texts: ReadonlyMap<string, TemplateText>): Tracer {
  const origins: LineOrigin[] = [];
  let last = 0;
  let fence = '';
  const mark = (id: number): string => {
    last = id;
    return fence + id + ';';
  };
  const environment = createEnvironment({ [MARKER]: mark });
  let ready = false;
  const prepare = (): void => {
    if (ready) return;
    ready = true;
    for (const [name, template] of texts) {
      const parsed = parseTemplate(template);
      if ('diagnostic' in parsed) continue;
      markProgram(parsed.ast, line => origins.push({ file: template.file, line }) - 1);
      environment.add(partialName(name), evaluate(precompile(parsed.ast, [MARKER])));
    }
  };

  const run = (name: string, view: unknown): string => {
    prepare();
    fence = unusedFence(view);
    return environment.run(name, view);
  };

  return {
    lines: (name, view) => readMarkers(run(name, view), fence, origins),
    explain: (name, view, error) => {
      const start = { file: texts.get(templateOfPartial(name))?.file ?? name, line: 1 };
      last = -1;
      try {
        run(name, view);
      } catch {
        // The same failure again; what matters is the marker that was reached.
      }
      return faultDiagnostic(error, origins[last] ?? start);
    },
  };
}

/** A fence that no text of the view contains, so that hostile values cannot pose as markers. */
function unusedFence(view: unknown): string {
  const values = JSON.stringify(view);
  let n = 0;
  // JSON writes NUL as this escape sequence.
  while (values.includes(`\\u0000${n}:`)) n++;
  return `\0${n}:`;
}

/** Puts a marker before every statement, and before every line of literal text. */
function markProgram(program: hbs.AST.Program, origin: (line: number) => number): void {
  const marked: hbs.AST.Statement[] = [];
  const mark = (line: number, node: hbs.AST.Statement): void => {
    marked.push(markerCall(origin(line), node.loc), node);
  };
  for (const node of program.body) {
    if (node.type === 'ContentStatement') {
      for (const { line, text } of contentLines(node as Content)) {
        mark(line, { ...node, value: text, original: text } as hbs.AST.Statement);
      }
      continue;
    }
    mark(node.loc.start.line, node);
    if (node.type !== 'BlockStatement') continue;
    const { program: inner, inverse } = node as hbs.AST.BlockStatement;
    for (const part of [inner, inverse]) if (part !== undefined) markProgram(part, origin);
  }
  program.body = marked;
}

/** Literal text as the parser gives it; Handlebars' own type calls `original` something else. */
interface Content extends hbs.AST.Statement {
  readonly value: string;
  readonly original: string;
}

/** Literal text by template line. `value` is `original` without what standalone tags stripped at both ends. */
function contentLines(node: Content): readonly { readonly line: number; readonly text: string }[] {
  if (node.value === '') return [];
  // The last occurrence: at the end only blanks are stripped, at the start a line break may be.
  const stripped = node.original.slice(0, Math.max(0, node.original.lastIndexOf(node.value)));
  const first = node.loc.start.line + stripped.split('\n').length - 1;
  return (node.value.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((text, i) => ({ line: first + i, text }));
}

function markerCall(id: number, loc: hbs.AST.SourceLocation): hbs.AST.MustacheStatement {
  const path = { type: 'PathExpression', data: false, depth: 0, parts: [MARKER], original: MARKER, loc };
  const param = { type: 'NumberLiteral', value: id, original: id, loc };
  const strip = { open: false, close: false };
  return {
    type: 'MustacheStatement',
    path,
    params: [param],
    escaped: true,
    strip,
    loc,
  } as unknown as hbs.AST.MustacheStatement;
}

function readMarkers(text: string, fence: string, origins: readonly LineOrigin[]): readonly LineOrigin[] {
  const lines: LineOrigin[] = [];
  let atLineStart = true;
  // Each piece is `id;text`; what precedes the first marker is empty.
  for (const piece of text.split(fence).slice(1)) {
    const end = piece.indexOf(';');
    const origin = origins[Number(piece.slice(0, end))];
    const made = piece.slice(end + 1);
    if (made === '' || origin === undefined) continue;
    for (const [i] of made.replace(/\n$/, '').split('\n').entries())
      if (i > 0 || atLineStart) lines.push(origin);
    atLineStart = made.endsWith('\n');
  }
  return lines;
}

function faultDiagnostic(error: unknown, at: LineOrigin): Diagnostic {
  const place = { kind: 'file', file: at.file } as const;
  if (error instanceof TemplateFault) {
    const { start } = error.loc;
    return {
      code: error.code,
      severity: 'error',
      message: error.message,
      place: { ...place, line: start.line, column: start.column + 1 },
    };
  }
  // Handlebars' own strict mode: `"name" not defined in [object Object] - 3:7`.
  const { message, lineNumber, column, endColumn } = error as Partial<Record<string, unknown>>;
  const name = /^"(.*)" not defined in /s.exec(String(message))?.[1];
  if (name !== undefined && typeof lineNumber === 'number' && typeof column === 'number') {
    const end = typeof endColumn === 'number' ? { endColumn: endColumn + 1 } : {};
    const exact = { ...place, line: lineNumber, column: column + 1, ...end };
    return {
      code: 'template-unknown-name',
      severity: 'error',
      message: `"${name}" does not exist here`,
      place: exact,
    };
  }
  // The same mode, asked for a name of a text or number: `Cannot use 'in' operator to search for 'name' in text`.
  const ofText = /^Cannot use 'in' operator to search for '(.*?)' in /s.exec(String(message))?.[1];
  if (ofText !== undefined) {
    const told = `"${ofText}" does not exist here`;
    return {
      code: 'template-unknown-name',
      severity: 'error',
      message: told,
      place: { ...place, line: at.line },
    };
  }
  const why = error instanceof RangeError ? 'it includes itself without end' : String(message);
  return {
    code: 'template-syntax',
    severity: 'error',
    message: `the template cannot be rendered: ${why}`,
    place: { ...place, line: at.line },
  };
}
