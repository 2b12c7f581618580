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
  const code = standalone.default(ajv, ajv.compile(schema)).replace(/^export default [^;]+;/m, '');
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
