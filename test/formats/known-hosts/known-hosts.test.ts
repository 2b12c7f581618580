import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostPattern } from '../../../src/formats/known-hosts/quote.ts';
import { knownHostsFacts, plainHost, readKnownHosts } from '../../../src/formats/known-hosts/read.ts';
import { hasTool, holdsForAnyText, hostileString, messages, pairs } from '../hostile.ts';

const BLOB = `AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`;
const KEY = `ssh-ed25519 ${BLOB}`;

describe('readKnownHosts', () => {
  it('reads markers, patterns, type, key and comment', () => {
    const doc = readKnownHosts(
      `# hosts\n10.0.0.1,[nas.example]:2222 ${KEY} nas\n@cert-authority *.example,!x.example ${KEY}\n`,
    );
    expect(doc.errors).toEqual([]);
    expect(pairs(knownHostsFacts(doc))).toEqual([
      'host[0]/pattern[0]=10.0.0.1',
      'host[0]/pattern[1]=[nas.example]:2222',
      'host[0]/type=ssh-ed25519',
      `host[0]/key=${BLOB}`,
      'host[0]/comment=nas',
      'host[1]/marker=@cert-authority',
      'host[1]/pattern[0]=*.example',
      'host[1]/pattern[1]=!x.example',
      'host[1]/type=ssh-ed25519',
      `host[1]/key=${BLOB}`,
    ]);
    expect(plainHost('[nas.example]:2222')).toEqual({ host: 'nas.example', port: 2222 });
    expect([plainHost('*.x'), plainHost('!x')]).toEqual([undefined, undefined]);
    const hash = `|1|${'A'.repeat(27)}=|${'A'.repeat(27)}=`;
    expect(readKnownHosts(`${hash} ${KEY}`).errors).toEqual([]);
  });

  it.each([
    [`a, ${KEY}`, '1: "" is not a host pattern'],
    [`a:22x[ ${KEY}`, '1: "a:22x[" is not a host pattern'],
    [`@revoke a ${KEY}`, '1: unknown marker "@revoke"'],
    ['a ssh-dsa AAAA', '1: unknown key type "ssh-dsa"'],
    [`a ssh-rsa ${BLOB}`, '1: the key is of type "ssh-ed25519", not "ssh-rsa"'],
    [`a ${KEY}\nb,a ${KEY}`, '2: "a" with this key stands in line 1 already'],
    [`a ${KEY}\r`, '1: a control character'],
  ])('%j: %s', (text, message) => {
    expect(messages(readKnownHosts(text).errors)).toContain(message);
  });

  it('takes any text', () => {
    holdsForAnyText(
      readKnownHosts,
      knownHostsFacts,
      d => d.lines.join('\n'),
      KEY,
      'host ',
      '@revoked ',
      '[a]:1 ',
    );
  });
});

it('reads back the identical host and port', () => {
  const host = fc.oneof(hostileString, fc.domain(), fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(host, fc.oneof(fc.constant(22), fc.integer({ min: 0, max: 65536 })), (name, port) => {
      const pattern = hostPattern(name, port);
      if (pattern === undefined) return;
      const doc = readKnownHosts(`${pattern} ${KEY}\n`);
      expect(doc.errors).toEqual([]);
      expect(doc.hosts[0]?.patterns.map(plainHost)).toEqual([{ host: name, port }]);
    }),
    { numRuns: 500 },
  );
  expect([hostPattern('::1'), hostPattern('::1', 2222)]).toEqual(['::1', '[::1]:2222']);
  for (const name of ['', 'a b', 'a,b', '*', '!a', '|1|', '#a', '@a', '[a]', 'a\n'])
    expect(hostPattern(name)).toBeUndefined();
});

it.runIf(hasTool('ssh-keygen'))('ssh-keygen finds the hosts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hosts-'));
  try {
    const file = join(folder, 'known_hosts');
    writeFileSync(file, `${hostPattern('nas.example', 2222)} ${KEY}\n${hostPattern('::1')} ${KEY}\n`);
    for (const [name, status] of [
      ['[nas.example]:2222', 0],
      ['::1', 0],
      ['nas.example', 1],
    ] as const) {
      expect(spawnSync('ssh-keygen', ['-F', name, '-f', file]).status).toBe(status);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
