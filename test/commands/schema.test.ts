import fs from 'node:fs';
import { expect, test } from 'vitest';
import type { Io } from '../../src/commands/io.ts';
import { main } from '../../src/main.ts';

test('offsite schema prints the schema byte for byte', async () => {
  let printed = '';
  const io: Io = {
    cwd: process.cwd(),
    env: {},
    terminal: { stdout: false, stderr: false },
    stdout: text => {
      printed += text;
    },
    stderr: () => expect.unreachable(),
    stdin: () => expect.unreachable(),
  };
  expect(await main(['schema'], io)).toBe(0);
  expect(printed).toBe(fs.readFileSync('schema/topology.schema.json', 'utf8'));
});
