import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/emit/apply.ts';
import type { OutFile, Plan } from '../../src/emit/change.ts';
import { realDisk } from '../../src/emit/disk.ts';
import { openOutTree } from '../../src/emit/out-tree.ts';
import { planChanges } from '../../src/emit/plan.ts';
import { openStage, type Stage } from '../../src/emit/stage.ts';
import { asTree, emptyDirectory, readTree, rendered, type Tree, writeTree } from './tree.ts';

const TREE: Tree = Object.fromEntries(
  Array.from({ length: 40 }, (_, n) => [`t${n % 5}/d${n % 3}/${n}`, `ä ${n}\n`.repeat(n * n)]),
);

/** As `render` does it: what a stage takes has no text afterwards. */
function staged(out: string, tree: Tree): { plan: Plan; stage: Stage; taken: readonly string[] } {
  const there = openOutTree(out);
  const stage = openStage(out, there.isFree);
  const files = rendered(tree).map((file): OutFile => {
    const [target = '', ...rest] = file.path.split('/');
    if (rest.length === 0 || !stage.take(target, file.path, file.text)) return file;
    return {
      path: file.path,
      isStaged: true,
      get text(): string {
        throw new Error('not kept');
      },
    };
  });
  const taken = files.filter(({ isStaged }) => isStaged).map(({ path: name }) => name);
  return { plan: planChanges(out, files, realDisk, there), stage, taken };
}

function renderInto(out: string, tree: Tree): readonly string[] {
  const { plan, stage, taken } = staged(out, tree);
  applyChanges(plan, realDisk, stage);
  stage.close();
  return taken;
}

describe('what a stage takes', () => {
  test('is everything below directories of a new out/', () => {
    const out = path.join(emptyDirectory(), 'in', 'between', 'out');
    expect(renderInto(out, TREE)).toHaveLength(40);
    expect(readTree(out)).toEqual(asTree(rendered(TREE)));
  });

  test('is whole targets that out/ does not have', () => {
    const out = path.join(emptyDirectory(), 'out');
    renderInto(out, TREE);
    writeTree(out, { 'mine/note': 'not rendered\n' });
    const { 't3/d0/3': _, ...rest } = TREE;
    const next = { ...rest, 't0/d0/0': 'new\n', 't9/x': '1\n', 'mine/x': '2\n' };
    expect(renderInto(out, next)).toEqual(['t9/x']);
    expect(readTree(out)).toEqual({ ...asTree(rendered(next)), 'mine/note': 'not rendered\n' });
    expect(renderInto(out, next)).toEqual([]);
  });

  test('is nothing where out/ is a link, a file, or cannot be made', () => {
    const top = emptyDirectory();
    const [aside, link, file] = ['aside', 'link', 'file'].map(name => path.join(top, name)) as [
      string,
      string,
      string,
    ];
    fs.mkdirSync(aside);
    fs.symlinkSync(aside, link);
    fs.writeFileSync(file, '');
    for (const out of [link, file, '/proc/offsite/out']) {
      const stage = openStage(out, name => openOutTree(out).isFree(name));
      expect(stage.take('a', 'a/x', '1')).toBe(false);
      stage.close();
    }
    expect(readTree(top)).toEqual({ 'aside/': '', link: `-> ${aside}`, file: '' });
  });
});

describe('a stage that is closed without moving', () => {
  test('leaves nothing, out/ and what is above it included', () => {
    const top = emptyDirectory();
    const { stage, taken } = staged(path.join(top, 'in', 'out'), TREE);
    expect(taken).toHaveLength(40);
    stage.close();
    expect(readTree(top)).toEqual({});
  });

  test('leaves what was there', () => {
    const out = path.join(emptyDirectory(), 'out');
    writeTree(out, { 'mine/note': '1\n' });
    const { stage } = staged(out, TREE);
    stage.close();
    expect(readTree(out)).toEqual({ 'mine/note': '1\n' });
  });
});

test('says what cannot be written, and the next run completes it', () => {
  const out = path.join(emptyDirectory(), 'out');
  const tooLong = { ...TREE, [`t1/${'x'.repeat(300)}`]: '' };
  const { plan, stage } = staged(out, tooLong);
  expect(() => applyChanges(plan, realDisk, stage)).toThrow(
    /^cannot write .*: the name is too long .*\(ENAMETOOLONG\)$/,
  );
  stage.close();
  const journal = `.offsite-${process.pid}.journal`;
  expect(Object.keys(readTree(out))).toEqual([journal]);
  expect(planChanges(out, rendered(TREE)).journals).toEqual([journal]);
  renderInto(out, TREE);
  expect(readTree(out)).toEqual(asTree(rendered(TREE)));
});

test('a target that appears in the meantime is not written into', () => {
  const out = path.join(emptyDirectory(), 'out');
  const { plan, stage } = staged(out, TREE);
  writeTree(out, { 't0/mine': '1\n' });
  expect(() => applyChanges(plan, realDisk, stage)).toThrow(/^cannot write .*t0: /);
  stage.close();
  expect(fs.readFileSync(path.join(out, 't0/mine'), 'utf8')).toBe('1\n');
  expect(fs.readdirSync(path.join(out, 't0'))).toEqual(['mine']);
});

test('the directory of a run that was killed is removed, and only in out/ itself', () => {
  const out = path.join(emptyDirectory(), 'out');
  writeTree(out, { '.offsite-4711.stage/a/x': 'half', 'a/.offsite-4711.stage/x': 'mine' });
  const plan = planChanges(out, rendered({ 'a/y': '1\n' }));
  expect(plan.leftovers).toEqual(['.offsite-4711.stage']);
  applyChanges(plan);
  expect(readTree(out)).toEqual({ ...asTree(rendered({ 'a/y': '1\n' })), 'a/.offsite-4711.stage/x': 'mine' });
});
