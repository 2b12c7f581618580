/**
 * What of Handlebars a template may use: values, `if`, `unless`, `each`, `lookup`, partials with a literal name. The
 * rest (decorators, partial blocks, `@` variables, other blocks and helpers) is refused when a template is compiled,
 * with every such place reported, not only the first.
 */
import type { Loc } from './block-helpers.ts';
import { partialName, templateOfPartial } from './template-set.ts';

export interface GrammarProblem {
  readonly code: 'template-syntax' | 'template-unknown-name';
  readonly message: string;
  readonly loc: Loc;
}

export interface Grammar {
  readonly problems: readonly GrammarProblem[];
  /** Names of the templates it includes, each once. */
  readonly partials: readonly string[];
}

const BLOCKS: ReadonlySet<string> = new Set(['if', 'unless', 'each']);

/** Checks a parsed template; `known` are the names of all templates. */
export function checkGrammar(program: hbs.AST.Program, known: ReadonlySet<string>): Grammar {
  const problems: GrammarProblem[] = [];
  const partials = new Set<string>();
  const refuse = (
    node: hbs.AST.Node,
    message: string,
    code: GrammarProblem['code'] = 'template-syntax',
  ): void => {
    problems.push({ code, message, loc: node.loc });
  };

  const value = (node: hbs.AST.Expression): void => {
    if (node.type === 'SubExpression') call(node as hbs.AST.SubExpression);
    const path = node as hbs.AST.PathExpression;
    if (node.type === 'PathExpression' && path.data)
      refuse(path, `"${path.original}" is not available in templates`, 'template-unknown-name');
  };

  const call = (node: hbs.AST.SubExpression | hbs.AST.MustacheStatement): void => {
    const name = (node.path as hbs.AST.PathExpression).original;
    if (name !== 'lookup')
      refuse(node, `"${name}" is no helper that templates know`, 'template-unknown-name');
    else if (node.params.length !== 2 || node.hash !== undefined)
      refuse(node, '"lookup" takes an object and a key');
    node.params.forEach(value);
  };

  const printed = (node: hbs.AST.MustacheStatement): void => {
    const { original } = node.path as hbs.AST.PathExpression;
    if (node.params.length > 0 || node.hash !== undefined || original === 'lookup') call(node);
    else if (BLOCKS.has(original)) refuse(node, `"${original}" is a block: write "{{#${original} …}}"`);
    else value(node.path as hbs.AST.Expression);
  };

  const block = (node: hbs.AST.BlockStatement): void => {
    const name = node.path.original;
    if (!BLOCKS.has(name))
      refuse(node, `"#${name}" is no block that templates know`, 'template-unknown-name');
    else if (node.params.length !== 1 || node.hash !== undefined)
      refuse(node, `"#${name}" takes exactly one value`);
    node.params.forEach(value);
    for (const inner of [node.program, node.inverse]) inner?.body.forEach(statement);
  };

  const include = (node: hbs.AST.PartialStatement): void => {
    const name = (node.name as hbs.AST.PathExpression).original;
    const template = templateOfPartial(String(name));
    if (node.name.type !== 'PathExpression') refuse(node, 'a partial is included by its literal name');
    else if (known.has(template)) partials.add(template);
    else refuse(node, `"${name}" is no partial; there are ${listed(known)}`, 'template-unknown-name');
    node.params.forEach(value);
    for (const pair of node.hash?.pairs ?? []) value(pair.value);
  };

  const statement = (node: hbs.AST.Statement): void => {
    if (node.type === 'MustacheStatement') printed(node as hbs.AST.MustacheStatement);
    else if (node.type === 'BlockStatement') block(node as hbs.AST.BlockStatement);
    else if (node.type === 'PartialStatement') include(node as hbs.AST.PartialStatement);
    else if (node.type !== 'ContentStatement' && node.type !== 'CommentStatement') {
      refuse(node, 'decorators and blocks of partials are not available in templates');
    }
  };

  program.body.forEach(statement);
  return { problems, partials: [...partials] };
}

function listed(known: ReadonlySet<string>): string {
  const shared = [...known]
    .filter(name => name.startsWith('_partials/'))
    .map(name => `"${partialName(name)}"`);
  return shared.length === 0 ? 'none' : shared.sort().join(', ');
}
