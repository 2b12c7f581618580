import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathUnit } from '../../../src/artifacts/mount-guard/unit-name.ts';

describe('unit names of paths', () => {
  test.each([
    ['/', '-.mount'],
    ['/mnt/datastore/synology', 'mnt-datastore-synology.mount'],
    ['/mnt/datastore/synology-lun', 'mnt-datastore-synology\\x2dlun.mount'],
    ['/mnt/a@b+c.d,e:f_g', 'mnt-a\\x40b\\x2bc.d\\x2ce:f_g.mount'],
    ['/.hidden/.too', '\\x2ehidden-.too.mount'],
    ['/mnt/ä', 'mnt-\\xc3\\xa4.mount'],
  ])('%s', (path, unit) => expect(pathUnit(path, 'mount')).toBe(unit));

  test('a name that systemd would not take', () => {
    expect(pathUnit(`/${'a'.repeat(249)}`, 'mount')).toHaveLength(255);
    expect(pathUnit(`/${'a'.repeat(250)}`, 'mount')).toBeUndefined();
    expect(pathUnit(`/${'-'.repeat(63)}`, 'mount')).toBeUndefined();
  });

  const tool = spawnSync('systemd-escape', ['--version']);
  test.skipIf(tool.error !== undefined)('are those of systemd-escape', () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_@+.,:-]{1,8}$/).filter(name => !/^\.{1,2}$/.test(name));
    const paths = fc.sample(
      fc.array(segment, { minLength: 1, maxLength: 3 }).map(parts => `/${parts.join('/')}`),
      { numRuns: 300, seed: 7 },
    );
    const { stdout } = spawnSync('systemd-escape', ['-p', '--suffix=mount', '--', ...paths], {
      encoding: 'utf8',
    });
    expect(paths.map(path => pathUnit(path, 'mount'))).toEqual(stdout.trim().split(' '));
  });
});
