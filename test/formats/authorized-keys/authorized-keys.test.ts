import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyComment, keyOption } from '../../../src/formats/authorized-keys/quote.ts';
import { authorizedKeysFacts, readAuthorizedKeys } from '../../../src/formats/authorized-keys/read.ts';
import { hasTool, holdsForAnyText, hostileString, messages, pairs } from '../hostile.ts';

/** A frame of 32 zero bytes: well formed, nobody's key. */
const BLOB = `AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`;
const KEY = `ssh-ed25519 ${BLOB}`;
const OTHER = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'B'.repeat(43)}`;

describe('readAuthorizedKeys', () => {
  it('reads options, type, key and comment', () => {
    const doc = readAuthorizedKeys(
      `# keys\nrestrict,from="10.10.30.0/24",command="/usr/bin/rrsync -wo \\"/a b\\"" ${KEY} mirror key\n\n  ${OTHER}\n`,
    );
    expect(doc.errors).toEqual([]);
    expect(pairs(authorizedKeysFacts(doc))).toEqual([
      'key[0]/option[0]=restrict',
      'key[0]/option[1]=from=10.10.30.0/24',
      'key[0]/option[2]=command=/usr/bin/rrsync -wo "/a b"',
      'key[0]/type=ssh-ed25519',
      `key[0]/key=${BLOB}`,
      'key[0]/comment=mirror key',
      'key[1]/type=ssh-ed25519',
      `key[1]/key=${OTHER.slice(12)}`,
    ]);
  });

  it.each([
    [`restrickt ${KEY}`, '1: unknown option "restrickt"'],
    [`command ${KEY}`, '1: unknown option "command"'],
    [`restrict="x" ${KEY}`, '1: unknown option "restrict" with a value'],
    [`restrict, ${KEY}`, '1: cannot read the options from ""'],
    [`command="a ${KEY}`, `1: cannot read the options from "command="a ${KEY}"`],
    [`command="a",command="b" ${KEY}`, '1: option "command" stands twice'],
    [`restrict, pty ${KEY}`, '1: unknown key type "pty"'],
    ['ssh-ed25519 AAAA', '1: the key is cut off'],
    ['ssh-ed25519 !', '1: the key is not base64'],
    ['ssh-ed25519', '1: the key is not base64'],
    [`ssh-rsa ${BLOB}`, '1: the key is of type "ssh-ed25519", not "ssh-rsa"'],
    [`ssh-ed25519 ${BLOB.slice(0, -4)}`, '1: the key is cut off'],
    [`${KEY}\n${KEY}`, '2: the key stands in line 1 already, whose options count'],
    [`${KEY}\r`, '1: a control character'],
  ])('%j: %s', (text, message) => {
    expect(messages(readAuthorizedKeys(text).errors)).toContain(message);
  });

  it('takes any text', () => {
    holdsForAnyText(
      readAuthorizedKeys,
      authorizedKeysFacts,
      d => d.lines.join('\n'),
      KEY,
      'restrict',
      ',',
      'command="',
      ' ',
    );
  });
});

it('reads back the identical option and comment', () => {
  fc.assert(
    fc.property(hostileString, hostileString, (value, text) => {
      const [option, comment] = [keyOption('command', value), keyComment(text)];
      if (option === undefined || comment === undefined) return;
      const doc = readAuthorizedKeys(`restrict,${option},pty ${KEY} ${comment}\n`);
      expect(doc.errors).toEqual([]);
      expect(doc.keys).toEqual([
        {
          line: 1,
          options: [{ name: 'restrict' }, { name: 'command', value }, { name: 'pty' }],
          type: 'ssh-ed25519',
          key: BLOB,
          comment: text,
        },
      ]);
    }),
    { numRuns: 1000 },
  );
  expect(keyOption('from', 'a"b\\c')).toBe('from="a\\"b\\c"');
  expect(keyOption('command', 'a\\')).toBeUndefined();
  expect(keyComment('a\nb')).toBeUndefined();
});

it.runIf(hasTool('ssh-keygen'))('ssh-keygen finds the key behind quoted options', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  try {
    const values = ['a b', 'a"b', '" ssh-rsa AAAA "', 'x\\"y', '#', "'"];
    const text = values.map(value => `restrict,${keyOption('command', value)} ${KEY} c\n`).join('');
    writeFileSync(join(folder, 'keys'), text);
    const shown = spawnSync('ssh-keygen', ['-lf', join(folder, 'keys')], { encoding: 'utf8' });
    expect(shown.stdout.match(/\(ED25519\)/g)).toHaveLength(values.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
