/**
 * Builds `dist/` as CommonJS (an ES module entry starts a fifth slower on Node 20): the executable, which answers help by
 * itself; the core, which is all of our own code; and packages that most runs do not need. Steps that generate sources
 * run before.
 *
 * `node scripts/build.ts [--if-stale]`
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { catalogue } from '../src/diagnostics/catalogue.ts';
import { precompiledTemplates } from './build-templates.ts';
import { generateAll } from './generate.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const STAMP = join(dist, 'inputs.sha256');
const INPUTS = ['src', 'templates', 'schema', 'scripts', 'package.json', 'package-lock.json'];
const TARGET = 'node20';
const CATALOGUE = 'catalogue.json';

/** Files of their own, loaded when they are wanted: what is imported under a name, by the file that has it. */
const APART: ReadonlyMap<string, string> = new Map([
  ['./main.ts', 'core.cjs'],
  ['./generated/all-errors.js', 'all-errors.cjs'],
  ['yaml', 'yaml.cjs'],
  ['handlebars/dist/cjs/handlebars.js', 'handlebars.cjs'],
  ['diff', 'diff.cjs'],
]);

/** Modules that few runs need, and with them one of these files or a package: their code runs when they are imported. */
const LATE = /\/(?:parse|compiler|trace|environment|diff)\.ts$|all-errors\.js$/;

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

/**
 * As text that is parsed: objects of this size take five times as long to make from compiled code. Of the files' tables
 * each is parsed when it is asked for, since few topologies have all files.
 */
const pbsSchemaText: Plugin = {
  name: 'pbs-schema',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]proxmox[\\/]generated[\\/]pbs-schema\.ts$/ }, async ({ path }) => {
      const { files, ...tables } = (await import(path)) as Readonly<Record<string, object>>;
      const parsed = (table: unknown): string => `JSON.parse(${JSON.stringify(JSON.stringify(table))})`;
      const exports = Object.entries(tables).map(
        ([name, table]) => `export const ${name} = ${parsed(table)};\n`,
      );
      const late = Object.entries(files!).map(
        ([file, table]) =>
          `get ${JSON.stringify(file)}() { return known[${JSON.stringify(file)}] ??= ${parsed(table)}; },\n`,
      );
      const contents = `const known = {};\nexport const files = {\n${late.join('')}};\n${exports.join('')}`;
      return { contents, loader: 'js' };
    });
  },
};

/** What the catalogue says of rules: strings that a run would make and never read. */
const DOCS = /^ {2}summary:.*\n(?: {3,}.*\n| {2}(?:why|fix|example):.*\n| {2}\},\n)*/gm;

/** Goes by the layout of the formatter: what it does not take away as a whole is a mistake. */
function withoutDocs(path: string, text: string): string {
  if (!/[\\/]src[\\/]rules[\\/]/.test(path)) return text;
  const stripped = text.replace(DOCS, '');
  const left = /^ {2}(?:summary|why|fix|example):.*/m.exec(stripped)?.[0];
  if (left !== undefined) throw new Error(`${path}: "${left.trim()}" does not stand with the other texts`);
  return stripped;
}

/** The package for IPv6 runs when there is an address for it. */
const withLateAddresses = (text: string): string =>
  text.replace(
    "import ipaddr from 'ipaddr.js';",
    "const ipaddr = { get IPv6() { return require('ipaddr.js').IPv6; } };",
  );

/**
 * Of js-yaml only the reader is wanted. Schemas and large expressions for writing are made when it is loaded: each in a
 * function that is marked as free of effects, and left out where nothing uses what it makes.
 */
const readerOfYaml: Plugin = {
  name: 'reader-of-yaml',
  setup({ onLoad }) {
    const made =
      /^var ([\w$]+) = ((?:new \w+\(|define\w+Tag\(|\w+_SCHEMA\.|Object\.assign\(|String\.raw|`|\{)[\s\S]*?);\n(?=\S)/gm;
    onLoad({ filter: /[\\/]js-yaml\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(made, 'var $1 = /* @__PURE__ */ (() => ($2))();\n'),
      loader: 'js',
    }));
  },
};

/** The catalogue is a file that is read when it is asked for, and of the tables behind it the codes are left. */
const catalogueText: Plugin = {
  name: 'catalogue',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]diagnostics[\\/]catalogue\.ts$/ }, () => ({
      contents: `import { readPackageFile } from '../load/input.ts';
        export const catalogue = () => JSON.parse(readPackageFile('dist/${CATALOGUE}'));`,
      loader: 'ts',
    }));
    onLoad({ filter: /[\\/]diagnostics[\\/]code-tables\.ts$/ }, async ({ path }) => {
      const { phaseCodes } = (await import(path)) as { phaseCodes(): readonly string[] };
      return {
        contents: `export const phaseCodes = () => '${phaseCodes().join(' ')}'.split(' ');`,
        loader: 'ts',
      };
    });
  },
};

/**
 * Commands are imported when they are asked for, which from the sources saves time. In the core everything is at hand: a
 * static import lets one module use another directly, where a dynamic one goes through getters at every call.
 */
const together: Plugin = {
  name: 'together',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/][\w./\\-]+\.ts$/ }, ({ path }) => {
      const text = withLateAddresses(withoutDocs(path, readFileSync(path, 'utf8')));
      const imports: string[] = [];
      const contents = text.replace(/\bimport\('(\.[^']+)'\)/g, (all, name: string) => {
        if (LATE.test(name)) return all;
        const variable = `imported${imports.length}`;
        imports.push(`import * as ${variable} from '${name}';\n`);
        return `Promise.resolve(${variable})`;
      });
      return { contents: imports.join('') + contents, loader: 'ts' };
    });
  },
};

const apart: Plugin = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, kind }) => {
      const file = kind === 'entry-point' ? undefined : APART.get(path);
      return file === undefined ? undefined : { path: `./${file}`, external: true };
    });
  },
};

const options = (entry: string): BuildOptions & { readonly write: false } => ({
  absWorkingDir: root,
  entryPoints: [entry],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  target: TARGET,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  supported: { 'dynamic-import': false },
});

async function bundle(entry: string, more: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...options(entry), ...more, write: false });
  return outputFiles[0]!.text;
}

/** Code by file name below `dist/`. */
async function bundles(): Promise<ReadonlyMap<string, string>> {
  const define = { 'import.meta.dirname': '__dirname' };
  const plugins = [
    versionLiteral,
    pbsSchemaText,
    readerOfYaml,
    precompiledTemplates(),
    catalogueText,
    together,
    apart,
  ];
  const core = asFunction(inAscii(await bundle('src/main.ts', { define, plugins })));
  const name = `core-${createHash('sha256').update(core).digest('hex').slice(0, 16)}`;
  const loader = readFileSync(join(root, 'scripts/core-loader.cjs'), 'utf8').replace('#CODE#', name);
  const files = new Map([
    ['offsite.cjs', await bundle('src/cli.ts', { define, plugins: [versionLiteral, apart] })],
    ['core.cjs', loader],
    [`${name}.cjs`, core],
    ['thread.cjs', await bundle('src/emit/threads/thread.ts', {})],
    [CATALOGUE, JSON.stringify(catalogue())],
  ]);
  for (const [imported, file] of APART) {
    if (file !== 'core.cjs') files.set(file, await bundle(entryOf(imported), {}));
  }
  return files;
}

const entryOf = (imported: string): string =>
  imported.startsWith('./') ? 'src/validate/generated/all-errors.js' : imported;

/** What the loader calls with what a module of Node has. */
const asFunction = (code: string): string => `(function(module,require,__dirname){${code}\n})`;

/** The loader reads ASCII. esbuild escapes what stands in strings and names, and leaves regular expressions as they are. */
const inAscii = (code: string): string =>
  code.replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

async function main(): Promise<void> {
  const isFresh = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputsHash();
  if (process.argv.includes('--if-stale') && isFresh) return;
  generateAll([]);
  const files = await bundles();
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const [name, code] of files) writeFileSync(join(dist, name), code);
  chmodSync(join(dist, 'offsite.cjs'), 0o755);
  execFileSync(process.execPath, [join(root, 'scripts/build-cache.ts')], { stdio: 'inherit' });
  // Last: a build that died is stale.
  writeFileSync(STAMP, inputsHash());
}

await main();
