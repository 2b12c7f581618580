import { describe, expect, it } from 'vitest';
import type { Version } from '../../src/proxmox/version.ts';
import {
  compareVersions,
  isSupported,
  needsText,
  packageText,
  parseSince,
  parseVersion,
  supports,
} from '../../src/proxmox/version.ts';

const version = (text: string): Version => {
  const parsed = parseVersion(text);
  if (parsed === undefined) throw new Error(`not a version: ${text}`);
  return parsed;
};

describe('versions', () => {
  it.each([
    ['4.1.8', '4.1.8'],
    ['4.1.8-1', '4.1.8'],
    ['4.1', '4.1.0'],
    ['4.10', '4.10.0'],
  ])('%s is package %s', (text, expected) => expect(packageText(version(text))).toBe(expected));

  it.each(['', '4', 'v4.1', '4.1.', '4.1.8.2', ' 4.1', '4.1\n', '4.x', '99999.1'])('%j is no version', text =>
    expect(parseVersion(text)).toBeUndefined(),
  );

  it.each([
    ['4.1', '4.1.0', 0],
    ['4.1.8', '4.1.10', -1],
    ['4.2', '4.1.10', 1],
    ['3.4.8', '4.0', -1],
  ])('%s against %s', (a, b, sign) => expect(Math.sign(compareVersions(version(a), version(b)))).toBe(sign));

  it.each([
    ['4.1', '4.0.21 (4.1)', true],
    ['4.0', '4.0.21 (4.1)', false],
    ['4.0.21', '4.0.21 (4.1)', true],
    ['4.0.20', '4.0.21 (4.1)', false],
    ['4.1', '4.1.8 (4.2)', false],
    ['4.0', '4.0.4 (4.0)', true],
    ['4.0.0', '4.0.4 (4.0)', false],
    ['4.2', '4.2.1', false],
    ['4.2.1', '4.2.1', true],
    ['3.4', 'pre-3.0', true],
    ['3.2', '3.2.0', true],
    ['8.2', '8.2', true],
    ['8.1', '8.2', false],
    ['9.0', '9', true],
    ['8.4', '9', false],
  ])('%s has what came with %s: %s', (declared, since, expected) =>
    expect(supports(version(declared), since)).toBe(expected),
  );

  it.each([
    ['4.1.8 (4.2)', '4.1', 'needs 4.1.8 (release 4.2); declared "4.1" = package 4.1.0'],
    ['4.1.8 (4.2)', '4.1.2', 'needs 4.1.8 (release 4.2); declared "4.1.2"'],
    ['4.2.1', '4.2', 'needs 4.2.1 (an update of release 4.2); declared "4.2" = package 4.2.0'],
    ['9', '8.4', 'needs 9.0.0 (release 9.0); declared "8.4" = package 8.4.0'],
  ])('says what %s needs', (since, declared, text) => expect(needsText(since, version(declared))).toBe(text));

  it('throws for a since that is not one of ours', () => expect(() => parseSince('soon')).toThrow('soon'));

  it.each([
    ['pbs', '3.3.9', false],
    ['pbs', '3.4', true],
    ['pbs', '4.2.3', true],
    ['pbs', '4.3', false],
    ['pbs', '5.0', false],
    ['pve', '7.4', false],
    ['pve', '8.0', true],
    ['pve', '9.1', true],
    ['pve', '10.0', false],
  ] as const)('%s %s is supported: %s', (product, text, expected) =>
    expect(isSupported(product, version(text))).toBe(expected),
  );
});
