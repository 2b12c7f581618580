/** Which folder may import which: the phases go one way, and the outside world is touched in two places. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import glob from 'fast-glob';
import { describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const files = glob
  .sync('src/**/*.ts', { cwd: root, ignore: ['**/generated/**', '**/*.d.ts', 'src/model/spec.ts'] })
  .sort();

interface Import {
  readonly from: string;
  readonly to: string;
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/g;

const imports: readonly Import[] = files.flatMap(from => {
  const text = readFileSync(path.join(root, from), 'utf8');
  return [...text.matchAll(IMPORT)].map(match => {
    const name = match[1] ?? match[2] ?? '';
    const to = name.startsWith('.') ? path.posix.join(path.posix.dirname(from), name) : name;
    return { from, to };
  });
});

const area = (file: string): string => file.split('/')[1]?.replace(/\.ts$/, '') ?? '';
const text = ({ from, to }: Import): string => `${from} → ${to}`;

/** Knows nothing of offsite. */
const EVERYWHERE = ['multimap', 'once'];

/** Folders that an area may import besides itself. What is not listed here may import anything. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  net: [],
  calendar: ['diagnostics'],
  model: ['diagnostics'],
  proxmox: ['calendar', 'net'],
  formats: ['artifacts/artifact', 'calendar', 'net', 'proxmox'],
  load: ['diagnostics', 'failure', 'package-root'],
  validate: ['diagnostics', 'load/document', 'load/record', 'net'],
  resolve: ['calendar', 'diagnostics', 'model', 'net', 'proxmox'],
  render: ['artifacts/artifact', 'diagnostics'],
  emit: ['diagnostics', 'failure', 'package-root'],
  analyses: ['artifacts', 'calendar', 'diagnostics', 'formats', 'model', 'net', 'proxmox'],
  rules: [
    'analyses',
    'artifacts',
    'calendar',
    'diagnostics',
    'formats',
    'model',
    'net',
    'proxmox',
    'resolve/codes',
    'resolve/values',
  ],
  artifacts: [
    'analyses',
    'calendar',
    'diagnostics',
    'emit/change',
    'formats',
    'model',
    'net',
    'proxmox',
    'render/render-all',
  ],
};

describe.each(Object.entries(ALLOWED))('src/%s', (name, allowed) => {
  test('imports only what comes before it', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (area(from) !== name || !to.startsWith('src/') || area(to) === name) return false;
      return ![...allowed, ...EVERYWHERE].some(one => to === `src/${one}.ts` || to.startsWith(`src/${one}/`));
    });
    expect(wrong.map(text)).toEqual([]);
  });
});

describe.each([
  ['node:fs', ['load', 'emit', 'process-io', 'drift', 'verify']],
  ['node:child_process', ['verify']],
  ['ajv', ['validate']],
  ['handlebars', ['render']],
  ['yaml', ['load']],
  ['diff', ['emit']],
])('%s', (name, areas) => {
  test(`is used in ${areas.join(', ')} only`, () => {
    const wrong = imports.filter(
      ({ from, to }) => (to === name || to.startsWith(`${name}/`)) && !areas.includes(area(from)),
    );
    expect(wrong.map(text)).toEqual([]);
  });
});

test('every kind with a template has a folder, a template and a test of that name', () => {
  const names = (pattern: string): string[] =>
    [...new Set(glob.sync(pattern, { cwd: root }).map(file => path.basename(path.dirname(file))))].sort();
  const kinds = names('src/artifacts/*/verify.ts');
  expect(names('templates/*/*.hbs').filter(name => name !== '_partials')).toEqual(kinds);
  const tested = new Set(names('test/artifacts/*/*.ts'));
  expect(kinds.filter(kind => !tested.has(kind))).toEqual([]);
});

test('no source file is longer than 300 lines', () => {
  const long = files.filter(file => readFileSync(path.join(root, file), 'utf8').split('\n').length > 301);
  expect(long).toEqual([]);
});

// It can hang for ever: `src/cli.ts` says why.
test('nothing calls process.exit', () => {
  const calling = files.filter(file => /process\.exit\(/.test(readFileSync(path.join(root, file), 'utf8')));
  expect(calling).toEqual([]);
});
