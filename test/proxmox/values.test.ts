import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byBytes } from '../../src/proxmox/byte-order.ts';
import { parseGroupFilter, passesFilters, printGroupFilter } from '../../src/proxmox/group-filter.ts';
import {
  authIdProblem,
  backupGroupProblem,
  commentProblem,
  fingerprintProblem,
  isTokenId,
  namespaceProblem,
  pbsIdProblem,
  pbsNameProblem,
  pveJobIdProblem,
  pveStorageIdProblem,
  remoteHostProblem,
  tokenIdProblem,
  userIdProblem,
  userOfAuthId,
} from '../../src/proxmox/identifiers.ts';
import { decodePveText, encodePveText } from '../../src/proxmox/percent-text.ts';
import { parseInteger, scalarLength, splitLines, trim } from '../../src/proxmox/plain-text.ts';
import { parsePropertyString, printPropertyString } from '../../src/proxmox/property-string.ts';
import { rustRegex, rustRegexProblem } from '../../src/proxmox/rust-regex.ts';

describe('identifiers', () => {
  it.each<[string, (text: string) => string | undefined, string[], string[]]>([
    [
      'pbsIdProblem',
      pbsIdProblem,
      ['abc', 'a_-.', 'x'.repeat(32)],
      ['ab', '-abc', '.abc', 'a b', 'x'.repeat(33), 'äbc'],
    ],
    ['pbsNameProblem', pbsNameProblem, ['ab'], ['a', 'x'.repeat(33)]],
    [
      'userIdProblem',
      userIdProblem,
      ['sync@pbs', 'a@b@pbs', 'a!b@pbs'],
      ['sync', 'sync@p', 'a b@pbs', 'a:b@pbs', 'sync@pbs!t', '@pbs'],
    ],
    [
      'tokenIdProblem',
      tokenIdProblem,
      ['sync@pbs!dc'],
      ['sync@pbs', 'sync@pbs!', 'sync@pbs!-x', 'sync@p!dc'],
    ],
    ['authIdProblem', authIdProblem, ['sync@pbs', 'sync@pbs!dc'], ['sync', `${'x'.repeat(61)}@pbs`]],
    [
      'namespaceProblem',
      namespaceProblem,
      ['', 'a', 'a/b/c/d/e/f/g'],
      ['a/b/c/d/e/f/g/h', '/a', 'a/', 'a//b', 'x'.repeat(256)],
    ],
    [
      'remoteHostProblem',
      remoteHostProblem,
      ['pbs.lan', '10.0.0.1', 'fd00::1'],
      ['[fd00::1]', 'pbs_home', '', 'a.'],
    ],
    ['backupGroupProblem', backupGroupProblem, ['vm/100', 'host/a.b'], ['qemu/100', 'vm/', 'vm/1/2']],
    ['commentProblem', commentProblem, ['grüße', ''], ['a\u0085b', 'a\tb', 'x'.repeat(129)]],
    ['pveStorageIdProblem', pveStorageIdProblem, ['local', 'a.b-c_9', 'NAS'], ['a', '9a', 'a-', 'a b']],
    ['pveJobIdProblem', pveJobIdProblem, ['home-daily', 'ab'], ['a', '9ab', 'a.b', 'x'.repeat(51)]],
    ['fingerprintProblem', fingerprintProblem, [`${'AB:'.repeat(31)}ab`], [`${'AB:'.repeat(30)}ab`, 'x']],
  ])('%s', (_, check, good, bad) => {
    expect(good.map(check)).toEqual(good.map(() => undefined));
    expect(bad.filter(text => check(text) === undefined)).toEqual([]);
  });

  it.each([
    ['a@pbs', 'a@pbs', false],
    ['a@pbs!t', 'a@pbs', true],
    ['a!b@pbs', 'a!b@pbs', false],
    ['a!b@pbs!t', 'a!b@pbs', true],
  ])('%s belongs to %s', (authId, user, token) => {
    expect(userOfAuthId(authId)).toBe(user);
    expect(isTokenId(authId)).toBe(token);
  });
});

describe('group filters', () => {
  it.each(['type:vm', 'exclude:group:vm/100', 'regex:^vm/(1|2)', 'regex:(?i)HOST', 'regex:[[:digit:]]+'])(
    'takes %s',
    text => {
      const parsed = parseGroupFilter(text);
      expect(parsed.ok && printGroupFilter(parsed.filter)).toBe(text);
    },
  );

  it.each([
    'vm/100',
    'type:qemu',
    'group:vm',
    'regex:(',
    'regex:a(?=b)',
    'include:exclude:type:vm',
    '',
    ':x',
  ])('refuses %j', text => expect(parseGroupFilter(text).ok).toBe(false));

  it('leaves out include:', () => {
    const parsed = parseGroupFilter('include:type:vm');
    expect(parsed.ok && printGroupFilter(parsed.filter)).toBe('type:vm');
  });

  const filters = (...texts: string[]) =>
    texts.map(parseGroupFilter).flatMap(parsed => (parsed.ok ? [parsed.filter] : []));

  it.each<[string[], string, boolean]>([
    [[], 'vm/1', true],
    [['type:vm'], 'vm/1', true],
    [['type:vm'], 'ct/1', false],
    [['type:vm', 'type:ct'], 'ct/1', true],
    [['exclude:group:vm/1', 'type:vm'], 'vm/1', false],
    [['exclude:group:vm/1'], 'ct/1', true],
    [['regex:0$'], 'vm/100', true],
    [['regex:^100'], 'vm/100', false],
  ])('%j on %s: %s', (texts, group, expected) =>
    expect(passesFilters(filters(...texts), group)).toBe(expected),
  );
});

describe("Rust's regular expressions", () => {
  it.each([
    'a',
    'a{2,3}',
    '\\d+',
    '(?P<n>a)',
    '(?<n>a)',
    '[]a]',
    '[^]a]',
    '[a[b]]',
    'a]',
    'a}',
    '\\-',
    '\\pL',
    '[\\p{L}x]',
    '\\p{Greek}',
    '\\x{41}',
    '[(){}]',
    '\\Aa\\z',
    'a(?i)b',
    '\\#',
  ])('takes %s', text => expect(rustRegexProblem(text)).toBeUndefined());

  it.each([
    '(',
    ')',
    '[',
    'a**',
    '*',
    'a{2',
    '\\1',
    '\\k<n>',
    '(?=a)',
    '(?<!a)',
    '\\',
    '\\y',
    '[[:foo:]]',
    '\\0',
  ])('refuses %s', text => expect(rustRegexProblem(text)).toBeDefined());

  it.each<[string, string, boolean]>([
    ['^vm/1[[:digit:]]$', 'vm/12', true],
    ['\\Avm\\z', 'vm/1', false],
    ['(?i)VM', 'vm/1', true],
    ['a\\.b', 'a.b', true],
    ['a\\.b', 'axb', false],
    ['[\\-x]', '-', true],
    ['\\\\A', '\\A', true],
  ])('%s on %s: %s', (source, text, expected) => expect(rustRegex(source)?.test(text)).toBe(expected));

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void rustRegexProblem(text)));
  });
});

describe('property strings', () => {
  it('prints what it parses to the same', () => {
    const key = fc.option(fc.stringMatching(/^[a-z][a-z-]{0,8}$/), { nil: undefined });
    const entry = fc.record({
      key,
      value: fc.string({ unit: fc.constantFrom('a', ',', '"', '\\', '\n', '=', ' ', 'é'), maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), entries => {
        expect(parsePropertyString(printPropertyString(entries))).toEqual({ ok: true, entries });
      }),
    );
  });

  it.each<[string, unknown]>([
    ['', []],
    ['a', [{ key: undefined, value: 'a' }]],
    [
      'a,b=c',
      [
        { key: undefined, value: 'a' },
        { key: 'b', value: 'c' },
      ],
    ],
    ['b=c=d,', [{ key: 'b', value: 'c=d' }]],
    ['m="x, \\"y\\" \\\\ \\n"', [{ key: 'm', value: 'x, "y" \\ \n' }]],
    ['a= b', [{ key: 'a', value: ' b' }]],
    ['a"b=c', [{ key: 'a"b', value: 'c' }]],
  ])('%j', (text, entries) => expect(parsePropertyString(text)).toEqual({ ok: true, entries }));

  it.each(['a="x', 'a="x"y', 'a="\\t"', '"\\'])('refuses %j', text =>
    expect(parsePropertyString(text).ok).toBe(false),
  );
});

describe('percent-encoded text of PVE', () => {
  it.each([
    ['Flow 1: all', 'Flow 1%3A all'],
    ['100 %', '100 %25'],
    ['ü', '%C3%BC'],
    ['a\nb', 'a%0Ab'],
  ])('%j is %s', (text, encoded) => {
    expect(encodePveText(text)).toBe(encoded);
    expect(decodePveText(encoded)).toBe(text);
  });

  it('takes what is not encoded as it is', () => expect(decodePveText('50 % ü %2')).toBe('50 % ü %2'));

  it('decodes what it encodes, on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(decodePveText(encodePveText(text))).toBe(text);
        expect(encodePveText(text)).toMatch(/^[ -~]*$/);
      }),
    );
  });
});

describe("text as Rust's code sees it", () => {
  it('trims Unicode white space, and not the BOM', () => {
    expect(trim('\u0085\u3000 a b \t')).toBe('a b');
    expect(trim('\ufeffa')).toBe('\ufeffa');
  });

  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\r\n\nb\r', ['a', '', 'b\r']],
  ])('%j has lines %j', (text, lines) => expect(splitLines(text)).toEqual(lines));

  it.each([
    ['+5', 5n],
    ['-007', -7n],
    ['9223372036854775807', 9223372036854775807n],
    ['9223372036854775808', undefined],
    ['', undefined],
    ['-', undefined],
    ['1.0', undefined],
  ])('integer %s', (text, value) => expect(parseInteger(text)).toBe(value));

  it('counts scalar values', () =>
    expect(['', 'aä', '😀a', '\ud83d'].map(scalarLength)).toEqual([0, 2, 2, 1]));

  it('orders by UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(byBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(byBytes('\u{10000}', '\uffff')).toBeGreaterThan(0);
  });
});
