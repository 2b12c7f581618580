import { describe, expect, test } from 'vitest';
import { lowerMountGuard } from '../../../src/artifacts/mount-guard/lower.ts';
import { kind } from '../../../src/artifacts/mount-guard/verify.ts';
import { render, topologyWith, UUID } from '../fstab/support.ts';

const artifacts = (more: string) => lowerMountGuard(topologyWith(more)).artifacts;

describe('drop-ins of PBS', () => {
  test('both services, after the mounts and without a requirement', async () => {
    const files = artifacts(`
datastores:
  b-lun: { host: pbs, path: /mnt/datastore/b-lun, iscsi: { from: nas/one, via: home/storage, uuid: ${UUID} } }
  a: { host: pbs, path: /mnt/disk/a/store, disk: { uuid: ${UUID}, mountpoint: /mnt/disk/a } }
  c: { host: pbs, path: /var/lib/c }
  d: { host: pbs, path: /mnt/datastore/d, disk: { uuid: pending } }
  e: { host: pbs, path: /mnt/datastore/e, disk: { uuid: ${UUID} }, state: planned }
  f: { host: pbs, path: vault, removable: { uuid: ${UUID} } }
`);
    expect(files.map(({ target, path, mode, owner }) => [target, path, mode, owner])).toEqual([
      ['pbs', '/etc/systemd/system/proxmox-backup.service.d/offsite.conf', '0644', 'root'],
      ['pbs', '/etc/systemd/system/proxmox-backup-proxy.service.d/offsite.conf', '0644', 'root'],
    ]);
    for (const file of files) {
      const text = await render(file);
      expect(text).toBe(
        '# Rendered by offsite: start after these mounts, and without them when they fail.\n' +
          '[Unit]\n' +
          'After=mnt-datastore-b\\x2dlun.mount\n' +
          'After=mnt-disk-a.mount\n',
      );
      const { facts, errors } = kind.read(text);
      expect(errors).toEqual([]);
      expect(facts.map(({ at, value }) => ({ at, value }))).toEqual(
        file.facts.map(({ at, value }) => ({ at, value })),
      );
      expect(file.facts.map(fact => fact.causes)).toEqual([
        [['datastores', 'b-lun', 'path']],
        [['datastores', 'a', 'disk', 'mountpoint']],
      ]);
    }
  });

  test('are there without any mount, so that an old order goes', async () => {
    const [file] = artifacts('');
    expect(file && (await render(file))).toBe(
      '# Rendered by offsite: start after these mounts, and without them when they fail.\n[Unit]\n',
    );
  });
});
