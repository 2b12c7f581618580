import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { conflictsOf, createFiles } from '../../src/emit/create.ts';
import { FileFailure } from '../../src/failure.ts';
import { emptyDirectory, readTree, writeTree } from './tree.ts';

const FILES = [
  { path: 'a/x', text: '1\n' },
  { path: 'a/y', text: '2\n' },
  { path: 'b', text: '3\n' },
];

test('creates all files in a directory that need not exist', () => {
  const directory = path.join(emptyDirectory(), 'new/one');
  expect(conflictsOf(directory, FILES)).toEqual([]);
  createFiles(directory, FILES);
  expect(readTree(directory)).toEqual({ 'a/x': '1\n', 'a/y': '2\n', b: '3\n' });
});

test('files, links and files for directories are conflicts; other files are not', () => {
  const directory = emptyDirectory();
  writeTree(directory, { 'a/other': '', a2: '', b: 'mine' });
  expect(conflictsOf(directory, FILES)).toEqual(['b']);
  fs.rmSync(path.join(directory, 'a'), { recursive: true });
  fs.symlinkSync(emptyDirectory(), path.join(directory, 'a'));
  expect(conflictsOf(directory, FILES)).toEqual(['a', 'b']);
});

test('a file that appeared meanwhile is not overwritten', () => {
  const directory = emptyDirectory();
  writeTree(directory, { 'a/y': 'mine' });
  expect(() => createFiles(directory, FILES)).toThrow(FileFailure);
  expect(readTree(directory)['a/y']).toBe('mine');
});
