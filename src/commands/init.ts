/** `offsite init DIR`: a small repository that passes `offsite check` at once. Overwrites nothing. */
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { OutFile } from '../emit/change.ts';
import { conflictsOf, createFiles } from '../emit/create.ts';
import { FileFailure } from '../failure.ts';
import { findUpwards, readInput, readPackageFile } from '../load/input.ts';
import { version } from '../version.ts';
import { type LoadCompiler, shown } from './input.ts';
import type { Io } from './io.ts';
import type { Settings } from './parse.ts';
import { SCHEMA_FILE } from './schema.ts';

/** Paths of the new repository, by the file of this package that they are copies of. */
const COPIES: readonly (readonly [from: string, to: string])[] = [
  ['starter/topology.yaml', 'topology.yaml'],
  ['starter/gitattributes', '.gitattributes'],
  ['starter/gitignore', '.gitignore'],
  ['starter/github.yml', '.github/workflows/offsite.yml'],
  ['starter/forgejo.yml', '.forgejo/workflows/offsite.yml'],
  [SCHEMA_FILE, SCHEMA_FILE],
];

/** Files that a directory may have before, and what ours would say in them. Such a file stays as it is. */
const OFTEN_THERE: ReadonlyMap<string, readonly [sign: string, advice: string]> = new Map([
  ['package.json', ['"offsite"', `"offsite": "${version}" to devDependencies, without ^`]],
  ['.gitignore', ['node_modules', 'a line node_modules/']],
  ['.gitattributes', ['out/**', 'a line out/** -text linguist-generated']],
]);

export async function init(settings: Settings, io: Io, load: LoadCompiler): Promise<number> {
  const directory = resolve(io.cwd, settings.positionals[0] ?? '.');
  const label = shown(directory, io.cwd);
  const files = [...starterFiles(), ...(await renderedFiles(load))];
  const conflicts = conflictsOf(directory, files);
  const kept = conflicts.filter(path => OFTEN_THERE.has(path));
  if (conflicts.length > kept.length) {
    const listed = conflicts.slice(0, 20).map(path => `  ${path}\n`);
    const rest = conflicts.length - listed.length;
    const more = rest > 0 ? `  and ${rest} more\n` : '';
    throw new FileFailure(
      `${label} already has these, and nothing is overwritten:\n${listed.join('')}${more}`.trimEnd(),
    );
  }
  const advice = [...toAdd(directory, kept), ...toMove(directory)];
  const created = files.filter(({ path }) => !kept.includes(path));
  createFiles(directory, created);
  const own = created.filter(({ path }) => !path.startsWith('out/'));
  if (!settings.quiet) {
    io.stdout(own.map(({ path }) => `create ${label}/${path}\n`).join(''));
    io.stdout(`create ${label}/out (${created.length - own.length} files)\n`);
    io.stdout(kept.map(path => `keep ${label}/${path}\n`).join(''));
    io.stderr(
      `Next${label === '.' ? '' : `, in ${label}`}: describe your deployment in topology.yaml, run \`npx offsite render\`, commit everything.\n` +
        'Run `npm install` and commit package-lock.json too, so that CI uses this version of offsite.\n',
    );
    io.stderr(advice.map(one => `${one}\n`).join(''));
  }
  return 0;
}

/** In bytes. */
const MAX_KEPT = 1 << 20;

function toAdd(directory: string, kept: readonly string[]): string[] {
  return kept.flatMap(path => {
    const [sign, advice] = OFTEN_THERE.get(path)!;
    const text = new TextDecoder().decode(readInput(join(directory, path), MAX_KEPT));
    return text.includes(sign) ? [] : `${path} was there: add ${advice}.`;
  });
}

/** Workflows are looked for at the root of a repository only. */
function toMove(directory: string): string[] {
  const git = findUpwards('.git', directory);
  const below = git === undefined ? '' : relative(dirname(git), directory).split(sep).join('/');
  if (below === '') return [];
  return [
    'The repository begins above: move .github and .forgejo to its root, ' +
      `and add \`defaults: { run: { working-directory: ${below} } }\` to the workflow that you use.`,
  ];
}

function starterFiles(): OutFile[] {
  const copies = COPIES.map(([from, to]) => ({ path: to, text: readPackageFile(from) }));
  return [...copies, { path: 'package.json', text: packageText() }];
}

/** Pins this very version: another one may render other bytes. */
function packageText(): string {
  const scripts = { render: 'offsite render', check: 'offsite check' };
  return `${JSON.stringify({ private: true, scripts, devDependencies: { offsite: version } }, undefined, 2)}\n`;
}

async function renderedFiles(load: LoadCompiler): Promise<readonly OutFile[]> {
  const { compile } = await load();
  const { files, diagnostics } = await compile({
    bytes: new TextEncoder().encode(readPackageFile('starter/topology.yaml')),
    file: 'topology.yaml',
  });
  if (files === undefined)
    throw new Error(`the starter topology does not compile: ${diagnostics[0]?.message}`);
  return files.map(({ path, text }) => ({ path: `out/${path}`, text }));
}
