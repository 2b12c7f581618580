/**
 * Built-in templates as plain string-building code, made by the build from the syntax tree of Handlebars: several times
 * as fast as its runtime, which then need not be loaded. It knows exactly the grammar that templates may use
 * (`grammar.ts`); what it gives for every committed file is held equal to what Handlebars gives by a test.
 */

/** JavaScript expression of a `PlainTemplate` for a parsed template that `checkGrammar` accepted. */
export function plainCode(program: hbs.AST.Program): string {
  const scope: Scope = { contexts: ['c'], names: new Map(), made: { count: 0 } };
  return `(c,w)=>{let t="";${statements(program, scope)}return t}`;
}

interface Scope {
  /** Variables of the contexts, innermost first: `../` is the next. `if` opens none. */
  readonly contexts: readonly string[];
  /** Variables of block parameters. */
  readonly names: ReadonlyMap<string, string>;
  /** For variables that are unique in the template. */
  readonly made: { count: number };
}

function statements(program: hbs.AST.Program | undefined, scope: Scope): string {
  let code = '';
  let pieces: string[] = [];
  const flush = (): void => {
    if (pieces.length > 0) code += `t+=${pieces.join('+')};`;
    pieces = [];
  };
  for (const node of program?.body ?? []) {
    if (node.type === 'ContentStatement') pieces.push(...literal((node as hbs.AST.ContentStatement).value));
    else if (node.type === 'MustacheStatement')
      pieces.push(printed(node as hbs.AST.MustacheStatement, scope));
    else if (node.type === 'PartialStatement') pieces.push(partial(node as hbs.AST.PartialStatement, scope));
    else if (node.type === 'BlockStatement') {
      flush();
      code += block(node as hbs.AST.BlockStatement, scope);
    }
  }
  flush();
  return code;
}

const q = (text: string): string => JSON.stringify(text);
const literal = (text: string): string[] => (text === '' ? [] : [q(text)]);

function printed(node: hbs.AST.MustacheStatement, scope: Scope): string {
  const isCall = node.params.length > 0;
  const value = isCall ? lookup(node.params, scope) : path(asPath(node.path), scope);
  return `w.text(${value},${q(nameOf(node.path))})`;
}

function block(node: hbs.AST.BlockStatement, scope: Scope): string {
  const kind = node.path.original;
  const [param] = node.params;
  if (param === undefined) throw new Error(`"${kind}" without a value`);
  const value = `${expression(param, scope)},${q(nameOf(param))}`;
  if (kind === 'each') return each(node, value, scope);
  const not = kind === 'unless' ? '!' : '';
  const other = node.inverse === undefined ? '' : `else{${statements(node.inverse, scope)}}`;
  return `if(${not}w.holds(${value})){${statements(node.program, scope)}}${other}`;
}

function each(node: hbs.AST.BlockStatement, value: string, scope: Scope): string {
  const id = ++scope.made.count;
  const [list, index, item] = [`l${id}`, `i${id}`, `c${id}`];
  const names = new Map(scope.names);
  for (const [place, name] of (node.program.blockParams ?? []).entries()) {
    names.set(name, place === 0 ? item : index);
  }
  const inner = { ...scope, contexts: [item, ...scope.contexts], names };
  const loop = `for(let ${index}=0;${index}<${list}.length;${index}++){const ${item}=${list}[${index}];${statements(node.program, inner)}}`;
  const none = node.inverse === undefined ? '' : `if(${list}.length===0){${statements(node.inverse, scope)}}`;
  return `const ${list}=w.list(${value});${none}${loop}`;
}

function partial(node: hbs.AST.PartialStatement, scope: Scope): string {
  const [context] = node.params;
  const given = context === undefined ? scope.contexts[0] : expression(context, scope);
  const pairs = node.hash?.pairs ?? [];
  const hash =
    pairs.length === 0
      ? ''
      : `,{${pairs.map(({ key, value }) => `[${q(key)}]:${expression(value, scope)}`).join(',')}}`;
  return `w.partial(${q(nameOf(node.name))},${given}${hash})`;
}

function expression(node: hbs.AST.Expression, scope: Scope): string {
  switch (node.type) {
    case 'PathExpression':
      return path(node as hbs.AST.PathExpression, scope);
    case 'SubExpression':
      return lookup((node as hbs.AST.SubExpression).params, scope);
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
      return JSON.stringify((node as hbs.AST.StringLiteral).value);
    default:
      throw new Error(`no code for a ${node.type}`);
  }
}

/** `lookup` is the one helper that gives a value. */
function lookup(params: readonly hbs.AST.Expression[], scope: Scope): string {
  return `w.own(${params.map(param => expression(param, scope)).join(',')})`;
}

function path({ parts, depth, original }: Path, scope: Scope): string {
  const [first = '', ...rest] = parts;
  // `./name` and `this.name` are never block parameters.
  const named = depth === 0 && !/^(?:\.|this\b)/.test(original) ? scope.names.get(first) : undefined;
  const context = scope.contexts[depth];
  if (context === undefined) throw new Error(`"${original}" leaves the template`);
  return named === undefined ? parts.reduce(member, context) : rest.reduce(member, named);
}

interface Path {
  readonly parts: readonly string[];
  readonly depth: number;
  readonly original: string;
}

/** `{{"a b"}}` is the name `a b`, as for Handlebars. */
function asPath(node: hbs.AST.Expression): Path {
  const { parts, depth, original } = node as hbs.AST.PathExpression;
  if (node.type === 'PathExpression') return { parts: parts as string[], depth, original };
  return { parts: [String(original)], depth: 0, original: String(original) };
}

/** A plain access where no text, number, list or object without that property can have anything of the name. */
const member = (object: string, name: string): string =>
  /^[A-Za-z]\w*$/.test(name) && !HAVE_PROTOTYPES.some(value => name in value)
    ? `${object}.${name}`
    : `w.own(${object},${q(name)})`;

const HAVE_PROTOTYPES: readonly object[] = [[], new String(''), new Number(0), new Boolean(false)];

const nameOf = (node: hbs.AST.Node): string => String((node as hbs.AST.PathExpression).original);
