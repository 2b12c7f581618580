import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lowerFstab } from '../../../src/artifacts/fstab/lower.ts';
import { cleanCommand } from '../../../src/artifacts/iscsi/commands.ts';
import { lowerIscsi } from '../../../src/artifacts/iscsi/lower.ts';
import { topologyWith, UUID } from '../fstab/support.ts';

const ODD = '/mnt/a@b+c.d,e:f_g-h/-i/.j';
const topology = topologyWith(`
shares: { vol: { host: nas, path: "${ODD}", mountpoint: "${ODD}" } }
datastores:
  a: { host: pbs, path: "${ODD}/a", iscsi: { from: nas/one, via: home/six, uuid: ${UUID}, chap: c } }
  b: { host: pbs, path: "${ODD}/b", iscsi: { from: nas/two, via: home/storage, uuid: pending } }
  c: { host: pbs, path: "${ODD}/c", disk: { uuid: pending, fs: xfs } }
  d: { host: pbs, path: "${ODD}/d", on: pbs/data, disk: { uuid: pending } }
  e: { host: pbs, path: "${ODD}/e", nfs: { from: vol, via: home/storage } }
  f: { host: pbs, path: "${ODD}/f", state: retired, iscsi: { from: nas/two, via: home/mgmt, uuid: ${UUID} } }
flows:
  f: { kind: rclone, from: vol, to: "cold:x", run_on: mover, account: s3, via: internet }
  g: { kind: rclone, from: vol, to: "cold:x", run_on: far, account: s3, via: internet, state: retired }`);

const steps = [...lowerIscsi(topology).steps, ...lowerFstab(topology).steps];

describe('commands of steps', () => {
  test('are there in all kinds', () =>
    expect(steps.map(({ target, order, phase }) => `${target} ${phase} ${order}`).sort()).toEqual([
      'far finish 10',
      'far mounts 60',
      'mover mounts 60',
      'pbs finish 10',
      'pbs finish 20',
      'pbs mounts 10',
      'pbs mounts 20',
      'pbs mounts 20',
      'pbs mounts 30',
      'pbs mounts 30',
      'pbs mounts 30',
      'pbs mounts 60',
    ]));

  const tool = spawnSync('shellcheck', ['--version']);
  test.skipIf(tool.error !== undefined)('pass shellcheck', () => {
    for (const { title, commands, check = [], undo = [] } of steps) {
      const script = [...commands, ...check, ...undo].join('\n');
      const { stdout } = spawnSync('shellcheck', ['-s', 'bash', '-'], { input: script, encoding: 'utf8' });
      expect(stdout, title).toBe('');
    }
  });
});

describe('deleting old records', () => {
  test('takes other portals of the target, and the unbound interface at the wanted ones', () => {
    const directory = mkdtempSync(join(tmpdir(), 'offsite-iscsi-'));
    try {
      const stub = join(directory, 'iscsiadm');
      const records = [
        '10.0.1.30:3260,1 iqn.a',
        '10.0.3.30:3260,1 iqn.a',
        '[fd00::1]:3260,1 iqn.a',
        '10.0.1.30:3260,1 iqn.b',
        '[fd00::2]:3260,1 iqn.a',
      ];
      writeFileSync(
        stub,
        `#!/bin/sh\nif [ "$*" = '-m node' ]; then\nprintf '%s\\n' ${records.map(record => `'${record}'`).join(' ')}\nelse echo "$*"; fi\n`,
      );
      chmodSync(stub, 0o755);
      const { stdout } = spawnSync(
        'bash',
        ['-c', cleanCommand('iqn.a', ['10.0.3.30:3260', '[fd00::1]:3260'])],
        {
          env: { PATH: `${directory}:/usr/bin:/bin` },
          encoding: 'utf8',
        },
      );
      expect(stdout.trim().split('\n')).toEqual([
        '-m node -T iqn.a -p 10.0.1.30:3260 -o delete',
        '-m node -T iqn.a -p 10.0.3.30:3260 -I default -o delete',
        '-m node -T iqn.a -p [fd00::1]:3260 -I default -o delete',
        '-m node -T iqn.a -p [fd00::2]:3260 -o delete',
      ]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
