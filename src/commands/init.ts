/** `offsite init DIR`: a small repository that passes `offsite check` at once. Overwrites nothing. */
import { resolve } from 'node:path';
import type { OutFile } from '../emit/change.ts';
import { conflictsOf, createFiles } from '../emit/create.ts';
import { FileFailure } from '../failure.ts';
import { readPackageFile } from '../load/input.ts';
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

export async function init(settings: Settings, io: Io, load: LoadCompiler): Promise<number> {
  const directory = resolve(io.cwd, settings.positionals[0] ?? '.');
  const label = shown(directory, io.cwd);
  const files = [...starterFiles(), ...(await renderedFiles(load))];
  const conflicts = conflictsOf(directory, files);
  if (conflicts.length > 0) {
    const listed = conflicts.slice(0, 20).map(path => `  ${path}\n`);
    const rest = conflicts.length - listed.length;
    const more = rest > 0 ? `  and ${rest} more\n` : '';
    throw new FileFailure(
      `${label} already has these, and nothing is overwritten:\n${listed.join('')}${more}`.trimEnd(),
    );
  }
  createFiles(directory, files);
  const own = files.filter(({ path }) => !path.startsWith('out/'));
  if (!settings.quiet) {
    io.stdout(own.map(({ path }) => `create ${label}/${path}\n`).join(''));
    io.stdout(`create ${label}/out (${files.length - own.length} files)\n`);
    io.stderr(
      'Next: describe your deployment in topology.yaml, run `offsite render`, commit everything.\n' +
        'Run `npm install` and commit package-lock.json too, so that CI uses this version of offsite.\n',
    );
  }
  return 0;
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
