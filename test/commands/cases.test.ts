import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LoadCompiler } from '../../src/commands/input.ts';
import { parseCase, runCase } from './script.ts';
import { compile } from './stub.ts';

/** `UPDATE=1` writes what the commands printed into the cases; review the difference. */
const update = process.env['UPDATE'] === '1';

const folders: readonly (readonly [folder: string, load: LoadCompiler | undefined])[] = [
  ['stub', async () => ({ compile })],
  ['cases', undefined],
];

describe.each(folders)('%s', (folder, load) => {
  const directory = path.join(import.meta.dirname, folder);
  const names = fs.readdirSync(directory).filter(name => name.endsWith('.txt'));
  test.each(names)('%s', async name => {
    const file = path.join(directory, name);
    const text = fs.readFileSync(file, 'utf8');
    const got = await runCase(parseCase(text), load);
    if (update) fs.writeFileSync(file, got);
    else expect(got).toBe(text);
  });
});
