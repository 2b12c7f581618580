/**
 * Compiles `schema/topology.schema.json` into the two validators in `src/validate/generated/`: one that stops at
 * the first error, for the common path, and one that finds all. `--check` writes nothing and fails when they are
 * not up to date.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import standalone from 'ajv/dist/standalone/index.js';
import { buildSync } from 'esbuild';
import { newAjv, VOCABULARY } from '../src/validate/ajv.ts';
import { reportStale } from './freshness.ts';

const MAPS = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);
const FOLDER = 'src/validate/generated';
/** Annotations are left out: Ajv would carry a copy of the schema along. */
const ANNOTATIONS = new Set(['description', 'title', 'examples', 'default', ...VOCABULARY]);
const schema = stripped(JSON.parse(readFileSync('schema/topology.schema.json', 'utf8'))) as object;

/** A schema without annotations. In maps of schemas every key is a name, not a keyword. */
function stripped(node: unknown, isNames = false): unknown {
  if (Array.isArray(node)) return node.map(item => stripped(item));
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => isNames || !ANNOTATIONS.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, stripped(value, !isNames && MAPS.has(key))]));
}

const DECLARATION = `// Made by scripts/build-validators.ts from schema/topology.schema.json.
import type { ValidateFunction } from '../ajv-error.ts';
export declare const validate: ValidateFunction;
`;

/** ESM without imports: Ajv's run-time functions are bundled in, since \`ajv\` is not installed with the program. */
function validatorSource(allErrors: boolean): string {
  const ajv = newAjv({ allErrors, source: true });
  const generated = standalone.default(ajv, ajv.compile(schema)).replace(/^export default [^;]+;/m, '');
  const code = allErrors ? withJoinedErrors(generated) : withLatePatterns(withoutErrors(generated));
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: '.', loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    charset: 'utf8',
    minify: true,
    legalComments: 'none',
    banner: { js: '// Made by scripts/build-validators.ts from schema/topology.schema.json.' },
  });
  const text = outputFiles[0]!.text;
  // Deep comparison is quadratic for `uniqueItems` of objects and fails on maps that inherit nothing.
  if (text.includes('fast-deep-equal'))
    throw new Error('the schema needs deep comparison: keep uniqueItems to scalars');
  // (`ucs2length` carries the text of a require for Ajv's own code generation.)
  if (/^import |(?<!\.code ?= ?['"])\brequire\(/m.test(text))
    throw new Error('the generated validator is not self-contained');
  return text;
}

/** Errors of a part are added to the list that there is: a copy of it for each part would make many errors quadratic. */
function withJoinedErrors(code: string): string {
  const joined = `function joined(all, more) { if (all === null) return more; for (const error of more) all.push(error); return all; }`;
  const changed = code.replace(
    /vErrors === null \? (validate\d+\.errors) : vErrors\.concat\(\1\)/g,
    'joined(vErrors, $1)',
  );
  if (changed === code || changed.includes('.concat('))
    throw new Error('errors are joined in an unexpected way');
  return `${joined}\n${changed}`;
}

/**
 * The fail-fast validator says yes or no, so that nobody reads its errors; the objects that describe them, and the paths
 * handed down for them, would be two thirds of its code. Every error becomes a 0.
 */
function withoutErrors(code: string): string {
  let out = '';
  let from = 0;
  for (let at = code.indexOf(DETAILS); at >= 0; at = code.indexOf(DETAILS, from)) {
    const end = endOfObject(code, at);
    const object = code.slice(at, end);
    const isError = object.includes('schemaPath:');
    // Else it is the last argument of a call or the last parameter of a function.
    if (!isError && !code.slice(from, at).endsWith(', ')) throw new Error(`unexpected code: ${object}`);
    out += isError ? `${code.slice(from, at)}0` : code.slice(from, at - 2);
    from = code.startsWith('={}', end) ? end + 3 : end;
  }
  const rest = out + code.slice(from);
  if (/instancePath|rootData|parentData|dynamicAnchors/.test(rest))
    throw new Error('unexpected code is left');
  return withQuickLengths(withoutSchemas(withoutLists(rest)));
}

/** Characters are counted, one by one, only where there may be too many: there are never more of them than code units. */
function withQuickLengths(code: string): string {
  const [, count = 'none'] = /const (func\d+) = require\("ajv\/dist\/runtime\/ucs2length"\)/.exec(code) ?? [];
  return code
    .replace(new RegExp(`${count}\\((\\w+)\\) > (\\d+)`, 'g'), '$1.length > $2 && $&')
    .replace(new RegExp(`${count}\\((\\w+)\\) < 1\\)`, 'g'), '$1.length < 1)');
}

/** Errors that nobody reads are counted, not listed; and what a function has evaluated only other schemas would ask. */
function withoutLists(code: string): string {
  const rest = code
    .replace(/validate\d+\.errors = (?:\[0\]|vErrors);/g, '')
    .replace(
      /vErrors = vErrors === null \? (validate\d+\.errors) : vErrors\.concat\(\1\);errors = vErrors\.length;/g,
      'errors++;',
    )
    .replace(
      /const (err\d+) = 0;if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}/g,
      '',
    )
    .replace(
      /if\(vErrors !== null\)\{if\((_errs\d+)\)\{vErrors\.length = \1;\}else \{vErrors = null;\}\}/g,
      '',
    )
    .replaceAll('let vErrors = null;', '')
    .replace(/const (evaluated\d+) = validate\d+\.evaluated;/g, '')
    .replace(/if\((evaluated\d+)\.dynamic(?:Props|Items)\)\{\1\.(?:props|items) = undefined;\}/g, '')
    .replace(/evaluated\d+\.props = props\d+;/g, '')
    .replace(/validate\d+\.evaluated = \{[^}]*\};/g, '');
  if (/vErrors|\.errors|evaluated/.test(rest)) throw new Error('errors are read in an unexpected way');
  return rest;
}

/**
 * The patterns of the schema, which Ajv makes when its code is loaded, are made when they are first asked for: a topology
 * needs few of them.
 */
function withLatePatterns(code: string): string {
  const late = `function late(source) { let made; return { test: text => (made ??= new RegExp(source, 'u')).test(text) }; }`;
  const changed = code.replace(/new RegExp\(("(?:[^"\\]|\\.)*"), "u"\)/g, 'late($1)');
  if (changed.includes('new RegExp(')) throw new Error('a pattern is made in an unexpected way');
  return `${late}\n${changed}`;
}

/** Of the copies of the schema only the names of properties are asked for. */
function withoutSchemas(code: string): string {
  let out = '';
  let from = 0;
  for (const { 0: declared, index } of code.matchAll(/const schema\d+ = (?=\{)/g)) {
    const start = index + declared.length;
    const end = endOfObject(code, start);
    const { properties = {} } = JSON.parse(code.slice(start, end)) as { properties?: object };
    const names = Object.fromEntries(Object.keys(properties).map(name => [name, 0]));
    out += `${code.slice(from, start)}${JSON.stringify({ properties: names })}`;
    from = end;
  }
  const rest = out + code.slice(from);
  if (/\bschema\d+\b(?! = |\.properties, key)/.test(rest)) throw new Error('a schema is read otherwise');
  return rest;
}

const DETAILS = '{instancePath';

/** Behind the brace that closes the one at `start`. */
function endOfObject(code: string, start: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[{}]/g;
  token.lastIndex = start;
  let depth = 0;
  for (let hit = token.exec(code); hit !== null; hit = token.exec(code)) {
    if (hit[0] === '{') depth++;
    else if (hit[0] === '}' && --depth === 0) return token.lastIndex;
  }
  throw new Error('an object without an end');
}

const files: Record<string, string> = {
  'fail-fast.js': validatorSource(false),
  'fail-fast.d.ts': DECLARATION,
  'all-errors.js': validatorSource(true),
  'all-errors.d.ts': DECLARATION,
};
mkdirSync(FOLDER, { recursive: true });
if (process.argv.includes('--check')) {
  process.exitCode = reportStale(Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text]));
} else {
  for (const [name, text] of Object.entries(files)) writeFileSync(`${FOLDER}/${name}`, text);
}
