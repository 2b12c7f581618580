import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { realDisk } from '../../src/emit/disk.ts';
import { openOutTree } from '../../src/emit/out-tree.ts';
import { planChanges } from '../../src/emit/plan.ts';
import { FileFailure } from '../../src/failure.ts';
import { emptyDirectory, rendered, writeTree } from './tree.ts';

describe('what out/ holds', () => {
  test('is a regular file with just that text', () => {
    const out = emptyDirectory();
    writeTree(out, { 'a/b/x': 'x\n', 'a/empty': '' });
    const tree = openOutTree(out);
    expect(tree.holds('a/b/x', 'x\n')).toBe(true);
    expect(tree.holds('a/empty', '')).toBe(true);
    for (const [name, text] of [
      ['a/b/x', 'y\n'],
      ['a/b/x', 'x'],
      ['a/b', ''],
      ['a/b/y', ''],
      ['c/d/x', 'x\n'],
      ['a/b/x/z', 'x\n'],
    ] as const) {
      expect([name, tree.holds(name, text)]).toEqual([name, false]);
    }
  });

  test('is found among many names', () => {
    const out = emptyDirectory();
    writeTree(out, Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, `${i}\n`])));
    const tree = openOutTree(out);
    expect(tree.holds('f49', '49\n')).toBe(true);
    expect(tree.holds('f50', '50\n')).toBe(false);
  });

  test('is nothing in a directory that is missing, a file or a link', () => {
    const out = emptyDirectory();
    writeTree(out, { 'real/x': 'x\n' });
    fs.symlinkSync('real', path.join(out, 'link'));
    fs.symlinkSync('x', path.join(out, 'real/y'));
    const tree = openOutTree(out);
    expect(tree.holds('link/x', 'x\n')).toBe(false);
    expect(tree.holds('real/y', 'x\n')).toBe(false);
    fs.symlinkSync(out, `${out}-link`);
    try {
      expect(openOutTree(`${out}-link`).holds('real/x', 'x\n')).toBe(false);
    } finally {
      fs.unlinkSync(`${out}-link`);
    }
    expect(openOutTree(path.join(out, 'none')).holds('real/x', 'x\n')).toBe(false);
    expect(openOutTree(path.join(out, 'real/x')).holds('y', '')).toBe(false);
  });

  test('is compared by bytes where these are no UTF-8', () => {
    const out = emptyDirectory();
    fs.writeFileSync(path.join(out, 'a'), Buffer.from([0xff]));
    expect(openOutTree(out).holds('a', '\uFFFD')).toBe(false);
  });

  test('is compared piece by piece, to the end', () => {
    const out = emptyDirectory();
    const pieces = Array.from({ length: 5000 }, (_, i) => `${i}: \u00e4${'x'.repeat(i % 100)}\n`);
    writeTree(out, { 'a/x': pieces.join(''), empty: '' });
    const holds = (all: readonly string[], name = 'a/x') => openOutTree(out).holdsPieces(name, all);
    expect(holds(pieces)).toBe(true);
    expect(holds([pieces.join('')])).toBe(true);
    expect(holds([...pieces, 'x'])).toBe(false);
    expect(holds(pieces.slice(0, -1))).toBe(false);
    expect(holds(pieces.with(4999, 'y'))).toBe(false);
    expect(holds(pieces.with(0, 'y'))).toBe(false);
    expect(holds([], 'empty')).toBe(true);
    expect(holds(['x'], 'empty')).toBe(false);
    expect(holds([], 'none')).toBe(false);
    const tree = openOutTree(out);
    expect(tree.holdsPieces('a/x', pieces)).toBe(true);
    expect([...tree.rest().keys()]).toEqual(['']);
  });

  test('is listed once, also for the plan', () => {
    const out = emptyDirectory();
    writeTree(out, { 'a/x': '1\n', 'a/y': '1\n', 'b/foreign': 'f\n' });
    const listed: string[] = [];
    const disk = {
      ...realDisk,
      readdirSync: ((directory: string, options: { withFileTypes: true }) => {
        listed.push(path.relative(out, directory));
        return realDisk.readdirSync(directory, options);
      }) as typeof realDisk.readdirSync,
    };
    const tree = openOutTree(out, disk);
    expect(tree.holds('a/x', '1\n')).toBe(true);
    expect(listed).toEqual(['', 'a']);
    const files = rendered({ 'a/x': '1\n', 'a/y': '2\n' });
    const held = files.map(file => (file.path === 'a/x' ? { path: 'a/x', text: '', isHeld: true } : file));
    const plan = planChanges(out, held, disk, tree);
    expect(plan.unchanged).toBe(1);
    expect(plan.changes.map(({ verb, path: name }) => `${verb} ${name}`)).toEqual([
      'update a/y',
      'create manifest.json',
    ]);
    expect(plan.kept.map(({ path: name }) => name)).toEqual(['b/foreign']);
    expect(listed).toEqual(['', 'a', 'b']);
  });

  test('is a failure where it cannot be read', () => {
    const disk = {
      ...realDisk,
      readdirSync: (() => {
        throw Object.assign(new Error('no'), { code: 'EACCES', syscall: 'scandir' });
      }) as unknown as typeof realDisk.readdirSync,
    };
    expect(() => openOutTree(emptyDirectory(), disk).holds('a', '')).toThrow(FileFailure);
  });
});
