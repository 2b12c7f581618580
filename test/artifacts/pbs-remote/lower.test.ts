import { describe, expect, it } from 'vitest';
import { codesOf, fileOf, lowerText, renderLowered, twoSites } from '../../support/pbs.ts';

const FINGERPRINT =
  '1c:dc:64:6a:e5:e7:ec:3f:a9:2d:ad:83:a8:fb:cd:ed:ca:e8:a9:d3:6e:ad:55:31:56:bb:43:0f:a0:4e:66:91';
const pull = (more = '') =>
  `{ kind: sync, direction: pull, from: src, to: dst, account: reader, via: backup${more} }`;
const yaml = (flows: string, accounts = '') =>
  twoSites(`
datastores: { src: { host: pbs-home, path: /src }, dst: { host: pbs-dc, path: /dst } }
accounts: { reader: { kind: pbs, on: pbs-home, id: "sync@pbs!dc", secret: reader-secret }${accounts} }
flows: { ${flows} }`);

describe('remote.cfg', () => {
  it('addresses the other PBS on the network of the flow', () => {
    expect(fileOf('pbs-remote', yaml(`f: ${pull()}`), 'pbs-dc')).toBe(
      `remote: pbs-home\n\tauth-id sync@pbs!dc\n\tfingerprint ${FINGERPRINT}\n\thost 10.10.30.20\n\tpassword @@offsite:reader-secret:base64@@\n`,
    );
  });

  it.each([
    ['IPv6 without brackets', /address: 10.10.30.20/, 'address6: "fd00:30::20"', 'host fd00:30::20'],
    [
      'a declared address',
      'api: { fingerprint',
      'api: { address: pbs.example.com, fingerprint',
      'host pbs.example.com',
    ],
    ['a port', 'api: { fingerprint', 'api: { port: 8443, fingerprint', 'port 8443'],
  ])('%s', (_, from, to, line) => {
    expect(fileOf('pbs-remote', yaml(`f: ${pull()}`).replace(from, to), 'pbs-dc')).toContain(`\t${line}\n`);
  });

  it('leaves the usual port out', () => {
    const text = yaml(`f: ${pull()}`).replace('api: { fingerprint', 'api: { port: 8007, fingerprint');
    expect(fileOf('pbs-remote', text, 'pbs-dc')).not.toContain('port');
  });

  it('pins nothing where the certificate is from a public CA', () => {
    const push = '{ kind: sync, direction: push, from: src, to: dst, account: writer, via: backup }';
    const text = yaml(`f: ${push}`, ', writer: { kind: pbs, on: pbs-dc, id: w@pbs }');
    expect(fileOf('pbs-remote', text, 'pbs-home')).toBe(
      'remote: pbs-dc\n\tauth-id w@pbs\n\thost 10.20.30.20\n\tpassword @@offsite:writer:base64@@\n',
    );
  });

  it('is written once for flows that share it', () => {
    expect(
      fileOf('pbs-remote', yaml(`f: ${pull()}, g: ${pull(', id: other')}`), 'pbs-dc')?.match(/^remote:/gm),
    ).toHaveLength(1);
  });

  it('is no template where there is no remote', () => {
    const { artifacts } = lowerText('pbs-remote', yaml(`f: ${pull()}`));
    expect(artifacts.map(({ target, folder }) => `${folder} ${target}`)).toEqual([
      'fill pbs-dc',
      'root pbs-home',
    ]);
  });

  it('has no section for local, planned and retired flows', () => {
    expect(fileOf('pbs-remote', yaml(`f: ${pull(', state: planned')}`), 'pbs-dc')).toBe('');
    const retired = lowerText('pbs-remote', yaml(`f: ${pull(', state: retired')}`));
    expect(renderLowered(retired)['pbs-dc:remote.cfg']).toBe('');
    expect(retired.changes.map(({ verb, kind, name }) => `${verb} ${kind} ${name}`)).toEqual([
      'removes remote pbs-home',
    ]);
    expect(retired.steps.map(({ commands }) => commands[0])).toEqual([
      'if proxmox-backup-manager remote show pbs-home >/dev/null 2>&1; then\n  proxmox-backup-manager remote remove pbs-home\nfi',
    ]);
  });
});

describe('refused', () => {
  it('one id for two accounts', () => {
    const other = pull().replace('reader', 'second');
    const text = yaml(`f: ${pull()}, g: ${other}`, ', second: { kind: pbs, on: pbs-home, id: "sync@pbs!b" }');
    expect(codesOf(lowerText('pbs-remote', text))).toEqual(['section-twice flows.g']);
    const named = yaml(
      `f: ${pull()}, g: ${other.replace(' }', ', remote: second }')}`,
      ', second: { kind: pbs, on: pbs-home, id: "sync@pbs!b" }',
    );
    expect(codesOf(lowerText('pbs-remote', named))).toEqual([]);
  });

  it('a far end without an address on the network', () => {
    const text = yaml(`f: ${pull()}`).replace('address: 10.10.30.20', 'dhcp: true');
    expect(codesOf(lowerText('pbs-remote', text))).toEqual(['no-address-on-via flows.f.via']);
  });

  it('a pending fingerprint withholds the file', () => {
    const text = yaml(`f: ${pull()}`).replace(/fingerprint: "[^"]*"/, 'fingerprint: pending');
    const lowered = lowerText('pbs-remote', text);
    expect(codesOf(lowered)).toEqual(['pending-value hosts.pbs-home.api.fingerprint']);
    expect(lowered.withheld.map(({ target, how }) => `${target} ${how}`)[0]).toContain(
      '`proxmox-backup-manager cert info`',
    );
    expect(Object.keys(renderLowered(lowered))).toEqual(['pbs-home:remote.cfg']);
  });
});
