import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inRepository } from '../../src/commands/repository-paths.ts';
import { finding } from '../diagnostics/sample.ts';
import { emptyDirectory } from '../emit/tree.ts';

const work = emptyDirectory();
mkdirSync(join(work, 'checkout/repository/.git'), { recursive: true });
mkdirSync(join(work, 'checkout/repository/sites/home'), { recursive: true });
mkdirSync(join(work, 'worktree'));
writeFileSync(join(work, 'worktree/.git'), 'gitdir: ../checkout/repository/.git/worktrees/x\n');
mkdirSync(join(work, 'plain/sub'), { recursive: true });

const path = (cwd: string, file: string, workspace?: string): string | undefined => {
  const env = workspace === undefined ? {} : { GITHUB_WORKSPACE: workspace };
  const at = { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const [one] = inRepository([{ ...finding, ...at, related: [{ ...at, message: 'x' }] }], {
    cwd: join(work, cwd),
    env,
  });
  expect(one?.related[0]?.file).toBe(one?.file);
  return one?.file;
};

test('a path below the working directory becomes one below the root of the work tree', () => {
  expect(path('checkout/repository', 'topology.yaml')).toBe('topology.yaml');
  expect(path('checkout/repository/sites/home', 'topology.yaml')).toBe('sites/home/topology.yaml');
  expect(path('checkout/repository/sites', 'home/out/pbs/x.cfg')).toBe('sites/home/out/pbs/x.cfg');
  expect(path('plain', join(work, 'checkout/repository/sites/home/topology.yaml'))).toBe(
    'sites/home/topology.yaml',
  );
  expect(path('worktree', 'topology.yaml')).toBe('topology.yaml');
});

test('GITHUB_WORKSPACE goes first, where the file lies in it', () => {
  expect(path('checkout/repository/sites', 'topology.yaml', join(work, 'checkout'))).toBe(
    'repository/sites/topology.yaml',
  );
  expect(path('checkout/repository/sites', 'topology.yaml', join(work, 'check'))).toBe('sites/topology.yaml');
  expect(path('plain/sub', 'topology.yaml', join(work, 'plain'))).toBe('sub/topology.yaml');
  expect(path('checkout/repository/sites', 'topology.yaml', '')).toBe('sites/topology.yaml');
});

test('without a repository, and for what is no file, paths stay', () => {
  expect(path('plain/sub', 'topology.yaml')).toBe('topology.yaml');
  expect(path('plain/sub', '../topology.yaml')).toBe('../topology.yaml');
  expect(path('checkout/repository/sites', '<stdin>')).toBe('<stdin>');
});
