/** What is said of a line from which nothing is rendered itself. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderedLines } from '../../src/commands/provenance.ts';
import { compile } from '../../src/compile.ts';

const TEXT = readFileSync(new URL('../../topology.yaml', import.meta.url), 'utf8');
const compilation = await compile({ file: 'topology.yaml', bytes: Buffer.from(TEXT) });
const lineOf = (text: string): number => TEXT.slice(0, TEXT.indexOf(text)).split('\n').length;
const shown = (line: number | undefined) => renderedLines(compilation, 'out', line, () => false);

test('a line from which something comes has no note', () => {
  const { lines, note } = shown(lineOf('carries: [home/storage'));
  expect(lines.length).toBeGreaterThan(0);
  expect(note).toBeUndefined();
});

test('a key from which nothing comes shows what is around it, and says so', () => {
  const { lines, note } = shown(lineOf('    os: dsm'));
  const host = lineOf('  nas-home:');
  expect(lines.length).toBeGreaterThan(0);
  expect(note).toBe(
    `no rendered line comes from \`hosts.nas-home.os\` itself; shown is what comes from \`hosts.nas-home\`, line ${host}`,
  );
});

test('so does a comment', () => {
  const line = lineOf('      # iSCSI, NFS and backups');
  expect(shown(line).note).toBe(
    `nothing starts on line ${line}; shown is what comes from \`sites.home.vlans\`, line ${lineOf('    vlans:')}`,
  );
});

test('each rendered line is there once, with all of its causes', () => {
  const { lines } = shown(undefined);
  const places = lines.map(({ file, line }) => `${file}:${line}`);
  expect(new Set(places).size).toBe(places.length);
  const raw = compilation.explain().lines;
  const causes = (file: string, line: number) =>
    new Set(
      raw
        .filter(one => `out/${one.file}` === file && one.line === line)
        .flatMap(one => one.causes.map(path => path.join('.'))),
    );
  for (const one of lines)
    expect(new Set(one.causes.map(({ path }) => path.join('.')))).toEqual(causes(one.file, one.line));
});
