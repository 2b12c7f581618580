import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { lowerFstab } from '../../../src/artifacts/fstab/lower.ts';
import { pathUnit } from '../../../src/artifacts/mount-guard/unit-name.ts';
import { render, topologyWith, UUID } from './support.ts';

const GENERATOR = '/lib/systemd/system-generators/systemd-fstab-generator';

/** Units that systemd makes of a text, by their path below the output directory. */
function generate(text: string): ReadonlyMap<string, string> {
  const directory = mkdtempSync(join(tmpdir(), 'offsite-fstab-'));
  try {
    const fstab = join(directory, 'fstab');
    writeFileSync(fstab, text);
    const out = mkdtempSync(join(directory, 'out-'));
    const { status, stderr } = spawnSync(GENERATOR, [out, out, out], {
      env: { SYSTEMD_FSTAB: fstab, SYSTEMD_PROC_CMDLINE: 'root=/dev/none', SYSTEMD_LOG_TARGET: 'console' },
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    const names = readdirSync(out, { recursive: true, encoding: 'utf8' });
    return new Map(
      names.map(name => {
        const file = join(out, name);
        return [
          name,
          existsSync(file) && !name.endsWith('.wants') && !name.endsWith('.requires') && !name.endsWith('.d')
            ? readFileSync(file, 'utf8')
            : '',
        ];
      }),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const setting = (unit: string | undefined, key: string): readonly string[] =>
  (unit ?? '')
    .split('\n')
    .filter(line => line.startsWith(`${key}=`))
    .flatMap(line => line.slice(key.length + 1).split(' '));

async function unitsOf(more: string, target: string) {
  const file = lowerFstab(topologyWith(more)).artifacts.find(artifact => artifact.target === target);
  if (file === undefined) throw new Error('no file');
  return generate(await render(file));
}

describe.skipIf(!existsSync(GENERATOR))('what systemd makes of the block', () => {
  let pbs: ReadonlyMap<string, string>;
  beforeAll(async () => {
    pbs = await unitsOf(
      `
shares: { vol: { host: nas, path: "/volume1/p,b:s" } }
datastores:
  lun: { host: pbs, path: /mnt/datastore/s-1, iscsi: { from: nas/one, via: home/storage, uuid: ${UUID} } }
  disk: { host: pbs, path: /mnt/d/store, disk: { uuid: 9b147377-6ff3-4d01-817d-cafb0cfe1101, mountpoint: /mnt/d } }
  nfs: { host: pbs, path: /mnt/datastore/n, nfs: { from: vol, via: home/six } }`,
      'pbs',
    );
  });

  const BOTH = ['proxmox-backup.service', 'proxmox-backup-proxy.service'];

  test('a LUN: after the logins, before PBS, wanted and not required', () => {
    const unit = pbs.get('mnt-datastore-s\\x2d1.mount');
    expect(setting(unit, 'What')).toEqual([`/dev/disk/by-uuid/${UUID}`]);
    expect(setting(unit, 'Where')).toEqual(['/mnt/datastore/s-1']);
    expect(setting(unit, 'Requires')).toEqual(['open-iscsi.service']);
    expect(setting(unit, 'After')).toContain('open-iscsi.service');
    expect(setting(unit, 'Before').filter(name => name.startsWith('proxmox'))).toEqual(BOTH);
    expect(setting(unit, 'Before')).not.toContain('remote-fs.target');
    expect(pbs.has('remote-fs.target.wants/mnt-datastore-s\\x2d1.mount')).toBe(true);
    expect([...pbs.keys()].filter(name => name.includes('.requires/'))).toEqual([]);
    const device = [...pbs].find(
      ([name]) => name.startsWith('dev-disk') && name.includes('104d184f') && name.endsWith('.conf'),
    );
    expect(device?.[1]).toContain('JobRunningTimeoutSec=180s');
  });

  test('a disk: local, checked, before PBS, no reason to stop the boot', () => {
    const unit = pbs.get('mnt-d.mount');
    expect(setting(unit, 'Before').filter(name => name.startsWith('proxmox'))).toEqual(BOTH);
    expect(setting(unit, 'Before')).not.toContain('local-fs.target');
    expect(setting(unit, 'Requires').join()).toContain('systemd-fsck@');
    expect(pbs.has('local-fs.target.wants/mnt-d.mount')).toBe(true);
  });

  test('NFS: the source as it is, no automount', () => {
    const unit = pbs.get('mnt-datastore-n.mount');
    expect(setting(unit, 'What')).toEqual(['[fd00:30::30]:/volume1/p,b:s']);
    expect(setting(unit, 'Type')).toEqual(['nfs4']);
    expect(setting(unit, 'Before').filter(name => name.startsWith('proxmox'))).toEqual(BOTH);
    expect([...pbs.keys()].filter(name => name.endsWith('.automount'))).toEqual([]);
  });

  test('a share for flows: mounted on first use', async () => {
    const units = await unitsOf(
      `
shares: { p: { host: nas, path: /volume1/p } }
flows: { f: { kind: rclone, from: p, to: "cold:x", run_on: mover, account: s3, via: internet } }`,
      'mover',
    );
    expect(setting(units.get('mnt-offsite-p.automount'), 'TimeoutIdleSec')).toEqual(['10min']);
    expect(units.has('remote-fs.target.wants/mnt-offsite-p.automount')).toBe(true);
    expect(units.has('remote-fs.target.wants/mnt-offsite-p.mount')).toBe(false);
  });

  test('every path that the schema allows is one unit with that path', async () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_@+.,:-]{1,12}$/).filter(name => !/^\.{1,2}$/.test(name));
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 3 }), async parts => {
        const path = `/data/${parts.join('/')}`;
        const units = await unitsOf(
          `datastores: { d: { host: pbs, path: ${JSON.stringify(path)}, disk: { uuid: ${UUID} } } }`,
          'pbs',
        );
        const mounts = [...units].filter(([name]) => /^[^/]+\.mount$/.test(name));
        expect(mounts.map(([name]) => name)).toEqual([pathUnit(path, 'mount')]);
        expect(setting(mounts[0]?.[1], 'Where')).toEqual([path]);
      }),
      { numRuns: 25, seed: 11 },
    );
  });

  test('findmnt reads it without parse errors', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'offsite-fstab-'));
    try {
      const more = `datastores: { s: { host: pbs, path: "/mnt/a,b:c@d+e", iscsi: { from: nas/one, via: home/storage, uuid: ${UUID} } } }`;
      const [file] = lowerFstab(topologyWith(more)).artifacts;
      const fstab = join(directory, 'fstab');
      writeFileSync(fstab, file === undefined ? '' : await render(file));
      const { stdout, stderr } = spawnSync('findmnt', ['--verify', '--tab-file', fstab], {
        encoding: 'utf8',
      });
      expect(`${stdout}${stderr}`).toContain('0 parse errors');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
