/** The package as somebody else installs it: packed, installed into an empty project, run with every Node at hand. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { emptyDirectory } from '../emit/tree.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  version: string;
};
const scratch = emptyDirectory();
const project = path.join(scratch, 'project');
let packed: readonly string[] = [];

/** The Node that runs the tests, and the one that is installed on this machine, if that is another. */
function nodes(): string[] {
  const directories = (process.env['PATH'] ?? '').split(path.delimiter);
  const outside = directories.filter(directory => !directory.includes('node_modules'));
  const installed = outside
    .map(directory => path.join(directory, 'node'))
    .filter(file => fs.existsSync(file));
  return [...new Set([process.execPath, ...installed.slice(0, 1)].map(file => fs.realpathSync(file)))];
}

beforeAll(() => {
  // `npm pack` would build by itself, into the dist/ that other tests are using.
  execFileSync(process.execPath, ['scripts/build.ts', '--if-stale'], { cwd: root });
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', scratch];
  const report = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8' })) as unknown;
  const [{ filename, files }] = Object.values(report as object) as [
    { filename: string; files: { path: string }[] },
  ];
  packed = files.map(file => file.path);
  fs.mkdirSync(project);
  fs.writeFileSync(path.join(project, 'package.json'), '{"private": true}\n');
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', path.join(scratch, filename)];
  execFileSync('npm', install, { cwd: project, stdio: 'pipe' });
}, 180_000);

test('holds what it needs at run time and no sources', () => {
  const needed = [
    'dist/offsite.cjs',
    'dist/core.cjs',
    'dist/catalogue.json',
    'schema/topology.schema.json',
    'starter/topology.yaml',
  ];
  expect(packed).toEqual(expect.arrayContaining(needed));
  expect(
    packed.filter(
      file => /^(src|test|scripts|bench|\.ci|out)\//.test(file) || /^dist\/(\.cache|inputs)/.test(file),
    ),
  ).toEqual([]);
});

describe.each(nodes())('with %s', node => {
  const repository = fs.mkdtempSync(path.join(scratch, 'repository-'));
  const offsite = (...args: string[]) =>
    spawnSync(node, [path.join(project, 'node_modules/.bin/offsite'), ...args], {
      cwd: repository,
      encoding: 'utf8',
    });

  test('--version and --help', () => {
    expect(offsite('--version')).toMatchObject({ status: 0, stdout: `offsite ${version}\n`, stderr: '' });
    expect(offsite('--help')).toMatchObject({ status: 0, stderr: '' });
  });

  test('init, check, render, check', () => {
    expect(offsite('init', '.')).toMatchObject({ status: 0 });
    expect(offsite('check', '--color', 'never')).toMatchObject({ status: 0 });
    expect(offsite('render')).toMatchObject({ status: 0, stdout: '' });
    fs.rmSync(path.join(repository, 'out'), { recursive: true });
    expect(offsite('check')).toMatchObject({ status: 1 });
    expect(offsite('render')).toMatchObject({ status: 0 });
    expect(offsite('check')).toMatchObject({ status: 0 });
  });

  test('rules and schema', () => {
    expect(offsite('rules')).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = offsite('schema');
    expect(JSON.parse(stdout)).toHaveProperty('$defs');
  });

  test('a reader that goes away is no failure', () => {
    const bin = path.join(project, 'node_modules/.bin/offsite');
    const piped = spawnSync('bash', ['-o', 'pipefail', '-c', `'${node}' '${bin}' schema | head -1`], {
      encoding: 'utf8',
    });
    expect(piped).toMatchObject({ status: 0, stdout: '{\n', stderr: '' });
  });

  test('a full disk is said, with exit code 2', () => {
    const bin = path.join(project, 'node_modules/.bin/offsite');
    const full = spawnSync('bash', ['-c', `'${node}' '${bin}' schema > /dev/full`], { encoding: 'utf8' });
    expect(full).toMatchObject({ status: 2, stderr: expect.stringContaining('no space left on the device') });
  });
});
