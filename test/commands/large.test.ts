/** A topology that is large enough for threads to list and to write `out/`. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeSynthetic } from '../../bench/generate.ts';
import { main } from '../../src/main.ts';
import { emptyDirectory } from '../emit/tree.ts';

describe('a large deployment', { timeout: 180_000 }, () => {
  const work = emptyDirectory();
  const at = (name: string): string => path.join(work, name);
  const run = async (command: string, out = 'out') => {
    const said: string[] = [];
    const say = (text: string): void => void said.push(text);
    const terminal = { stdout: false, stderr: false };
    const io = { cwd: work, env: {}, terminal, stdout: say, stderr: say, stdin: () => new Uint8Array() };
    const code = await main([command, '--topology', at('topology.yaml'), '--out', at(out)], io);
    return { code, said: said.join('') };
  };

  beforeAll(async () => {
    writeSynthetic(at('topology.yaml'), { hosts: 760 });
    expect(fs.statSync(at('topology.yaml')).size).toBeGreaterThan(1 << 20);
  }, 180_000);

  test('is rendered and found fresh', async () => {
    const rendered = await run('render');
    expect(rendered.said).toMatch(/out: \d{4} created, 0 updated, 0 deleted, 0 unchanged/);
    expect(rendered.code).toBe(0);
    const checked = await run('check');
    expect(checked.said).toMatch(/out is fresh: \d{4} files/);
    expect(checked.code).toBe(0);
  });

  test('shows what is not as rendered, and is repaired', async () => {
    const users = at('out/s3-pbs1/root/etc/proxmox-backup/user.cfg');
    const before = fs.readFileSync(users, 'utf8');
    fs.appendFileSync(users, 'more\n');
    fs.rmSync(at('out/s4-pbs1/APPLY.md'));
    fs.mkdirSync(at('out/s5-pbs1/root/own'));
    fs.writeFileSync(at('out/s5-pbs1/root/own/x'), '');
    const checked = await run('check');
    expect(checked.code).toBe(1);
    for (const part of ['-more', '+# Apply s4-pbs1', 's5-pbs1/root/own/x'])
      expect(checked.said).toContain(part);
    const rendered = await run('render');
    expect(rendered.said).toMatch(/out: 1 created, 1 updated, 0 deleted, \d{4} unchanged/);
    expect(fs.readFileSync(users, 'utf8')).toBe(before);
    expect(fs.existsSync(at('out/s5-pbs1/root/own/x'))).toBe(true);
    expect((await run('check')).code).toBe(0);
  });

  test('is not written at all where something is in the way of one file', async () => {
    fs.mkdirSync(at('other'));
    fs.symlinkSync(at('topology.yaml'), at('other/manifest.json'));
    const rendered = await run('render', 'other');
    expect(rendered.said).toContain('nothing was written');
    expect(rendered.code).toBe(1);
    expect(fs.readdirSync(at('other'))).toEqual(['manifest.json']);
  });
});
