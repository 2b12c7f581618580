/**
 * Builds `dist/`: the executable and what it loads when needed, as CommonJS (an ES module entry starts a fifth slower
 * on Node 20). esbuild splits only ES modules, so the code is bundled and split as such first, and each part is then
 * turned into CommonJS. Steps that generate sources run before.
 *
 * `node scripts/build.ts [--if-stale]`
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build, type Plugin, transform } from 'esbuild';
import { precompiledTemplates } from './build-templates.ts';
import { generateAll } from './generate.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const STAMP = join(dist, 'inputs.sha256');
const INPUTS = ['src', 'templates', 'schema', 'scripts', 'package.json', 'package-lock.json'];
const TARGET = 'node20';

const CORE = 'core.cjs';
const MAIN = 'src/main.ts';
/** What nearly every run loads. */
const COMMON = [
  MAIN,
  'src/process-io.ts',
  'src/compile.ts',
  'src/commands/render.ts',
  'src/commands/check.ts',
  'src/commands/print.ts',
];

/** Hash of everything that the build reads, names included. */
function inputsHash(): string {
  const hash = createHash('sha256');
  for (const input of INPUTS) addInput(hash, input);
  return hash.digest('hex');
}

function addInput(hash: ReturnType<typeof createHash>, path: string): void {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (/\.[a-z]+$/.test(path)) hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
  else for (const name of readdirSync(full).sort()) addInput(hash, `${path}/${name}`);
}

/** The version as a literal: `dist/` does not read package.json. */
const versionLiteral: Plugin = {
  name: 'version',
  setup({ onLoad }) {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const contents = `export const version = ${JSON.stringify(version)};`;
    onLoad({ filter: /[\\/]src[\\/]version\.ts$/ }, () => ({ contents, loader: 'ts' }));
  },
};

/** As text that is parsed when the program starts: an object of this size takes longer to make from compiled code. */
const schemaText: Plugin = {
  name: 'schema',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]schema[\\/][\w.]+\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: 'js' };
    });
  },
};

interface Part {
  readonly code: string;
  /** Parts that this one cannot run without. */
  readonly needs: readonly string[];
}

interface Bundle {
  /** Code by file name below `dist/`. */
  readonly files: ReadonlyMap<string, string>;
  /** Name of the part that exports `main`. */
  readonly main: string;
}

async function bundle(): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { offsite: 'src/cli.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: TARGET,
    minify: true,
    legalComments: 'none',
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [versionLiteral, schemaText, precompiledTemplates()],
    logLevel: 'warning',
  });
  const parts = new Map<string, Part>();
  const starts: string[] = [];
  let main = '';
  for (const { path, text } of outputFiles) {
    const { imports, entryPoint = '' } = metafile.outputs[`dist/${basename(path)}`]!;
    const needs = imports.filter(({ kind }) => kind === 'import-statement').map(one => basename(one.path));
    parts.set(basename(path), { code: await asCommonJs(text), needs });
    if (COMMON.includes(entryPoint)) starts.push(basename(path));
    if (entryPoint === MAIN) main = basename(path);
  }
  return { files: merged(parts, starts), main };
}

async function asCommonJs(text: string): Promise<string> {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: TARGET,
    minify: true,
    legalComments: 'none',
    supported: { 'dynamic-import': false },
  });
  return code;
}

/** Puts all that the common path needs, and help does not, into one file: each file costs a part of a millisecond. */
function merged(parts: ReadonlyMap<string, Part>, starts: readonly string[]): Map<string, string> {
  const early = reachable(parts, ['offsite.cjs']);
  const core = [...reachable(parts, starts)].filter(name => !early.has(name));
  const redirected = (code: string, load: string): string =>
    code.replace(/\brequire\("\.\/([\w.-]+)"\)/g, (all, name) =>
      core.includes(name) ? `${load}("${name}")` : all,
    );
  const bodies = core.map(name => {
    const code = redirected(parts.get(name)?.code ?? '', 'part').replace(/^"use strict";/, '');
    return `${JSON.stringify(name)}(module,exports){${code}}`;
  });
  const code = inAscii(`"use strict";${PART_LOADER}const parts={${bodies.join(',')}};exports.part=part;`);
  const name = `core-${createHash('sha256').update(code).digest('hex').slice(0, 16)}`;
  const files = new Map([
    [`${name}.cjs`, code],
    [CORE, readFileSync(join(root, 'scripts/core-loader.cjs'), 'utf8').replace('#CODE#', name)],
  ]);
  for (const [name, { code }] of parts) {
    if (!core.includes(name)) files.set(name, redirected(code, `require("./${CORE}").part`));
  }
  return files;
}

/** The loader reads ASCII. esbuild escapes what stands in strings and names, and leaves regular expressions as they are. */
const inAscii = (code: string): string =>
  code.replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

function reachable(parts: ReadonlyMap<string, Part>, from: readonly string[]): Set<string> {
  const found = new Set(from);
  for (const name of found) for (const needed of parts.get(name)?.needs ?? []) found.add(needed);
  return found;
}

/** As `require` does it: registered before it runs, so that parts may need one another. */
const PART_LOADER = `const loaded={};function part(name){let module=loaded[name];if(!module){module=loaded[name]={exports:{}};parts[name](module,module.exports)}return module.exports}`;

async function main(): Promise<void> {
  const isFresh = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputsHash();
  if (process.argv.includes('--if-stale') && isFresh) return;
  generateAll([]);
  const { files, main: part } = await bundle();
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const [name, code] of files) writeFileSync(join(dist, name), code);
  chmodSync(join(dist, 'offsite.cjs'), 0o755);
  execFileSync(process.execPath, [join(root, 'scripts/build-cache.ts'), part], { stdio: 'inherit' });
  // Last: a build that died is stale.
  writeFileSync(STAMP, inputsHash());
}

await main();
