/** Real transfers: rsync against the command that the far end forces, through a stand-in for ssh. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyOf, ends, rsyncOptions } from '../../../src/artifacts/unit-rsync/copy.ts';
import { farEnds } from '../../../src/artifacts/unit-rsync/far-end.ts';
import type { RsyncFlow } from '../../../src/model/topology.ts';
import { missingTool } from '../../support/tools.ts';
import { estate } from '../unit-trigger/estate.ts';

let dir = '';
const files = (name: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(dir, name), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
  );
const write = (name: string, text: string): void => {
  mkdirSync(join(dir, name, '..'), { recursive: true });
  writeFileSync(join(dir, name), text);
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'offsite-rsync-'));
  write('near/new.zst', 'new');
  write('near/both.zst', 'near, longer');
  write('near/vzdump-qemu-100-half.vma.dat', 'unfinished');
  write('near/vzdump-lxc-101-half.tmp/part', 'unfinished');
  write('far/both.zst', 'far');
  write('far/old.zst', 'old');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Runs the flow `copy` with its own flags against its own forced command; other arguments may be added. */
function transfer(flow: string, more: readonly string[] = []) {
  const place = (text: string): string =>
    text.replace('/srv/local', join(dir, 'near')).replace('/srv/vault', join(dir, 'far'));
  const topology = estate(flow, place);
  const { ends: far } = farEnds(topology);
  const copy = copyOf(topology.flows.get('copy') as RsyncFlow);
  const end = far[0];
  const path = end?.paths.get(copy.flow);
  if (end === undefined || path === undefined) throw new Error('no far end');
  // What sshd does: the client's command is only a variable, the forced one runs in the user's shell.
  write(
    'ssh',
    `#!/bin/sh\nwhile [ "$1" != rsync ]; do shift; done\nSSH_ORIGINAL_COMMAND="$*" HOME='${dir}' exec sh -c "$(cat '${dir}/command')"\n`,
  );
  write('command', end.command);
  chmodSync(join(dir, 'ssh'), 0o755);
  const args = [...rsyncOptions(copy), ...ends(copy, path)].map(({ text }) => text);
  const run = spawnSync('rsync', [...more, ...args], {
    cwd: dir,
    env: { ...process.env, RSYNC_RSH: join(dir, 'ssh') },
    encoding: 'utf8',
  });
  return { status: run.status, command: end.command };
}

const flow = (more = ''): string =>
  `copy: { kind: rsync, from: local, to: vault, account: to-far, via: home/lan${more} }`;

describe.skipIf(missingTool('rsync'))('push', () => {
  test('copies and never deletes', () => {
    const { status, command } = transfer(flow());
    expect(command).toMatch(/^\/usr\/bin\/rrsync -wo -no-del /);
    expect(status).toBe(0);
    expect(files('far')).toEqual({ 'new.zst': 'new', 'both.zst': 'near, longer', 'old.zst': 'old' });
  });
  test('leaves out what vzdump has not finished, and nothing that only looks so', () => {
    write('near/level.dat', 'finished');
    write('near/x.tmp/file', 'finished');
    expect(transfer(flow()).status).toBe(0);
    expect(Object.keys(files('far')).sort()).toEqual(['both.zst', 'file', 'level.dat', 'new.zst', 'old.zst']);
  });
  test('deletes when declared', () => {
    expect(transfer(flow(', propagate_deletions: true')).status).toBe(0);
    expect(files('far')).toEqual({ 'new.zst': 'new', 'both.zst': 'near, longer' });
  });
  test('a flood of deletions stops, and fails', () => {
    write('far/older.zst', 'older');
    expect(transfer(flow(', propagate_deletions: true, max_delete: 1')).status).not.toBe(0);
    expect(Object.keys(files('far')).filter(name => name.startsWith('old'))).toHaveLength(1);
  });
  test('overwrites nothing when declared, by the exact command', () => {
    const { status, command } = transfer(flow(', overwrite: false'));
    expect(command).toMatch(/^\/usr\/bin\/rsync --server -ltre\.iLsfxC --timeout=600 --ignore-existing \. /);
    expect(status).toBe(0);
    expect(files('far')).toEqual({ 'new.zst': 'new', 'both.zst': 'far', 'old.zst': 'old' });
  });
  test('a client that asks for more does not get it', () => {
    expect(transfer(flow(), ['--delete']).status).not.toBe(0);
    expect(files('far')).toHaveProperty(['old.zst']);
    transfer(flow(', overwrite: false'), ['--remove-source-files', '--force']);
    expect(files('far')).toMatchObject({ 'both.zst': 'far', 'old.zst': 'old' });
  });
  test('the far end that is no Debian gets the exact command with every option', () => {
    const other = flow(', propagate_deletions: true, rate: 100 MB/s');
    const { ends: far } = farEnds(
      estate(other, text => text.replace('roles: { linux: "13" }', 'roles: { nas: true }\n    os: truenas')),
    );
    expect(far[0]?.command).toBe(
      '/usr/bin/rsync --server -ltre.iLsfxC --timeout=600 --max-delete=100 --delete-delay --partial . /srv/vault/',
    );
  });
  test('two flows of one key: each gets its own command', () => {
    const two = `copy: { kind: rsync, from: local, to: vault, overwrite: false, account: to-far, via: home/lan }
other: { kind: rsync, from: local, to: vault:other, account: to-far, via: home/lan }`;
    const { status, command } = transfer(two);
    expect(command).toMatch(/^case "\$SSH_ORIGINAL_COMMAND" in .* \*\) exit 126;; esac$/);
    expect(status).toBe(0);
    expect(files('far')).toEqual({ 'new.zst': 'new', 'both.zst': 'far', 'old.zst': 'old' });
  });
});

describe.skipIf(missingTool('rsync'))('pull', () => {
  const pull = (more = ''): string =>
    `copy: { kind: rsync, from: vault, to: local, run_on: mover, account: to-far, via: home/lan${more} }`;
  test('reads, and the key cannot write', () => {
    const { status, command } = transfer(pull());
    expect(command).toMatch(/^\/usr\/bin\/rrsync -ro /);
    expect(status).toBe(0);
    expect(files('near')).toMatchObject({ 'both.zst': 'far', 'old.zst': 'old', 'new.zst': 'new' });
  });
  test('by the exact command', () => {
    const { status, command } = transfer(
      pull(', overwrite: false, propagate_deletions: true, rate: 100 MB/s'),
    );
    expect(command).toMatch(
      /^\/usr\/bin\/rsync --server --sender -ltre\.iLsfxC --timeout=600 --bwlimit=97656 \. /,
    );
    expect(status).toBe(0);
    expect(files('near')).toMatchObject({
      'both.zst': 'near, longer',
      'old.zst': 'old',
      'vzdump-qemu-100-half.vma.dat': 'unfinished',
    });
    expect(files('near')).not.toHaveProperty(['new.zst']);
  });
});
