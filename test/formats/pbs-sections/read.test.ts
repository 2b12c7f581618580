import { describe, expect, it } from 'vitest';
import { readPbsFile, readPbsSections } from '../../../src/formats/pbs-sections/read.ts';
import { parseVersion } from '../../../src/proxmox/version.ts';

const store = (lines: string): string => `datastore: store1\n\tpath /mnt/x\n${lines}`;
const sync = (lines: string): string => `sync: job1\n\tremote-store bbb\n\tstore aaa\n${lines}`;

const errorsOf = (text: string, file = 'datastore.cfg', version?: string): string[] => {
  const parsed = version === undefined ? undefined : parseVersion(version);
  const document = readPbsSections(text, { file, ...(parsed === undefined ? {} : { version: parsed }) });
  return document.errors.map(({ line, stage, message }) => `${line} ${stage} ${message}`);
};

describe('readPbsSections', () => {
  it.each<[string, string, string, number]>([
    ['a comment in column 0', '# x\ndatastore: store1\n\tpath /a\n', 'expected a section header', 1],
    ['a comment in a section', store('\t# note\n'), 'unknown property "#"', 3],
    ['a header right after a property', store('datastore: store2\n\tpath /b\n'), 'an empty line must end', 3],
    ['an empty line after the header', 'datastore: store1\n\n\tpath /a\n', '"path" is missing', 2],
    ['a key without a value', store('\tcomment\n'), 'expected a property line', 3],
    ['an unknown property', store('\tfoo bar\n'), 'unknown property "foo"', 3],
    ['an unknown type', 'store: store1\n\tpath /a\n', 'unknown section type "store"', 1],
    ['a duplicate property', store('\tpath /b\n'), 'duplicate property "path"', 3],
    ['a BOM', '\ufeffdatastore: store1\n\tpath /a\n', 'expected a section header', 1],
    ['a tab in a single line', store('\tcomment a\tb\n'), 'control characters', 3],
    ['a bad boolean', store('\tverify-new maybe\n'), 'boolean', 3],
    ['a hexadecimal integer', store('\tkeep-last 0x10\n'), 'not an integer', 3],
    ['an integer beyond 64 bits', store('\tkeep-last 9223372036854775808\n'), 'not an integer', 3],
    ['a long comment', store(`\tcomment ${'x'.repeat(129)}\n`), 'at most 128', 3],
    ['a bad schedule', store('\tgc-schedule Daily\n'), 'gc-schedule', 3],
    ['a bad sub-key', store('\ttuning chunk-order=inode,foo=1\n'), 'unknown key "foo"', 3],
    ['a space in a property string', store('\tnotify gc=never, sync=error\n'), 'unknown key " sync"', 3],
    ['a sub-key twice', store('\tnotify gc=never,gc=error\n'), 'stands twice', 3],
    ['a property before any section', '\tpath /a\n', 'expected a section header', 1],
  ])('refuses %s', (_, text, message, line) => {
    const [first = ''] = errorsOf(text);
    expect(first).toContain(message);
    expect(first.startsWith(`${line} schema `)).toBe(true);
  });

  it.each<[string, string, string]>([
    ['no blank after the colon', 'datastore.cfg', 'datastore:store1\n path /a\n'],
    ['spaces and CRLF', 'datastore.cfg', 'datastore:   store1  \r\n    path   /a b  \r\n'],
    ['blank lines with blanks', 'datastore.cfg', '  \n\t\n\ndatastore: store1\n\tpath /a\n \t \n'],
    ['integers with sign and zeros', 'datastore.cfg', store('\tkeep-last +007\n')],
    ['boolean words in any case', 'datastore.cfg', store('\tverify-new YES\n')],
    ['a trailing comma in a property string', 'datastore.cfg', store('\tnotify gc=never,\n')],
    ['a quoted value', 'datastore.cfg', store('\tmaintenance-mode offline,message="a, \\"b\\""\n')],
    ['128 characters beyond the BMP', 'datastore.cfg', store(`\tcomment ${'😀'.repeat(128)}\n`)],
    ['a realm section', 'domains.cfg', 'pam: pam\n\ttype pam\n'],
    ['a name of two characters', 'notifications.cfg', 'sendmail: ab\n\tmailto a@b\n'],
  ])('takes %s', (_, file, text) => {
    expect(errorsOf(text, file)).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['namespace depth', 'sync.cfg', sync('\tns a/b/c/d/e/f/g/h\n'), '4 typed property "ns"'],
    [
      'a negative port',
      'remote.cfg',
      'remote: home\n\tauth-id a@pbs\n\thost h\n\tpassword YQ==\n\tport -1\n',
      '5 typed',
    ],
    [
      'base64 that is not UTF-8',
      'remote.cfg',
      'remote: home\n\tauth-id a@pbs\n\thost h\n\tpassword /w==\n',
      '4 typed',
    ],
    [
      'base64 without padding',
      'remote.cfg',
      'remote: home\n\tauth-id a@pbs\n\thost h\n\tpassword YQ\n',
      '4 typed',
    ],
    [
      'base64 with spare bits',
      'remote.cfg',
      'remote: home\n\tauth-id a@pbs\n\thost h\n\tpassword YR==\n',
      '4 typed',
    ],
    ['a realm of one character', 'user.cfg', 'user: a@b\n', '1 typed section id "a@b"'],
    ['a realm type that is another', 'domains.cfg', 'pam: pam\n\ttype pbs\n', '2 typed'],
    ['a bad regex of a matcher', 'notifications.cfg', 'matcher: m1\n\tmatch-field regex:type=(\n', '2 typed'],
  ])('finds in the typed stage: %s', (_, file, text, start) => {
    const [first = '', ...rest] = errorsOf(text, file);
    expect(first.startsWith(start)).toBe(true);
    expect(rest).toEqual([]);
  });

  it('goes on after an error', () => {
    const text = 'junk\njunk\ndatastore: ab\n\tfoo x\n\tcomment\n\ndatastore: good\n\tpath /a\n';
    const document = readPbsSections(text, { file: 'datastore.cfg' });
    expect(document.errors.map(error => error.line)).toEqual([1, 3, 4, 5, 6]);
    expect(document.sections.map(section => section.id)).toEqual(['ab', 'good']);
  });

  it.each<[string, string, string]>([
    ['an id twice', 'sendmail: abc\n\tmailto a@b\n\nmatcher: abc\n', 'PBS keeps the last only'],
    ['a C1 control', 'matcher: abc\n\tcomment a\u0085b\n', 'cannot save a control character'],
    ['an empty value', 'matcher: abc\n\tcomment \n', 'trailing blank'],
    ['the id as a property', 'matcher: abc\n\tname abc\n', 'is ignored'],
  ])('warns of %s', (_, text, message) => {
    const document = readPbsSections(text, { file: 'notifications.cfg' });
    expect(document.errors).toEqual([]);
    expect(document.hazards.map(hazard => hazard.message).join()).toContain(message);
  });

  it.each<[string, string, string, string]>([
    [
      'a property',
      'sync.cfg',
      sync('\tworker-threads 2\n'),
      'needs 4.1.8 (release 4.2); declared "4.1" = package 4.1.0',
    ],
    [
      'a section type',
      's3.cfg',
      's3-endpoint: abc\n',
      'needs 4.0.4 (release 4.0); declared "3.4" = package 3.4.0',
    ],
    ['a value', 'datastore.cfg', store('\tmaintenance-mode s3-refresh\n'), 'needs 4.0.4'],
    ['a sub-key', 'datastore.cfg', store('\ttuning default-verification-workers=2\n'), 'needs 4.0.22'],
    [
      'an item',
      's3.cfg',
      's3-endpoint: abc\n\taccess-key A\n\tendpoint h\n\tprovider-quirks delete-objects-via-delete-object\n\tsecret-key B\n',
      'needs 4.1.6',
    ],
  ])('refuses %s that the version does not know', (_, file, text, message) => {
    const version = /declared "([^"]*)"/.exec(message)?.[1] ?? (file === 's3.cfg' ? '4.1' : '3.4');
    expect(errorsOf(text, file, version)).toEqual([expect.stringContaining(message)]);
    if (file !== 's3.cfg') expect(errorsOf(text, file, '4.2')).toEqual([]);
  });

  it('states headers and properties, with an index for arrays', () => {
    const text = 'rule: office\n\tnetwork 0.0.0.0/0\n\tnetwork ::/0\n\trate-in 20 MB\n';
    expect(readPbsFile(text, { file: 'traffic-control.cfg' }).facts).toEqual([
      { at: 'rule: office', value: '', line: 1 },
      { at: 'rule: office/network[0]', value: '0.0.0.0/0', line: 2 },
      { at: 'rule: office/network[1]', value: '::/0', line: 3 },
      { at: 'rule: office/rate-in', value: '20 MB', line: 4 },
    ]);
  });

  it('counts hazards as errors of a rendered file', () => {
    expect(readPbsFile('matcher: abc\n\tcomment \n', { file: 'notifications.cfg' }).errors).toHaveLength(1);
  });
});
