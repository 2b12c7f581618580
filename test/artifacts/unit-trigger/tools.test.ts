/** The real programs judge what is rendered for every topology of the repository. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingTool } from '../../support/tools.ts';
import { topologyOfFile } from '../../support/topology.ts';
import { type Outcome, outcome } from './estate.ts';

const all: readonly Outcome[] = [
  'topology.yaml',
  ...readdirSync('test/topologies').map(name => `test/topologies/${name}/topology.yaml`),
]
  .filter(existsSync)
  .map(file => outcome(topologyOfFile(file)));
const texts = all.flatMap((one, index) =>
  [...one.texts].map(([path, text]) => ({ path: `${index}/${path}`, text })),
);

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'offsite-tools-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = (command: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
};

describe.skipIf(missingTool('systemd-analyze'))('systemd-analyze', () => {
  /** A program that is not installed here would fail the check: another one stands in for it. */
  const standIn = (text: string): string =>
    text.replace(
      /(?<=[=+ ])\/usr\/[a-z/]*\/(?:flock|rsync|rclone|proxmox-backup-[a-z]+|mark-success|alert|mountpoint|systemctl)(?= |$)/gm,
      path => (existsSync(path) ? path : '/usr/bin/env'),
    );
  const verify = (files: readonly { path: string; text: string }[]) => {
    const folder = mkdtempSync(join(dir, 'units-'));
    const names = files.map(({ path, text }) => {
      writeFileSync(join(folder, basename(path)), standIn(text));
      return join(folder, basename(path));
    });
    return run('systemd-analyze', 'verify', '--man=no', ...names.filter(name => !name.includes('@')));
  };
  const units = Map.groupBy(
    texts.filter(({ path }) => path.includes('/etc/systemd/system/')),
    ({ path }) => path.replace(/\/root\/.*/, ''),
  );
  test('there is something to judge', () => expect(units.size).toBeGreaterThan(5));
  test.each([...units.keys()])('%s', host => {
    expect(verify(units.get(host) ?? [])).toEqual({ status: 0, output: '' });
  });
  test('a defect is seen', () => {
    const [first] = [...units.values()];
    const broken = (first ?? []).map(({ path, text }) => ({
      path,
      text: text.replace('Nice=10', 'Nice=100'),
    }));
    expect(verify(broken).output).toContain('Nice');
  });
});

const scripts = texts.filter(({ text }) => text.startsWith('#!/bin/sh\n'));

describe.skipIf(missingTool('shellcheck'))('shellcheck', () => {
  const check = (shell: string, files: readonly string[]) => {
    const names = files.map((text, index) => {
      const name = join(dir, `${shell}-${index}.sh`);
      writeFileSync(name, text);
      return name;
    });
    return run('shellcheck', '-s', shell, ...names);
  };
  test('scripts', () => {
    expect(scripts.length).toBeGreaterThan(5);
    expect(check('sh', [...new Set(scripts.map(({ text }) => text))])).toEqual({ status: 0, output: '' });
  });
  test('commands of steps', () => {
    const commands = all.flatMap(({ lowered }) =>
      lowered.steps.map(
        step => `${[...step.commands, ...(step.check ?? []), ...(step.undo ?? [])].join('\n')}\n`,
      ),
    );
    expect(commands.length).toBeGreaterThan(20);
    expect(check('bash', [...new Set(commands)])).toEqual({ status: 0, output: '' });
  });
});

describe.skipIf(missingTool('dash'))('dash', () => {
  test.each(scripts.map(({ path, text }) => [path, text]))('%s', (_, text) => {
    const name = join(dir, 'script.sh');
    writeFileSync(name, text);
    expect(run('dash', '-n', name)).toEqual({ status: 0, output: '' });
  });
});
