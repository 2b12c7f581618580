/**
 * Every complete topology gives exactly these files with exactly these bytes, and exactly these diagnostics. `UPDATE=1`
 * writes what is rendered now; read the difference before it is committed. The output of the root topology is `out/`
 * itself, which `npm run render` keeps.
 */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { compiledTopology, completeTopologies, diagnosticLines } from './load.ts';

const update = process.env['UPDATE'] === '1';

describe.each(completeTopologies)('$name', topology => {
  test('renders the committed files and no others', async () => {
    const { files } = await compiledTopology(topology);
    expect(files).toBeDefined();
    const rendered = new Map((files ?? []).map(file => [file.path, file.text]));
    if (update && topology.name !== 'root') replaceTree(topology.out, rendered);
    expect([...rendered.keys()].sort()).toEqual(listTree(topology.out).sort());
    for (const [file, text] of rendered) {
      expect(fs.readFileSync(path.join(topology.out, file), 'utf8'), file).toBe(text);
    }
  });

  test('has the expected diagnostics', async () => {
    const lines = diagnosticLines(await compiledTopology(topology));
    const file = path.join(
      import.meta.dirname,
      topology.name === 'root' ? 'root-diagnostics.txt' : `${topology.name}/diagnostics.txt`,
    );
    if (update) fs.writeFileSync(file, lines);
    expect(lines).toBe(fs.readFileSync(file, 'utf8'));
  });
});

function listTree(directory: string): string[] {
  if (!fs.existsSync(directory)) return [];
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(directory, path.join(entry.parentPath, entry.name)));
}

function replaceTree(directory: string, files: ReadonlyMap<string, string>): void {
  fs.rmSync(directory, { recursive: true, force: true });
  for (const [file, text] of files) {
    const full = path.join(directory, file);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, text);
  }
}
