import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { compareTarget, type TargetFiles } from '../../src/drift/target.ts';
import type { LiveTree } from '../../src/load/live-tree.ts';
import { renderedFile, SAMPLES } from './support.ts';

/** A copy that holds these files. */
const treeOf = (files: Readonly<Record<string, string>>): LiveTree => ({
  read: path =>
    Object.hasOwn(files, path) ? { kind: 'file', bytes: Buffer.from(files[path]!) } : { kind: 'absent' },
  hasDirectoryOf: path =>
    Object.keys(files).some(name => name.lastIndexOf('/') > 0 && name.startsWith(path.replace(/[^/]+$/, ''))),
  names: new Set(Object.keys(files).map(name => name.split('/')[1]!)),
});

const { storage, jobs, sync, acl, unit } = SAMPLES;
const other = { ...unit, path: '/etc/other/offsite-x.service' };

const compared = (
  live: Readonly<Record<string, string>>,
  samples: readonly Parameters<typeof renderedFile>[0][],
  more: Partial<TargetFiles> = {},
): string[] =>
  compareTarget(
    { target: 'host', files: samples.map(renderedFile), removed: [], withheld: [], ...more },
    treeOf(live),
  ).files.map(({ path, state, note }) => `${path} ${state}${note === undefined ? '' : `: ${note}`}`);

describe('which file is compared', () => {
  test('one at its path, one missing beside it, one whose directory is not there', () => {
    expect(compared({ [storage.path]: storage.text }, [storage, jobs, sync])).toEqual([
      '/etc/proxmox-backup/sync.cfg not-compared',
      '/etc/pve/jobs.cfg missing',
      '/etc/pve/storage.cfg same',
    ]);
  });

  test('by its name alone', () => {
    expect(compared({ '/storage.cfg': storage.text }, [storage, jobs])).toEqual([
      '/etc/pve/jobs.cfg not-compared',
      '/etc/pve/storage.cfg same',
    ]);
  });

  test('a name that two files have', () => {
    const note = '2 files of this target are called "offsite-x.service": lay each at its path';
    expect(compared({ '/offsite-x.service': unit.text }, [unit, other])).toEqual([
      `/etc/other/offsite-x.service not-compared: ${note}`,
      `/etc/systemd/system/offsite-x.service not-compared: ${note}`,
    ]);
  });

  test('a missing file that would say nothing', () => {
    expect(compared({ [sync.path]: sync.text }, [sync, { ...acl, text: '' }])).toEqual([
      '/etc/proxmox-backup/acl.cfg same',
      '/etc/proxmox-backup/sync.cfg same',
    ]);
  });
});

test('what waits for a value is said', () => {
  expect(compared({}, [], { withheld: ['/etc/fstab', '/etc/fstab'] })).toEqual([
    '/etc/fstab not-compared: a value is still pending, so it is not rendered',
  ]);
});

describe('what is retired', () => {
  test('a section that is still there', () => {
    const live = { [storage.path]: `${storage.text}dir: old\n\tpath /old\n\n` };
    expect(compared(live, [storage], { removed: [{ kind: 'storage', name: 'old' }] })).toEqual([
      '/etc/pve/storage.cfg drift',
    ]);
    expect(compared(live, [storage], { removed: [{ kind: 'job', name: 'old' }] })).toEqual([
      '/etc/pve/storage.cfg same',
    ]);
  });

  test('a notification and its matcher', async () => {
    const path = '/etc/pve/notifications.cfg';
    const yaml = `offsite: 1
sites: { home: { timezone: UTC } }
hosts: { pve: { site: home, roles: { pve: "9.1.4" } } }
notifications:
  old: { kind: sendmail, state: retired, hosts: [pve], mailto: [a@example.com] }
  new: { kind: sendmail, hosts: [pve], mailto: [a@example.com] }
`;
    const { rendered } = await compile({ bytes: Buffer.from(yaml), file: 'topology.yaml' });
    const file = rendered!.files.find(({ artifact }) => artifact.path === path)!;
    const old = 'sendmail: old\n\tmailto a@example.com\n\nmatcher: to-old\n\ttarget old\n\n';
    const removed = rendered!.changes.filter(({ verb }) => verb === 'removes');
    const stateOf = (text: string) =>
      compareTarget(
        { target: 'pve', files: [file], removed, withheld: [] },
        treeOf({ [path]: text }),
      ).files.map(({ state }) => state);
    expect(stateOf(`${file.text}${old}`)).toEqual(['drift']);
    expect(stateOf(file.text)).toEqual(['same']);
  });

  test('our block of keys, and no other key', () => {
    const path = '/home/recv/.ssh/authorized_keys';
    const removed = [{ kind: 'key', name: path }];
    expect(compared({ [path]: 'ssh-ed25519 AAAA me\n' }, [], { removed })).toEqual([]);
    expect(compared({ [path]: '# BEGIN offsite\n# END offsite\n' }, [], { removed })).toEqual([
      `${path} drift: it is retired`,
    ]);
  });

  test('files of units and tunnels', () => {
    const live = { '/etc/systemd/system/offsite-old.timer': '', '/etc/wireguard/wg-old.conf': '' };
    const removed = [
      { kind: 'unit', name: 'offsite-old' },
      { kind: 'tunnel', name: 'wg-old' },
      { kind: 'unit', name: 'offsite-gone' },
    ];
    expect(compared(live, [], { removed })).toEqual([
      '/etc/systemd/system/offsite-old.timer drift: it is retired',
      '/etc/wireguard/wg-old.conf drift: it is retired',
    ]);
  });
});
