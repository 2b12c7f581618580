import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileFailure } from '../../src/failure.ts';
import { type LiveFile, openLiveTree } from '../../src/load/live-tree.ts';
import { emptyDirectory, writeTree } from '../emit/tree.ts';

function copyOf(files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>> = {}) {
  const outside = emptyDirectory();
  const directory = path.join(outside, 'copy');
  writeTree(outside, { secret: 'outside', 'copy/etc/a.cfg': 'a', ...files });
  for (const [name, target] of Object.entries(links)) {
    fs.mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    fs.symlinkSync(target, path.join(directory, name));
  }
  return { directory, tree: openLiveTree(directory, 1000) };
}

const textOf = (file: LiveFile): string =>
  file.kind === 'file'
    ? Buffer.from(file.bytes).toString()
    : file.kind === 'absent'
      ? '-'
      : `! ${file.reason}`;

describe('symbolic links stay inside', () => {
  test.each([
    ['to a file beside it', 'a.cfg', 'a'],
    ['absolute: / is the copy', '/etc/a.cfg', 'a'],
    ['upwards beyond the copy', '../../../../../etc/a.cfg', 'a'],
    ['out of it', '../../secret', '! is a symbolic link to what the copy lacks'],
    ['to a file of this machine', '/etc/hostname', '! is a symbolic link to what the copy lacks'],
    ['to itself', 'link', '! is a symbolic link that leads nowhere'],
    ['to a directory', '/etc', '! is a directory'],
  ])('%s', (_, target, expected) => {
    expect(textOf(copyOf({}, { 'etc/link': target }).tree.read('/etc/link'))).toBe(expected);
  });

  test('of a directory on the way', () => {
    const { tree } = copyOf({}, { 'var/etc': '/etc', out: '..' });
    expect(textOf(tree.read('/var/etc/a.cfg'))).toBe('a');
    expect(textOf(tree.read('/out/secret'))).toBe('-');
  });

  test('the copy itself may be behind one', () => {
    const { directory } = copyOf({});
    fs.symlinkSync(directory, `${directory}-link`);
    expect(textOf(openLiveTree(`${directory}-link`, 10).read('/etc/a.cfg'))).toBe('a');
  });
});

test('files that are too large, or no files', () => {
  const { tree, directory } = copyOf({
    'copy/etc/large': 'x'.repeat(1001),
    'copy/etc/limit': 'x'.repeat(1000),
  });
  expect(textOf(tree.read('/etc/large'))).toBe('! has 1001 bytes, the limit is 1000 (--max-bytes raises it)');
  expect(textOf(tree.read('/etc/limit'))).toHaveLength(1000);
  expect(textOf(tree.read('/etc'))).toBe('! is a directory');
  expect(textOf(tree.read('/etc/a.cfg/b'))).toBe('-');
  expect(textOf(tree.read('/etc/../../secret'))).toBe('-');
  expect(fs.existsSync(path.join(directory, '../secret'))).toBe(true);
});

test('whether a directory was copied', () => {
  const { tree } = copyOf({}, { 'lib/x': '/etc' });
  expect(tree.hasDirectoryOf('/etc/b.cfg')).toBe(true);
  expect(tree.hasDirectoryOf('/lib/x/b.cfg')).toBe(true);
  expect(tree.hasDirectoryOf('/usr/b.cfg')).toBe(false);
  expect(tree.hasDirectoryOf('/etc/a.cfg/b')).toBe(false);
  expect([...tree.names].sort()).toEqual(['etc', 'lib']);
});

test.each(['missing', 'copy/etc/a.cfg'])('no directory: %s', name => {
  const { directory } = copyOf({});
  expect(() => openLiveTree(path.join(directory, '..', name), 10)).toThrow(FileFailure);
});
