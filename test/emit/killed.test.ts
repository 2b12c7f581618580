/**
 * A run may die anywhere. Whatever it left, the next run – for the same topology, for the one before or for another
 * one – must end with exactly its own files and the foreign ones, and in between every file must be whole.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/emit/apply.ts';
import { isFresh } from '../../src/emit/change.ts';
import { type Disk, realDisk } from '../../src/emit/disk.ts';
import { planChanges } from '../../src/emit/plan.ts';
import { isJournalName, isTemporaryName } from '../../src/emit/temporary.ts';
import { FileFailure } from '../../src/failure.ts';
import { asTree, emptyDirectory, readTree, rendered, type Tree, writeTree } from './tree.ts';

const BEFORE: Tree = { 'a/gone': 'g\n', 'a/same': 's\n', 'a/text': 'old\n', 'b/only': 'b\n', c: 'file\n' };
const AFTER: Tree = { 'a/new': 'n\n', 'a/same': 's\n', 'a/text': 'new\n', 'c/x': 'x\n', 'd/e/f': 'f\n' };
const OTHER: Tree = { 'a/same': 'other\n', 'b/only/x': 'x\n', d: 'd\n' };
const FOREIGN: Tree = { 'a/mine.txt': 'mine\n' };

const CHANGING = [
  'closeSync',
  'fsyncSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmdirSync',
  'unlinkSync',
] as const;

/** A disk on which the process dies at call number `at`: that call and all after it do nothing but throw. */
function dyingDisk(at: number): { disk: Disk; calls: () => number } {
  let calls = 0;
  const step = (): void => {
    if (calls++ >= at) throw new Error('killed');
  };
  const disk: Record<string, unknown> = { ...realDisk };
  for (const name of CHANGING) {
    const real = realDisk[name] as (...args: unknown[]) => unknown;
    disk[name] = (...args: unknown[]) => {
      step();
      return real(...args);
    };
  }
  disk['writeFileSync'] = (handle: number, text: string) => {
    if (calls === at) fs.writeSync(handle, text.slice(0, text.length / 2));
    step();
    fs.writeFileSync(handle, text);
  };
  return { disk: disk as unknown as Disk, calls: () => calls };
}

/** Who reads the new manifest may rely on it: it is there only when everything else is. */
function expectManifestLast(out: string): void {
  const after = asTree(rendered(AFTER));
  const tree = readTree(out);
  if (tree['manifest.json'] !== after['manifest.json']) return;
  const rest = Object.fromEntries(Object.entries(tree).filter(([name]) => !isJournalName(name)));
  expect(rest).toEqual(sorted({ ...after, ...FOREIGN }));
}

function prepared(): string {
  const out = path.join(emptyDirectory(), 'out');
  applyChanges(planChanges(out, rendered(BEFORE)));
  writeTree(out, FOREIGN);
  return out;
}

function expectWhole(out: string): void {
  const allowed = new Map<string, Set<string>>();
  for (const files of [rendered(BEFORE), rendered(AFTER), rendered(FOREIGN)]) {
    for (const { path: name, text } of files) {
      allowed.set(name, (allowed.get(name) ?? new Set<string>()).add(text));
    }
  }
  for (const [name, text] of Object.entries(readTree(out))) {
    const base = path.basename(name);
    if (isJournalName(base) || isTemporaryName(base) || name.endsWith('/')) continue;
    expect(allowed.get(name), name).toContain(text);
  }
}

function expectRepaired(out: string, next: Tree): void {
  applyChanges(planChanges(out, rendered(next)));
  expect(readTree(out)).toEqual(sorted({ ...asTree(rendered(next)), ...FOREIGN }));
  const again = planChanges(out, rendered(next));
  expect(isFresh(again)).toBe(true);
  expect(again.kept).toEqual([{ path: 'a/mine.txt', why: 'foreign' }]);
}

const sorted = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1)));

function callsOfWholeRun(): number {
  const { disk, calls } = dyingDisk(Number.POSITIVE_INFINITY);
  applyChanges(planChanges(prepared(), rendered(AFTER)), disk);
  return calls();
}

describe.each([
  ['the same topology', AFTER],
  ['the topology before', BEFORE],
  ['another topology', OTHER],
])('died at any call, repaired by a run for %s', (_name, next) => {
  const calls = callsOfWholeRun();
  test.each(Array.from({ length: calls }, (_, at) => at))('call %i', at => {
    const out = prepared();
    expect(() => applyChanges(planChanges(out, rendered(AFTER)), dyingDisk(at).disk)).toThrow('killed');
    expectWhole(out);
    expectManifestLast(out);
    expectRepaired(out, next);
  });
});

test('a run that repairs may die as well', () => {
  const calls = callsOfWholeRun();
  for (let first = 2; first < calls; first += 3) {
    for (let second = 2; second < calls; second += 5) {
      const out = prepared();
      expect(() => applyChanges(planChanges(out, rendered(AFTER)), dyingDisk(first).disk)).toThrow('killed');
      try {
        applyChanges(planChanges(out, rendered(OTHER)), dyingDisk(second).disk);
      } catch {}
      expectRepaired(out, BEFORE);
    }
  }
});

test('an interrupted run is seen before it is repaired', () => {
  const out = prepared();
  expect(() => applyChanges(planChanges(out, rendered(AFTER)), dyingDisk(12).disk)).toThrow('killed');
  const plan = planChanges(out, rendered(AFTER));
  expect(plan.journals).toHaveLength(1);
  expect(isFresh(plan)).toBe(false);
});

test.each(['ENOSPC', 'EACCES', 'EROFS'])('%s: says what and why, and the next run goes on', code => {
  const out = prepared();
  let left = 2;
  const disk: Disk = {
    ...realDisk,
    writeFileSync: (...args: Parameters<Disk['writeFileSync']>) => {
      if (left-- > 0) return realDisk.writeFileSync(...args);
      throw Object.assign(new Error('from the system'), { code, syscall: 'write' });
    },
  };
  const run = (): void => applyChanges(planChanges(out, rendered(AFTER)), disk);
  expect(run).toThrow(FileFailure);
  left = 2;
  expect(run).toThrow(new RegExp(`^cannot write ${out}/.*: .*\\(${code}\\)$`));
  expect(Object.keys(readTree(out)).filter(name => isTemporaryName(path.basename(name)))).toEqual([]);
  expectWhole(out);
  expectRepaired(out, OTHER);
});

test.each([
  ['without a stage', false],
  ['with a stage', true],
])('a child %s that is killed at random moments', { timeout: 60_000 }, async (_, isStaging) => {
  const out = path.join(emptyDirectory(), 'out');
  const source = (name: string): string => JSON.stringify(pathToFileURL(path.resolve('src/emit', name)).href);
  const trees = ['odd', 'even'].map((word, i) =>
    rendered(
      Object.fromEntries(
        Array.from({ length: 300 }, (_, n) => [
          `${word}-${n % 7}/${n}`,
          `${word} ${n} ${'x'.repeat(n * i)}\n`,
        ]),
      ),
    ),
  );
  const input = path.join(emptyDirectory(), 'trees.json');
  fs.writeFileSync(input, JSON.stringify(trees));
  const program = `
    import { readFileSync } from 'node:fs';
    import { planChanges } from ${source('plan.ts')};
    import { applyChanges } from ${source('apply.ts')};
    const trees = JSON.parse(readFileSync(${JSON.stringify(input)}, 'utf8'));
    process.stdout.write('go');
    import { realDisk } from ${source('disk.ts')};
    import { openOutTree } from ${source('out-tree.ts')};
    import { openStage } from ${source('stage.ts')};
    const out = ${JSON.stringify(out)};
    for (let n = 0; ; n++) {
      const tree = openOutTree(out);
      const stage = openStage(out, name => ${isStaging} && tree.isFree(name));
      const files = trees[n % 2].map(file =>
        stage.take(file.path.split('/')[0], file.path, file.text) ? { ...file, isStaged: true } : file);
      applyChanges(planChanges(out, files, realDisk, tree), realDisk, stage);
      stage.close();
    }`;
  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise(resolve => child.stdout.once('data', resolve));
    await new Promise(resolve => setTimeout(resolve, 3 + 11 * round));
    const ended = new Promise(resolve => child.once('exit', (_code, signal) => resolve(signal)));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const wanted = trees[round % 2] ?? [];
    applyChanges(planChanges(out, wanted));
    expect(readTree(out)).toEqual(asTree(wanted));
  }
});
