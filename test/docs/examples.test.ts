/** What the documents show is what happens. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import glob from 'fast-glob';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { compile } from '../../src/compile.ts';
import { locateAll } from '../../src/diagnostics/locate.ts';
import { placed, summaryOf } from '../../src/drift/place.ts';
import { compareTarget } from '../../src/drift/target.ts';
import { openLiveTree } from '../../src/load/live-tree.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const readme = read('README.md');
const topology = read('topology.yaml');

/** Fenced blocks of a language, in order. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(match => match[1] ?? '');

async function errorsOf(text: string): Promise<string[]> {
  const { diagnostics, source } = await compile({ bytes: Buffer.from(text), file: 'topology.yaml' });
  return locateAll(diagnostics, source)
    .filter(({ severity }) => severity === 'error')
    .map(({ file, line, column, message, code }) => `${file}:${line}:${column}: error: ${message} [${code}]`);
}

describe('README', () => {
  test('shows a flow of the topology, word for word', () => {
    expect(topology).toContain(blocks(readme, 'yaml')[0]);
  });

  test('says what the broken flow gives', async () => {
    const [block = ''] = blocks(readme, 'yaml');
    const broken = topology.replace(block, block.replace('via: backup', 'via: bakup'));
    expect(blocks(readme, 'text')[0]?.trim().split('\n')).toEqual(await errorsOf(broken));
  });

  test('asks for the origin of lines that have one', async () => {
    const compilation = await compile({ bytes: Buffer.from(topology), file: 'topology.yaml' });
    const { lines } = compilation.explain();
    for (const [, file = '', line = ''] of readme.matchAll(/explain (?:out\/)(\S+):(\d+)/g)) {
      expect(
        lines.some(one => one.file === file && one.line === Number(line)),
        `${file}:${line}`,
      ).toBe(true);
    }
    const asked = /explain topology\.yaml:(\d+)/.exec(readme)?.[1];
    expect(topology.split('\n')[Number(asked) - 1]).toContain('carries:');
  });
});

test('the guide says what an unquoted version gives', async () => {
  const guide = read('docs/guide/describe.md');
  const said = blocks(guide, 'text')[0]?.trim() ?? '';
  const errors = await errorsOf(topology.replace('roles: { pbs: "4.2.3" }', 'roles: { pbs: 4.10 }'));
  expect(
    errors.some(error => error.includes(said)),
    errors.join('\n'),
  ).toBe(true);
});

test('what the guide adds on the worst day compiles beside the root topology', async () => {
  const examples = blocks(read('docs/guide/worst-day.md'), 'yaml');
  expect(examples).toHaveLength(2);
  for (const example of examples) {
    const document = parseDocument(topology);
    for (const [section, entries] of Object.entries<Record<string, unknown>>(parse(example)))
      for (const [key, value] of Object.entries(entries)) document.setIn([section, key], value);
    expect(await errorsOf(document.toString())).toEqual([]);
  }
});

test('the guide shows what drift prints as JSON', async () => {
  const { rendered, source } = await compile({ bytes: Buffer.from(topology), file: 'topology.yaml' });
  const files = (rendered?.files ?? []).filter(
    ({ artifact }) => artifact.target === 'pbs-home' && artifact.folder !== 'doc',
  );
  const prune = files.find(({ artifact }) => artifact.kind === 'pbs-prune')?.text ?? '';
  const live = mkdtempSync(path.join(tmpdir(), 'offsite-drift-'));
  try {
    writeFileSync(path.join(live, 'prune.cfg'), prune.replace('schedule 03:30', 'schedule 04:00'));
    const reports = [
      compareTarget({ target: 'pbs-home', files, removed: [], withheld: [] }, openLiveTree(live, 1 << 20)),
    ];
    const targets = placed(reports, source).map(one => ({
      ...one,
      files: one.files.filter(({ state }) => state !== 'not-compared'),
    }));
    const [shown = ''] = blocks(read('docs/guide/drift.md'), 'json');
    expect(JSON.stringify(JSON.parse(shown))).toBe(
      JSON.stringify({ version: 1, targets, summary: summaryOf(reports) }),
    );
  } finally {
    rmSync(live, { recursive: true });
  }
});

test('links between documents lead somewhere', () => {
  const documents = glob.sync(
    ['README.md', 'CHANGELOG.md', 'docs/**/*.md', 'templates/README.md', 'bench/README.md'],
    { cwd: root },
  );
  const broken = documents.flatMap(document =>
    [...read(document).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(match => match[1] ?? '')
      .filter(link => !/^[a-z]+:/.test(link))
      .filter(
        link =>
          glob.sync(path.posix.join(path.posix.dirname(document), link), {
            cwd: root,
            onlyFiles: false,
            markDirectories: false,
          }).length === 0,
      )
      .map(link => `${document} → ${link}`),
  );
  expect(broken).toEqual([]);
});
