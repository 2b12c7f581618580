/** `offsite verify` as it is typed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../../src/main.ts';
import { TOOLS } from '../../src/verify/all-tools.ts';

const TOPOLOGY = readFileSync('starter/topology.yaml', 'utf8');

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'offsite-command-'));
  writeFileSync(join(cwd, 'topology.yaml'), TOPOLOGY);
  writeFileSync(join(cwd, 'broken.yaml'), TOPOLOGY.replace(/^hosts:/m, 'hostz:'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function offsite(args: readonly string[], PATH = process.env['PATH']) {
  let [stdout, stderr] = ['', ''];
  const code = await main(['verify', ...args], {
    cwd,
    env: { PATH },
    terminal: { stdout: false, stderr: false },
    stdout: text => {
      stdout += text;
    },
    stderr: text => {
      stderr += text;
    },
    stdin: () => Buffer.from(''),
  });
  return { code, stdout, stderr };
}

test('runs what is installed, and lists it', async () => {
  const { code, stdout, stderr } = await offsite([]);
  expect(stdout).toMatch(/^(?:passed|missing|unusable) +[a-z].* \d+ files?/);
  expect(stderr).toMatch(/^\d+ files, all read back by offsite; \d+ judged by tools as well\n$/);
  expect(code).toBe(0);
});

test('what is missing is listed with its package', async () => {
  const { code, stdout } = await offsite([], '/nowhere');
  expect(stdout).toMatch(
    /^missing {3}shellcheck .* files {3}shellcheck not found; Debian package shellcheck$/m,
  );
  expect(code).toBe(0);
});

test('--tools all: a missing tool is an error', async () => {
  const { code, stdout } = await offsite(['--tools', 'all'], '/nowhere');
  expect(stdout).toMatch(/error: shellcheck cannot judge \d+ files: shellcheck not found \[tool-missing\]/);
  expect(stdout).toContain('help: apt-get install shellcheck');
  expect(code).toBe(1);
});

test('--tools none: the readers only', async () => {
  const { code, stdout, stderr } = await offsite(['--tools', 'none']);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/; 0 judged by tools as well\n$/);
});

test('json', async () => {
  const { code, stdout } = await offsite(['--format', 'json'], '/nowhere');
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ version: 1, diagnostics: [], summary: { errors: 0 } });
  expect(Object.keys(report)).toEqual([
    'version',
    'diagnostics',
    'summary',
    'tools',
    'readersOnly',
    'hostChecks',
  ]);
  const shellcheck = report.tools.find((one: { name: string }) => one.name === 'shellcheck');
  expect(shellcheck).toMatchObject({ package: 'shellcheck', state: 'missing', refused: 0, unclear: 0 });
  expect(shellcheck.reason).toBe('shellcheck not found');
  expect(code).toBe(0);
});

test('a topology with errors: no tool runs', async () => {
  const { code, stdout, stderr } = await offsite(['-t', 'broken.yaml']);
  expect(code).toBe(1);
  expect(stdout).toContain('[unknown-key]');
  expect(stderr).toBe('nothing is rendered while there are errors, so no tool ran\n');
});

test('a topology with errors: the same keys in json', async () => {
  const { code, stdout } = await offsite(['-t', 'broken.yaml', '--format', 'json']);
  const report = JSON.parse(stdout);
  expect(code).toBe(1);
  expect(report.diagnostics.map((one: { code: string }) => one.code)).toContain('unknown-key');
  expect(report).toMatchObject({ tools: [], readersOnly: [], hostChecks: [] });
});

test('quiet prints nothing when all is well', async () => {
  expect(await offsite(['-q'])).toEqual({ code: 0, stdout: '', stderr: '' });
});

test.each([
  [['--tools', 'some'], /option '--tools' is one of auto, all, none, not 'some'/],
  [['--format', 'github'], /option '--format' is one of human, json/],
  [['file'], /takes no argument 'file'/],
])('%j is wrong usage', async (args, message) => {
  const { code, stderr } = await offsite(args);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

test('no two tools have one name', () => {
  expect(new Set(TOOLS.map(({ name }) => name)).size).toBe(TOOLS.length);
});
