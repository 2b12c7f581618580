/** What must hold for the output of every complete topology, whatever is in it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import { findNode } from '../../src/diagnostics/positions.ts';
import type { OutFile } from '../../src/emit/change.ts';
import { readSteps } from '../../src/formats/markdown-steps/read.ts';
import { missingTool } from '../support/tools.ts';
import { compiledTopology, completeTopologies } from './load.ts';

/** Steps that change nothing by themselves; that make what others may use by now; whose way back is that of another step. */
const NO_WAY_BACK = new RegExp(
  `: (?:${[
    'Load the functions|Secrets to have at hand|Remove the secrets from the working directory',
    'Check |Look at |Send a test |Package source of ',
    'Packages$|Directories|The program rclone$|Make the file system of ',
    'Key of |Encryption key |Set the password of ',
    'Remove routes that the new fragment no longer has$',
    // Nothing to mount, no timer to start.
    'Mount what /etc/fstab lists$|Start the timers$',
  ].join('|')})`,
);

describe.each(completeTopologies)('$name', topology => {
  test('every rendered line has causes, and every cause is a place in the topology', async () => {
    const compilation = await compiledTopology(topology);
    const { index } = compilation.source;
    expect(index).toBeDefined();
    const { lines } = compilation.explain();
    expect(lines.length).toBeGreaterThan(0);
    for (const { file, line, causes } of lines) {
      expect(causes.length, `${file}:${line}`).toBeGreaterThan(0);
      for (const cause of causes) {
        const depth = index === undefined ? -1 : findNode(index, cause).depth;
        expect(depth, `${file}:${line} comes from ${cause.join('.')}`).toBe(cause.length);
      }
    }
  });

  test('the order of keys in the source changes nothing', async () => {
    const { files } = await compiledTopology(topology);
    const reversed = reverseKeys(parse(fs.readFileSync(topology.file, 'utf8'), { merge: true }));
    const again = await compile({
      bytes: Buffer.from(stringify(reversed, { aliasDuplicateObjects: false })),
      file: 'topology.yaml',
    });
    expect(texts(again.files)).toEqual(texts(files));
  });

  test('the manifest lists every other file with its hash', async () => {
    const { files = [] } = await compiledTopology(topology);
    const manifest = JSON.parse(files.find(file => file.path === 'manifest.json')?.text ?? '{}') as {
      files: { file: string; sha256: string }[];
    };
    const hashes = files
      .filter(file => file.path !== 'manifest.json')
      .map(({ path: file, text }) => ({ file, sha256: createHash('sha256').update(text).digest('hex') }));
    expect(manifest.files.map(({ file, sha256 }) => ({ file, sha256 }))).toEqual(hashes);
  });

  test('each note for others is named where it is needed', async () => {
    const { files = [] } = await compiledTopology(topology);
    const steps = files.filter(file => file.path.endsWith('/APPLY.md')).map(({ text }) => text);
    for (const { path: file, text: note } of files.filter(one => one.path.startsWith('_external/'))) {
      expect(
        steps.some(text => text.includes(`* \`out/${file}\`: `)),
        file,
      ).toBe(true);
      // Whoever follows it has none of our functions.
      expect(note, file).not.toMatch(/\boffsite_[a-z]+ /);
    }
  });

  test('each step that changes something has a way back', async () => {
    const { files = [] } = await compiledTopology(topology);
    const steps = files
      .filter(file => file.path.endsWith('/APPLY.md'))
      .flatMap(({ path: file, text }) =>
        text
          .split(/^## \d+\. /m)
          .slice(1)
          .map(step => ({ file, step })),
      );
    const without = steps
      .filter(({ step }) => step.includes('\n```sh\n') && !step.includes('\nTo go back:\n'))
      .map(({ file, step }) => `${file}: ${step.slice(0, step.indexOf('\n'))}`);
    expect(without.filter(line => !NO_WAY_BACK.test(line))).toEqual([]);
  });

  test('placeholders of secrets are in fill/ only', async () => {
    const { files = [] } = await compiledTopology(topology);
    for (const { path: file, text } of files) {
      const isFill = /^[^/]+\/fill\//.test(file) || file === '_shared/apply-functions.sh';
      if (!isFill) expect(text, file).not.toContain('@@offsite:');
    }
  });

  const missing = missingTool('shellcheck');
  test.skipIf(missing)(
    'the commands of each APPLY.md pass shellcheck',
    async () => {
      const { files = [] } = await compiledTopology(topology);
      const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'offsite-shellcheck-'));
      try {
        const functions = files.find(file => file.path === '_shared/apply-functions.sh')?.text ?? '';
        fs.writeFileSync(path.join(directory, 'apply-functions.sh'), functions);
        const scripts = files
          .filter(file => file.path.endsWith('/APPLY.md'))
          .map(({ path: file, text }) => {
            const commands = readSteps(text).steps.flatMap(step =>
              step.blocks.filter(block => block.language === 'sh').flatMap(block => block.lines),
            );
            const script = path.join(directory, `${path.dirname(file)}.sh`);
            fs.writeFileSync(script, `#!/bin/bash\n${commands.join('\n')}\n`);
            return script;
          });
        // A file sourced at run time is looked at on its own; `cd` without `|| exit` is typed by a person.
        const options = ['-x', '-P', directory, '-e', 'SC2164,SC1091'];
        execFileSync('shellcheck', [...options, ...scripts, path.join(directory, 'apply-functions.sh')], {
          encoding: 'utf8',
        });
      } catch (error) {
        throw new Error((error as { stdout?: string }).stdout ?? String(error));
      } finally {
        fs.rmSync(directory, { recursive: true });
      }
    },
    120_000,
  );
});

/** The manifest is made anew by each compilation: what it says counts. */
const texts = (files: readonly OutFile[] = []) => files.map(({ path: file, text }) => ({ file, text }));

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reverseKeys(item)]),
  );
}
