/** Small directory trees for the tests of `emit`: written from, and read back as, plain objects. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { OutFile } from '../../src/emit/change.ts';
import { sha256 } from '../../src/emit/previous.ts';

export type Tree = Readonly<Record<string, string>>;

const made: string[] = [];
afterAll(() => {
  for (const directory of made.splice(0)) fs.rmSync(directory, { recursive: true, force: true });
}, 60_000);

export function emptyDirectory(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'offsite-emit-'));
  made.push(directory);
  return directory;
}

export function writeTree(directory: string, tree: Tree): void {
  for (const [name, text] of Object.entries(tree)) {
    fs.mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    fs.writeFileSync(path.join(directory, name), text);
  }
}

/** Files with their texts, symbolic links as `-> target`, empty directories as `name/`. */
export function readTree(directory: string): Tree {
  const tree: Record<string, string> = {};
  const visit = (below: string): void => {
    const entries = fs.readdirSync(path.join(directory, below), { withFileTypes: true });
    if (entries.length === 0 && below !== '') tree[`${below}/`] = '';
    for (const entry of entries) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      const full = path.join(directory, name);
      if (entry.isDirectory()) visit(name);
      else if (entry.isSymbolicLink()) tree[name] = `-> ${fs.readlinkSync(full)}`;
      else tree[name] = entry.isFile() ? fs.readFileSync(full, 'utf8') : 'special';
    }
  };
  visit('');
  return Object.fromEntries(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The files of a compilation: the tree and a manifest that lists it. */
export function rendered(tree: Tree): readonly OutFile[] {
  const files = Object.entries(tree).map(([name, text]) => ({ path: name, text }));
  const entries = files.map(file => ({ file: file.path, sha256: sha256(file.text) }));
  return [...files, { path: 'manifest.json', text: `${JSON.stringify({ files: entries })}\n` }];
}

/** What `out/` has to hold after `rendered(tree)`. */
export function asTree(files: readonly OutFile[]): Tree {
  return Object.fromEntries(
    files.map(({ path: name, text }) => [name, text] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
