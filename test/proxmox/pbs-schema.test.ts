import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generate } from '../../scripts/pbs-schema.ts';
import { patterns } from '../../src/proxmox/generated/pbs-schema.ts';
import {
  FLAT,
  isRequired,
  pbsFile,
  pbsFileNames,
  pbsPattern,
  pbsProperty,
  pbsSection,
} from '../../src/proxmox/pbs-files.ts';
import type { PbsValue } from '../../src/proxmox/pbs-schema.ts';
import { parseSince, parseVersion } from '../../src/proxmox/version.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

function values(value: PbsValue): PbsValue[] {
  const nested = [value.items, value.listOf, ...Object.values(value.propertyString?.properties ?? {})];
  return [value, ...nested.filter(item => item !== undefined).flatMap(values)];
}

describe('the tables of PBS', () => {
  it('are made from the data as it stands', () => {
    expect(read('src/proxmox/generated/pbs-schema.ts')).toBe(
      generate(read('src/proxmox/pbs-schema.data.json')),
    );
  });

  const sections = pbsFileNames().flatMap(name => Object.entries(pbsFile(name)?.sections ?? {}));
  const everything = sections.flatMap(([, section]) => [
    ...(section.id === undefined ? [] : values(section.id)),
    ...Object.values(section.properties).flatMap(values),
  ]);

  it('name only patterns that exist and compile', () => {
    for (const source of Object.values(patterns)) expect(() => new RegExp(source, 'u')).not.toThrow();
    for (const value of everything)
      if (value.pattern !== undefined) expect(patterns).toHaveProperty(value.pattern);
  });

  it('match what the whole pattern matches, although most texts are judged without its IPv6 part', () => {
    const addresses = fc.oneof(
      fc.ipV6(),
      fc.ipV4(),
      fc.domain(),
      fc.constantFrom(
        '::',
        '::1',
        '1::',
        '1:2:3:4:5:6:7:8',
        '1:2:3:4:5:6:1.2.3.4',
        '1:2:3:4:5:6:7',
        'a:1',
        '',
      ),
    );
    const text = fc
      .tuple(
        fc.constantFrom('', 'http://', 'https://', '['),
        addresses,
        fc.constantFrom('', ']', '/64', ':80', ']:80', '/a'),
      )
      .map(parts => parts.join(''));
    const names = Object.keys(patterns);
    const matched = new Set<string>();
    const property = fc.property(text, fc.constantFrom(...names), (value, name) => {
      const expected = new RegExp(patterns[name] ?? '', 'u').test(value);
      if (expected && value.includes('::')) matched.add(name);
      expect(pbsPattern(name).test(value)).toBe(expected);
    });
    fc.assert(property, { numRuns: 5000, seed: 1 });
    for (const name of ['dnsNameOrIp', 'cidr', 'hostPort', 'httpUrl', 's3Endpoint'])
      expect(matched).toContain(name);
  });

  it('have only versions that parse', () => {
    const all = sections.flatMap(([, section]) => [
      section.since,
      ...Object.values(section.properties).flatMap(property => [property.since, property.optionalSince]),
    ]);
    const ofValues = everything.flatMap(value => [
      ...Object.values(value.valueSince ?? {}),
      ...Object.values(value.prefixSince ?? {}),
    ]);
    for (const since of [...all, ...ofValues])
      if (since !== undefined) expect(() => parseSince(since)).not.toThrow();
    expect(ofValues).toHaveLength(4);
  });

  it('answer by name, and not for names of Object.prototype', () => {
    expect(pbsFile('sync.cfg')).toMatchObject({
      owner: 'root',
      group: 'backup',
      mode: '0640',
      secrets: false,
    });
    expect(pbsFile('notifications-priv.cfg')).toMatchObject({ group: 'root', mode: '0600', secrets: true });
    expect(pbsSection('node.cfg', FLAT)?.properties).toHaveProperty('email-from');
    expect(pbsFile('constructor')).toBeUndefined();
    expect(pbsSection('sync.cfg', 'toString')).toBeUndefined();
    const sync = pbsSection('sync.cfg', 'sync');
    expect(sync === undefined ? undefined : pbsProperty(sync, 'valueOf')).toBeUndefined();
  });

  it('know what is required, also by version', () => {
    const sync = pbsSection('sync.cfg', 'sync')?.properties ?? {};
    expect(sync['store'] === undefined || isRequired(sync['store'])).toBe(true);
    const remote = sync['remote'];
    expect(remote === undefined || isRequired(remote)).toBe(false);
    expect(remote === undefined ? undefined : isRequired(remote, parseVersion('3.0.1'))).toBe(true);
    expect(remote === undefined ? undefined : isRequired(remote, parseVersion('3.4'))).toBe(false);
  });
});
