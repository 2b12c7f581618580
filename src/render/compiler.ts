/**
 * Source text → syntax tree → Handlebars code. The only file that loads the whole of Handlebars: the build takes the
 * trees of the built-in templates from it, and the engine imports it lazily when a template was edited.
 */
import handlebars from 'handlebars/dist/cjs/handlebars.js';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { blockHelpers } from './block-helpers.ts';
import { checkGrammar } from './grammar.ts';
import type { TemplateText } from './template-set.ts';

export interface Compiled {
  /** JavaScript expression of the template specification; undefined when there are diagnostics. */
  readonly code: string | undefined;
  /** Names of the templates it includes. */
  readonly partials: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles one template; `known` are the names of all templates. Mistakes are diagnostics, all of them at once. */
export function compileTemplate(template: TemplateText, known: ReadonlySet<string>): Compiled {
  const { ast, partials, diagnostics } = checkTemplate(template, known);
  return { code: ast && precompile(ast, []), partials, diagnostics };
}

/** The syntax tree of a template that uses nothing but what templates may use; undefined when there are diagnostics. */
export function checkTemplate(
  template: TemplateText,
  known: ReadonlySet<string>,
): Omit<Compiled, 'code'> & { readonly ast: hbs.AST.Program | undefined } {
  const program = parseTemplate(template);
  if ('diagnostic' in program) return { ast: undefined, partials: [], diagnostics: [program.diagnostic] };
  const { problems, partials } = checkGrammar(program.ast, known);
  const diagnostics = problems.map(({ code, message, loc }): Diagnostic => {
    const end = loc.end.line === loc.start.line ? { endColumn: loc.end.column + 1 } : {};
    const place = {
      kind: 'file',
      file: template.file,
      line: loc.start.line,
      column: loc.start.column + 1,
      ...end,
    } as const;
    return { code, severity: 'error', message, place };
  });
  return { ast: diagnostics.length === 0 ? program.ast : undefined, partials, diagnostics };
}

/**
 * Code of a parsed template. `extra` are helpers besides the four.
 *
 * `data: false`: `@` variables are refused by the grammar, and frames for them cost time. `preventIndent`: what a
 * partial prints does not depend on how its tag is indented.
 */
export function precompile(ast: hbs.AST.Program, extra: readonly string[]): string {
  const known = [...Object.keys(blockHelpers), ...extra].map(name => [name, true] as const);
  const notKnown = ['with', 'log', 'helperMissing', 'blockHelperMissing'].map(name => [name, false] as const);
  return handlebars.precompile(ast, {
    strict: true,
    noEscape: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries([...notKnown, ...known]),
    preventIndent: true,
    data: false,
  });
}

/** The specification that `code` (from `precompile`) evaluates to. */
export function evaluate(code: string): unknown {
  // This is what Handlebars' own `compile` does; the code comes from its compiler, never from a topology.
  return (new Function('return ' + code) as () => unknown)();
}

/** The syntax tree with standalone lines already stripped, or the one syntax error that stopped the parser. */
export function parseTemplate(
  template: TemplateText,
): { readonly ast: hbs.AST.Program } | { readonly diagnostic: Diagnostic } {
  try {
    return { ast: handlebars.parse(template.text) };
  } catch (error) {
    return { diagnostic: syntaxError(template, error) };
  }
}

function syntaxError({ file, text }: TemplateText, error: unknown): Diagnostic {
  const { lineNumber, column, message } = error as { lineNumber?: number; column?: number; message: string };
  const base = { code: 'template-syntax', severity: 'error' } as const;
  if (lineNumber !== undefined) {
    const place = { kind: 'file', file, line: lineNumber, column: (column ?? 0) + 1 } as const;
    return { ...base, message: message.replace(/ - \d+:\d+$/, ''), place };
  }
  // The generated parser says the line only in its message; the column is where its lexer stopped.
  const { match, yylloc } = handlebars.Parser.lexer;
  const place = { kind: 'file', file, line: yylloc.first_line, column: yylloc.first_column + 1 } as const;
  if (match === '' || text === '')
    return { ...base, message: 'the template ends inside a tag or block', place };
  const shown = JSON.stringify(match.length > 20 ? match.slice(0, 20) + '…' : match);
  return {
    ...base,
    message: `the template does not parse at ${shown}`,
    place: { ...place, endColumn: yylloc.last_column + 1 },
  };
}
