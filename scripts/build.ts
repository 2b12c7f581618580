/**
 * Builds `dist/`: the executable and what it loads when needed, as CommonJS (an ES module entry starts a fifth slower
 * on Node 20). esbuild splits only ES modules, so the code is bundled and split as such first, and each part is then
 * turned into CommonJS. Steps that generate sources run before.
 *
 * `node scripts/build.ts [--if-stale]`
 */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build, type Plugin, transform } from 'esbuild';
import { generateAll } from './generate.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const STAMP = join(dist, 'inputs.sha256');
const INPUTS = ['src', 'templates', 'schema', 'scripts', 'package.json', 'package-lock.json'];
const TARGET = 'node20';

/**
 * Modules that `compile` imports but seldom calls, by the name of their part: they are loaded at the first call.
 * All their exports must be functions.
 */
const LAZY: Readonly<Record<string, string>> = {};

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

/** Puts functions that load the real module at their first call in place of a lazy module. */
const lazyModules: Plugin = {
  name: 'lazy',
  setup({ onResolve, onLoad }) {
    const parts = new Map(Object.entries(LAZY).map(([part, file]) => [join(root, file), part]));
    onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, kind }) => {
      const full = resolve(resolveDir, path);
      return kind === 'import-statement' && parts.has(full) ? { path: full, namespace: 'lazy' } : undefined;
    });
    onResolve({ filter: /^lazy:/ }, ({ path }) => ({ path: `./${path.slice(5)}.cjs`, external: true }));
    onLoad({ filter: /./, namespace: 'lazy' }, async ({ path }) => {
      const names = Object.entries((await import(path)) as object).map(([name, value]) => {
        if (typeof value !== 'function')
          throw new Error(`${path}: export '${name}' of a lazy module is no function`);
        return `export const ${name} = (...args) => require('lazy:${parts.get(path)}').${name}(...args);`;
      });
      return { contents: names.join('\n'), loader: 'js' };
    });
  },
};

async function bundle(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { offsite: 'src/cli.ts', ...LAZY },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: TARGET,
    minify: true,
    legalComments: 'none',
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [versionLiteral, lazyModules],
    logLevel: 'warning',
  });
  const parts = new Map<string, string>();
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: TARGET,
      minify: true,
      legalComments: 'none',
      supported: { 'dynamic-import': false },
    });
    parts.set(basename(path), code);
  }
  return parts;
}

async function main(): Promise<void> {
  const isFresh = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputsHash();
  if (process.argv.includes('--if-stale') && isFresh) return;
  generateAll([]);
  const parts = await bundle();
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const [name, code] of parts) writeFileSync(join(dist, name), code);
  chmodSync(join(dist, 'offsite.cjs'), 0o755);
  // Last: a build that died is stale.
  writeFileSync(STAMP, inputsHash());
}

await main();
