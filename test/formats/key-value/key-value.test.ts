import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeNodeCfg } from '../../../src/formats/key-value/node-cfg.ts';
import { readKeyValue, readKeyValueFile } from '../../../src/formats/key-value/read.ts';
import { parseVersion } from '../../../src/proxmox/version.ts';

const NODE = `#DC site, managed by gitops
#second line
default-lang: en
email-from: pbs-dc@example.com
task-log-max-days: 90
`;

describe('node.cfg', () => {
  it('is a fixed point of its reader and writer', () => {
    const document = readKeyValue(NODE, { file: 'node.cfg' });
    expect(document.errors).toEqual([]);
    expect(document.hazards).toEqual([]);
    expect(writeNodeCfg(document)).toBe(NODE);
  });

  it('states the description and the keys', () => {
    expect(readKeyValueFile('#a\n\ndefault-lang: en\n', { file: 'node.cfg' })).toEqual({
      facts: [
        { at: '#0', value: 'a', line: 1 },
        { at: 'default-lang', value: 'en', line: 3 },
      ],
      errors: [],
    });
  });

  it.each<[string, string]>([
    ['an unknown key', 'foo: 1\n'],
    ['no colon', 'default-lang\n'],
    ['no key', ': x\n'],
    ['a blank before the colon', 'default-lang : en\n'],
    ['a bad value', 'task-log-max-days: -1\n'],
    ['a bad word', 'default-lang: xx\n'],
    ['a bad property string', 'acme: foo=1\n'],
    ['a bad place', 'location: latitude=1\n'],
  ])('is refused for %s', (_, text) => {
    expect(readKeyValue(text, { file: 'node.cfg' }).errors).toEqual([
      { line: 1, message: expect.any(String) },
    ]);
  });

  it.each<[string, string]>([
    ['a key twice', 'default-lang: en\ndefault-lang: de\n'],
    ['a late comment', 'default-lang: en\n# x\n'],
  ])('has a hazard: %s', (_, text) => {
    const document = readKeyValue(text, { file: 'node.cfg' });
    expect(document.errors).toEqual([]);
    expect(document.hazards.map(({ line }) => line)).toEqual([2]);
  });

  it('depends on the version', () => {
    const version = parseVersion('4.2.0');
    if (version === undefined) throw new Error('no version');
    const text = 'location: latitude=1.5,longitude=-2\n';
    expect(readKeyValue(text, { file: 'node.cfg', version }).errors).toHaveLength(1);
    expect(readKeyValue(text, { file: 'node.cfg' }).errors).toEqual([]);
  });
});

describe('vzdump.conf', () => {
  it('is read with comments and blank lines', () => {
    const text = '# rendered\n\ntmpdir: /var/tmp\n  exclude-path: /a /b\nprune-backups: keep-last=3\n';
    expect(readKeyValueFile(text, { file: 'vzdump.conf' })).toEqual({
      facts: [
        { at: 'tmpdir', value: '/var/tmp', line: 3 },
        { at: 'exclude-path', value: '/a /b', line: 4 },
        { at: 'prune-backups', value: 'keep-last=3', line: 5 },
      ],
      errors: [],
    });
  });

  it.each<[string, string, string]>([
    ['an equals sign', 'tmpdir=/var/tmp\n', 'ignored'],
    ['a bad value', 'compress: zst\n', 'allowed: 0'],
    ['no value', 'tmpdir:\n', 'missing'],
  ])('drops %s', (_, text, message) => {
    const { errors } = readKeyValue(text, { file: 'vzdump.conf' });
    expect(errors).toEqual([{ line: 1, message: expect.stringContaining(message) }]);
  });

  it.each<[string, string]>([
    ['an unknown key', 'tempdir: /x\n'],
    ['a key of jobs only', 'schedule: 1:00\n'],
    ['a key twice', 'tmpdir: /a\ntmpdir: /b\n'],
    ['storage beside dumpdir', 'storage: local\ndumpdir: /x\n'],
  ])('has a hazard: %s', (_, text) => {
    const document = readKeyValue(text, { file: 'vzdump.conf' });
    expect(document.errors).toEqual([]);
    expect(document.hazards).toHaveLength(1);
  });
});

it('never throws, in linear time', () => {
  const parts = fc.constantFrom(
    'tmpdir',
    ':',
    ' ',
    '\n',
    '#',
    '=',
    'default-lang: en',
    '\r',
    '\u0085',
    'constructor: 1',
  );
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(parts).map(list => list.join('')),
  );
  fc.assert(
    fc.property(noise, text => {
      writeNodeCfg(readKeyValue(text, { file: 'node.cfg' }));
      readKeyValue(text, { file: 'vzdump.conf' });
    }),
  );
  const start = performance.now();
  for (const text of [`tmpdir${' '.repeat(300_000)}x`, ':'.repeat(300_000), 'tmpdir: /x\n'.repeat(50_000)]) {
    readKeyValue(text, { file: 'node.cfg' });
    readKeyValue(text, { file: 'vzdump.conf' });
  }
  expect(performance.now() - start).toBeLessThan(1500);
});
