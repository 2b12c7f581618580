import fc from 'fast-check';
import ini from 'ini';
import { describe, expect, it } from 'vitest';
import { rcloneValue, remoteName } from '../../../src/formats/rclone-conf/quote.ts';
import { rcloneConfFacts, readRcloneConf } from '../../../src/formats/rclone-conf/read.ts';
import { holdsForAnyText, hostileString, hostileText, messages, pairs } from '../hostile.ts';

const SAMPLE = `# remotes
[wasabi_vzdump]
type = s3
env_auth = true
endpoint = s3.eu-central-1.wasabisys.com

[empty]
[b]
; comment
chunk=64
`;

describe('readRcloneConf', () => {
  it('reads remotes and keys', () => {
    const doc = readRcloneConf(SAMPLE);
    expect(doc.errors).toEqual([]);
    expect(pairs(rcloneConfFacts(doc))).toEqual([
      '[wasabi_vzdump]/type=s3',
      '[wasabi_vzdump]/env_auth=true',
      '[wasabi_vzdump]/endpoint=s3.eu-central-1.wasabisys.com',
      '[empty]=',
      '[b]/chunk=64',
    ]);
    expect(rcloneConfFacts(doc).map(f => f.line)).toEqual([3, 4, 5, 7, 10]);
  });

  it.each([
    ['type = s3', '1: "type = s3" stands before any remote'],
    ['[a]\ntype', '2: "type" is not "key = value"'],
    ['[a]\ntype: s3', '2: "type: s3" is not "key = value"'],
    ['[a]\n= s3', '2: "= s3" is not "key = value"'],
    ['[a]\ntype = ', '2: "type" is empty, which unsets it'],
    ['[a]\nx = 1\nx = 2', '3: "x" stands in line 2 already'],
    ['[a]\nx = 1\n[a]\ny = 2', '3: [a] starts in line 1 already; rclone merges them'],
    ['[a.b]\nx = 1', '1: "a.b" is not a remote name'],
    ['[__proto__]\nx = 1', '1: [__proto__] is not read alike by all INI readers'],
    ['[a]\nx = 1 ; c', '2: "x" is not read alike by all INI readers'],
    ['[a]\nx = 1#c', '2: "x" is not read alike by all INI readers'],
    ['[a]\nx = "1"', '2: "x" is not read alike by all INI readers'],
    ['[a]\nx[] = 1', '2: "x[]" is not a key'],
    ['[a]\nx = %(y)s', '2: rclone replaces "%(name)s"'],
    ['[a]\nx = 1\r', '2: a control character that readers cut in different ways'],
  ])('%j: %s', (text, message) => {
    expect(messages(readRcloneConf(text).errors)).toContain(message);
  });

  it('takes any text', () => {
    holdsForAnyText(
      readRcloneConf,
      rcloneConfFacts,
      d => d.lines.join('\n'),
      '[a]',
      '[a.b]',
      'x = ',
      '__proto__',
      'y[]=1',
    );
  });

  it('agrees with the package ini wherever it finds no error', () => {
    fc.assert(
      fc.property(hostileText('[a]', '[b]', '\nx = ', '\ny='), text => {
        const doc = readRcloneConf(text);
        if (doc.errors.length > 0) return;
        const expected = Object.fromEntries(
          doc.remotes.map(({ name, settings }) => [
            name,
            Object.fromEntries(settings.map(s => [s.key, s.value])),
          ]),
        );
        const parsed = JSON.parse(JSON.stringify(ini.parse(text)), (_, value: unknown) =>
          typeof value === 'object' && value !== null ? value : String(value),
        );
        expect(parsed).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

it('reads back the identical value', () => {
  fc.assert(
    fc.property(hostileString, value => {
      const quoted = rcloneValue(value);
      if (quoted === undefined) return;
      const doc = readRcloneConf(`[a]\nx = ${quoted}\ny = 1\n`);
      expect(doc.errors).toEqual([]);
      expect(pairs(rcloneConfFacts(doc))).toEqual([`[a]/x=${value}`, '[a]/y=1']);
    }),
    { numRuns: 1000 },
  );
  expect(rcloneValue('https://a.example/x?y=z:1 "q" %d')).toBe('https://a.example/x?y=z:1 "q" %d');
  for (const value of ['', ' a', 'a;b', '#', '"a"', '`a', '%(x)s', 'a\nb', '\u0085a', '\ufeffa']) {
    expect(rcloneValue(value)).toBeUndefined();
  }
  expect(['wasabi_vzdump', 'a-b', '1a', ''].map(remoteName)).toEqual([
    'wasabi_vzdump',
    undefined,
    undefined,
    undefined,
  ]);
});
