import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/emit/apply.ts';
import type { Plan } from '../../src/emit/change.ts';
import { isFresh } from '../../src/emit/change.ts';
import { planChanges } from '../../src/emit/plan.ts';
import { asTree, emptyDirectory, readTree, rendered, type Tree, writeTree } from './tree.ts';

function renderInto(directory: string, tree: Tree): Plan {
  const plan = planChanges(directory, rendered(tree));
  applyChanges(plan);
  return plan;
}

const verbs = (plan: Plan): string[] => plan.changes.map(change => `${change.verb} ${change.path}`);

describe('what changes', () => {
  const table: { name: string; before: Tree; after: Tree; changes: string[]; unchanged: number }[] = [
    { name: 'nothing', before: { 'a/x': '1\n' }, after: { 'a/x': '1\n' }, changes: [], unchanged: 2 },
    {
      name: 'one text',
      before: { 'a/x': '1\n', 'a/y': '1\n' },
      after: { 'a/x': '2\n', 'a/y': '1\n' },
      changes: ['update a/x', 'update manifest.json'],
      unchanged: 1,
    },
    {
      name: 'a file more, a file less',
      before: { 'a/x': '1\n' },
      after: { 'b/c/y': '1\n' },
      changes: ['delete a/x', 'create b/c/y', 'update manifest.json'],
      unchanged: 0,
    },
    {
      name: 'a directory becomes a file',
      before: { 'a/b/x': '1\n' },
      after: { a: '1\n' },
      changes: ['create a', 'delete a/b/x', 'update manifest.json'],
      unchanged: 0,
    },
    {
      name: 'a file becomes a directory',
      before: { a: '1\n' },
      after: { 'a/x': '1\n' },
      changes: ['delete a', 'create a/x', 'update manifest.json'],
      unchanged: 0,
    },
    {
      name: 'an empty file',
      before: { a: '' },
      after: { a: '', b: '' },
      changes: ['create b', 'update manifest.json'],
      unchanged: 1,
    },
    {
      name: 'the replacement character itself',
      before: { a: '\uFFFD' },
      after: { a: '\uFFFD' },
      changes: [],
      unchanged: 2,
    },
  ];
  test.each(table)('$name', ({ before, after, changes, unchanged }) => {
    const out = path.join(emptyDirectory(), 'deep/out');
    renderInto(out, before);
    const plan = renderInto(out, after);
    expect(verbs(plan)).toEqual(changes);
    expect(plan.unchanged).toBe(unchanged);
    expect(readTree(out)).toEqual(asTree(rendered(after)));
    expect(isFresh(planChanges(out, rendered(after)))).toBe(true);
  });

  test('bytes that are no UTF-8 differ from the text that they would be read as', () => {
    const out = emptyDirectory();
    renderInto(out, { a: '\uFFFD' });
    fs.writeFileSync(path.join(out, 'a'), Buffer.from([0xff]));
    expect(verbs(planChanges(out, rendered({ a: '\uFFFD' })))).toEqual(['update a']);
  });

  test('an unchanged file keeps its inode and its time', () => {
    const out = emptyDirectory();
    renderInto(out, { 'a/x': '1\n', 'a/y': '1\n' });
    const seconds = 1_000_000;
    fs.utimesSync(path.join(out, 'a/x'), seconds, seconds);
    const before = fs.statSync(path.join(out, 'a/x'));
    renderInto(out, { 'a/x': '1\n', 'a/y': '2\n' });
    const after = fs.statSync(path.join(out, 'a/x'));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, seconds * 1000]);
  });

  test('files are plain 0644, whatever mode the host needs', () => {
    const out = emptyDirectory();
    const mask = process.umask(0o022);
    renderInto(out, { 'a/x': '1\n' });
    process.umask(mask);
    expect(fs.statSync(path.join(out, 'a/x')).mode & 0o7777).toBe(0o644);
  });
});

describe('what is not ours', () => {
  test('a foreign file stays and is reported, a directory around it too', () => {
    const out = emptyDirectory();
    renderInto(out, { 'a/x': '1\n' });
    writeTree(out, { 'a/notes.txt': 'mine', 'own/deep/file': 'mine' });
    const plan = renderInto(out, { 'b/x': '1\n' });
    expect(plan.kept).toEqual(
      expect.arrayContaining([
        { path: 'a/notes.txt', why: 'foreign' },
        { path: 'own/deep/file', why: 'foreign' },
      ]),
    );
    expect(readTree(out)).toEqual({
      'a/notes.txt': 'mine',
      ...asTree(rendered({ 'b/x': '1\n' })),
      'own/deep/file': 'mine',
    });
  });

  test('a file that went away but was edited stays and is reported', () => {
    const out = emptyDirectory();
    renderInto(out, { a: '1\n', b: '1\n' });
    writeTree(out, { a: 'edited\n' });
    const plan = renderInto(out, { b: '1\n' });
    expect(plan.kept).toEqual([{ path: 'a', why: 'edited' }]);
    expect(readTree(out)['a']).toBe('edited\n');
  });

  test('an empty directory that is not ours stays', () => {
    const out = emptyDirectory();
    fs.mkdirSync(path.join(out, 'refs/tags'), { recursive: true });
    renderInto(out, { a: '1\n' });
    expect(readTree(out)).toHaveProperty('refs/tags/');
  });

  test('a damaged manifest deletes nothing', () => {
    const out = emptyDirectory();
    renderInto(out, { a: '1\n', b: '1\n' });
    writeTree(out, { 'manifest.json': '<<<<<<< HEAD\n' });
    expect(renderInto(out, { b: '1\n' }).kept).toEqual([{ path: 'a', why: 'foreign' }]);
  });

  test('a manifest cannot name a file outside of out/', () => {
    const top = emptyDirectory();
    const out = path.join(top, 'out');
    writeTree(top, { victim: '1\n' });
    renderInto(out, { a: '1\n' });
    const manifest = rendered({ '../victim': '1\n', a: '1\n' }).at(-1)?.text ?? '';
    writeTree(out, { 'manifest.json': manifest });
    renderInto(out, { a: '1\n' });
    expect(readTree(top)['victim']).toBe('1\n');
  });

  test('temporary files of a killed run are removed, similar names are not', () => {
    const out = emptyDirectory();
    renderInto(out, { 'a/x': '1\n' });
    writeTree(out, { 'a/.offsite-4711.tmp': 'half', 'a/.offsite-x.tmp': 'mine', '.offsite-1.tmp': '' });
    const plan = renderInto(out, { 'a/x': '1\n' });
    expect([...plan.leftovers].sort()).toEqual(['.offsite-1.tmp', 'a/.offsite-4711.tmp']);
    expect(readTree(out)).toEqual({ 'a/.offsite-x.tmp': 'mine', ...asTree(rendered({ 'a/x': '1\n' })) });
  });
});

describe('what is in the way', () => {
  const table: { name: string; prepare: (out: string, aside: string) => void; why: string; path: string }[] =
    [
      {
        name: 'a symbolic link for a file',
        prepare: (out, aside) => fs.symlinkSync(path.join(aside, 'x'), path.join(out, 'a/b/x')),
        why: 'symlink',
        path: 'a/b/x',
      },
      {
        name: 'a symbolic link for a directory',
        prepare: (out, aside) => {
          fs.rmdirSync(path.join(out, 'a/b'));
          fs.symlinkSync(aside, path.join(out, 'a/b'));
        },
        why: 'symlink',
        path: 'a/b',
      },
      {
        name: 'a foreign file for a directory',
        prepare: out => {
          fs.rmdirSync(path.join(out, 'a/b'));
          writeTree(out, { 'a/b': 'mine' });
        },
        why: 'not-a-directory',
        path: 'a/b',
      },
      {
        name: 'a directory with a foreign file for a file',
        prepare: out => writeTree(out, { 'a/b/x/mine': '' }),
        why: 'not-a-file',
        path: 'a/b/x',
      },
      {
        name: 'a named pipe for a file',
        prepare: out => execFileSync('mkfifo', [path.join(out, 'a/b/x')]),
        why: 'not-a-file',
        path: 'a/b/x',
      },
    ];
  test.each(table)('$name: reported, and nothing is written', ({ prepare, why, path: where }) => {
    const top = emptyDirectory();
    const [out, aside] = [path.join(top, 'out'), path.join(top, 'aside')];
    fs.mkdirSync(path.join(out, 'a/b'), { recursive: true });
    writeTree(aside, { x: 'aside' });
    prepare(out, aside);
    const before = readTree(top);
    const plan = planChanges(out, rendered({ 'a/b/x': '1\n', 'c/y': '1\n' }));
    expect(plan.blocked).toEqual([{ path: where, why }]);
    expect(() => applyChanges(plan)).toThrow();
    expect(readTree(top)).toEqual(before);
  });

  test('out/ itself as a symbolic link', () => {
    const top = emptyDirectory();
    fs.symlinkSync(emptyDirectory(), path.join(top, 'out'));
    expect(planChanges(path.join(top, 'out'), rendered({ a: '' })).blocked).toEqual([
      { path: '', why: 'symlink' },
    ]);
  });

  test('a link that appears between plan and apply is not written through', () => {
    const top = emptyDirectory();
    const [out, aside] = [path.join(top, 'out'), path.join(top, 'aside')];
    fs.mkdirSync(aside);
    const plan = planChanges(out, rendered({ 'a/x': '1\n' }));
    fs.mkdirSync(out);
    fs.symlinkSync(aside, path.join(out, 'a'));
    expect(() => applyChanges(plan)).toThrow(/is no directory/);
    expect(readTree(aside)).toEqual({});
  });
});
