import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/emit/apply.ts';
import type { OutFile } from '../../src/emit/change.ts';
import { realDisk } from '../../src/emit/disk.ts';
import { listingText } from '../../src/emit/listing.ts';
import { type OutTree, openOutTree } from '../../src/emit/out-tree.ts';
import { planChanges } from '../../src/emit/plan.ts';
import { sha256 } from '../../src/emit/previous.ts';
import { startListing } from '../../src/emit/threads/start.ts';
import { FileFailure } from '../../src/failure.ts';
import { emptyDirectory, rendered, writeTree } from './tree.ts';

/** Whether `out/` holds a file, without the hash that the compiler has at hand. */
const holds = (tree: OutTree, name: string, text: string): boolean =>
  tree.holds(name.slice(0, name.indexOf('/')), name, sha256(text));

describe('what out/ holds', () => {
  test('is a regular file with just that text', () => {
    const out = emptyDirectory();
    writeTree(out, { 'a/b/x': 'x\n', 'a/empty': '' });
    const tree = openOutTree(out);
    expect(holds(tree, 'a/b/x', 'x\n')).toBe(true);
    expect(tree.isHeld('a')).toBe(false);
    expect(holds(tree, 'a/empty', '')).toBe(true);
    expect(tree.isHeld('a')).toBe(true);
    for (const [name, text] of [
      ['a/b/x', 'y\n'],
      ['a/b/x', 'x'],
      ['a/b', ''],
      ['a/b/y', ''],
      ['c/d/x', 'x\n'],
      ['a/b/x/z', 'x\n'],
    ] as const) {
      expect([name, holds(openOutTree(out), name, text)]).toEqual([name, false]);
    }
  });

  test.each<readonly [what: string, make: (out: string) => void]>([
    ['a file', out => writeTree(out, { 'a/b/y': '' })],
    ['a file in a directory of its own', out => writeTree(out, { 'a/c/d/y': '' })],
    ['an empty directory', out => fs.mkdirSync(path.join(out, 'a/c/d'), { recursive: true })],
    ['a link', out => fs.symlinkSync('x', path.join(out, 'a/b/y'))],
    ['a link to a directory', out => fs.symlinkSync('b', path.join(out, 'a/c'))],
    ['a name with a line end', out => writeTree(out, { 'a/b/x\n': 'x\n' })],
    ['a name that is no UTF-8', out => fs.writeFileSync(Buffer.from(`${out}/a/\xff`, 'latin1'), '')],
    ['a named pipe', out => execFileSync('mkfifo', [path.join(out, 'a/b/y')])],
  ])('%s besides is seen', (_, make) => {
    const out = emptyDirectory();
    writeTree(out, { 'a/b/x': 'x\n' });
    make(out);
    const tree = openOutTree(out);
    expect(holds(tree, 'a/b/x', 'x\n')).toBe(true);
    expect(tree.isHeld('a')).toBe(false);
  });

  test('is nothing in a directory that is missing, a file or a link', () => {
    const out = emptyDirectory();
    writeTree(out, { 'real/x': 'x\n' });
    fs.symlinkSync('real', path.join(out, 'link'));
    fs.symlinkSync('x', path.join(out, 'real/y'));
    const tree = openOutTree(out);
    expect(holds(tree, 'link/x', 'x\n')).toBe(false);
    expect(holds(tree, 'real/y', 'x\n')).toBe(false);
    fs.symlinkSync(out, `${out}-link`);
    try {
      expect(holds(openOutTree(`${out}-link`), 'real/x', 'x\n')).toBe(false);
    } finally {
      fs.unlinkSync(`${out}-link`);
    }
    expect(holds(openOutTree(path.join(out, 'none')), 'real/x', 'x\n')).toBe(false);
    expect(holds(openOutTree(path.join(out, 'real/x')), 'y/z', '')).toBe(false);
  });

  test('is compared by bytes where these are no UTF-8', () => {
    const out = emptyDirectory();
    writeTree(out, { 'a/y': '' });
    fs.writeFileSync(path.join(out, 'a/x'), Buffer.from([0xff]));
    expect(holds(openOutTree(out), 'a/x', '\uFFFD')).toBe(false);
  });

  test('a file of a megabyte and more is left to the plan', () => {
    const out = emptyDirectory();
    const large = 'x'.repeat(1 << 20);
    writeTree(out, { 'a/large': large, 'a/small': large.slice(1) });
    const tree = openOutTree(out);
    expect(holds(tree, 'a/small', large.slice(1))).toBe(true);
    expect(holds(tree, 'a/large', large)).toBe(false);
    const files = rendered({ 'a/large': large, 'a/small': large.slice(1) });
    const held = files.map(file => (file.path === 'a/small' ? { ...file, isHeld: true } : file));
    const plan = planChanges(out, held, realDisk, tree);
    expect(plan.unchanged).toBe(2);
    expect(plan.changes.map(({ path: name }) => name)).toEqual(['manifest.json']);
  });

  test.each([
    ['of one byte', 'x'],
    ['of two bytes', '\u00e4'],
    ['of four bytes', '\u{1f600}'],
    ['of three bytes', '\u20ac'],
  ])(
    'a text in pieces with characters %s is compared and written without having it as a whole',
    (_, character) => {
      const out = emptyDirectory();
      const pieces = Array.from({ length: 5000 }, (__, i) => `${i}: ${character.repeat(i % 100)}\n`);
      const inPieces = (all: readonly string[]): OutFile => ({
        path: 'x',
        pieces: () => all,
        get text(): string {
          throw new Error('nobody wants to see it');
        },
      });
      const none = () => {
        throw new Error('read as a whole');
      };
      const disk = { ...realDisk, readFileSync: none as unknown as typeof realDisk.readFileSync };
      const isSame = (all: readonly string[]) => openOutTree(out, disk).compare(inPieces(all)).isSame;

      applyChanges(planChanges(out, [inPieces(pieces)], disk), disk);
      expect(fs.readFileSync(path.join(out, 'x'), 'utf8') === pieces.join('')).toBe(true);
      expect(isSame(pieces)).toBe(true);
      expect(isSame([pieces.join('')])).toBe(true);
      expect(isSame([...pieces, 'x'])).toBe(false);
      expect(isSame(pieces.slice(0, -1))).toBe(false);
      expect(isSame(pieces.with(4999, 'y'))).toBe(false);
      expect(isSame(pieces.with(0, 'y'))).toBe(false);

      const other = [...pieces.with(7, character.repeat(1 << 17)), 'x'];
      const [change, ...rest] = planChanges(out, [inPieces(other)], disk).changes;
      expect([change?.verb, rest]).toEqual(['update', []]);
      applyChanges(planChanges(out, [inPieces(other)], disk), disk);
      expect(fs.readFileSync(path.join(out, 'x'), 'utf8') === other.join('')).toBe(true);
      expect(planChanges(out, [inPieces(other)], disk).unchanged).toBe(1);

      applyChanges(planChanges(out, [inPieces([])], disk), disk);
      expect(fs.readFileSync(path.join(out, 'x'), 'utf8')).toBe('');
      expect(isSame([])).toBe(true);
      expect(isSame(['x'])).toBe(false);
    },
  );

  test('is listed once; the plan looks again where anything is left', () => {
    const out = emptyDirectory();
    writeTree(out, { 'a/x': '1\n', 'b/x': '1\n', 'b/y': '1\n', 'c/foreign': 'f\n' });
    const listed: string[] = [];
    const disk = {
      ...realDisk,
      readdirSync: ((directory: string, options: { withFileTypes: true }) => {
        listed.push(path.relative(out, directory));
        return realDisk.readdirSync(directory, options);
      }) as typeof realDisk.readdirSync,
    };
    const tree = openOutTree(out, disk);
    expect(holds(tree, 'a/x', '1\n')).toBe(true);
    expect(holds(tree, 'b/x', '1\n')).toBe(true);
    expect(listed).toEqual(['', 'a', 'b']);
    const files = rendered({ 'a/x': '1\n', 'b/x': '1\n', 'b/y': '2\n' });
    const held = files.map(file =>
      file.path.endsWith('/x') ? { path: file.path, text: '', isHeld: true } : file,
    );
    listed.length = 0;
    const plan = planChanges(out, held, disk, tree);
    expect(plan.unchanged).toBe(2);
    expect(plan.changes.map(({ verb, path: name }) => `${verb} ${name}`)).toEqual([
      'update b/y',
      'create manifest.json',
    ]);
    expect(plan.kept.map(({ path: name }) => name)).toEqual(['c/foreign']);
    expect(listed).toEqual(['b', 'c']);
  });

  test('what cannot be read is none of it, and the plan says why', () => {
    const out = emptyDirectory();
    writeTree(out, { 'a/b/x': '' });
    const refusing = (call: 'readdirSync' | 'openSync' | 'readFileSync', where: string) => ({
      ...realDisk,
      [call]: (name: string, ...rest: never[]) => {
        if (name === path.join(out, where))
          throw Object.assign(new Error('no'), { code: 'EACCES', syscall: 'open' });
        return (realDisk[call] as (...args: unknown[]) => unknown)(name, ...rest);
      },
    });
    for (const [call, where] of [
      ['readdirSync', 'a/b'],
      ['openSync', 'a/b/x'],
    ] as const) {
      const tree = openOutTree(out, refusing(call, where));
      expect(holds(tree, 'a/b/x', '')).toBe(false);
      expect(tree.isHeld('a')).toBe(false);
    }
    expect(() => holds(openOutTree(out, refusing('readdirSync', '.')), 'a/b/x', '')).toThrow(FileFailure);
    const files = rendered({ 'a/b/x': '' });
    for (const [call, where] of [
      ['readdirSync', 'a/b'],
      ['readFileSync', 'a/b/x'],
    ] as const)
      expect(() => planChanges(out, files, refusing(call, where))).toThrow(/a\/b.*permission denied/);
  });
});

describe('a tree that a thread lists', () => {
  test('is found to hold the same', () => {
    const out = emptyDirectory();
    writeTree(out, { 'a/x': 'x\n', 'b/c/y': 'y\n', 'b/foreign': '' });
    const thread = startListing(out);
    expect(thread?.answer()?.of).toEqual(
      new Map(['a', 'b'].map(name => [name, listingText(out, name, realDisk)])),
    );
    const tree = openOutTree(out, realDisk, thread);
    expect(holds(tree, 'a/x', 'x\n')).toBe(true);
    expect(holds(tree, 'b/c/y', 'z\n')).toBe(false);
    expect(holds(tree, 'b/c/y', 'y\n')).toBe(true);
    expect([tree.isHeld('a'), tree.isHeld('b')]).toEqual([true, false]);
  });

  test.each<readonly [string, ReadonlyMap<string, string> | undefined]>([
    ['a thread that is dead', undefined],
    ['one that could not read it', new Map()],
  ])('%s is done without', (_, answer) => {
    const out = emptyDirectory();
    writeTree(out, { 'a/x': 'x\n' });
    const thread = { answer: () => answer && { of: answer } };
    expect(holds(openOutTree(out, realDisk, thread), 'a/x', 'x\n')).toBe(true);
  });

  test('there is none where the process may not start threads', () => {
    const program = `
      import { startListing } from ${JSON.stringify(pathToFileURL(path.resolve('src/emit/threads/start.ts')).href)};
      process.stdout.write(String(startListing('/')));`;
    const args = ['--permission', '--allow-fs-read=*', '--input-type=module', '-e', program];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('undefined');
  });

  test('nothing is listed where nothing is', () => {
    const out = path.join(emptyDirectory(), 'none');
    expect(startListing(out)?.answer()?.of).toEqual(new Map());
  });
});
