import { describe, expect, it } from 'vitest';
import { readPbsAcl } from '../../src/formats/pbs-acl/read.ts';
import { aclPathProblem } from '../../src/proxmox/pbs-acl-path.ts';
import { buildAclTree, privilegesOn } from '../../src/proxmox/pbs-acl-tree.ts';
import { pbsRole, pbsRoleNames, privilegeBit, privilegeNames } from '../../src/proxmox/pbs-roles.ts';
import { parseVersion } from '../../src/proxmox/version.ts';
import vectors from './pbs-vectors.json' with { type: 'json' };

const READER = ['Datastore.Audit', 'Datastore.Read', 'Datastore.Verify'];

const privileges = (acl: string, authId: string, path: string): string[] =>
  privilegeNames(privilegesOn(buildAclTree(readPbsAcl(acl).entries), authId, path));

describe('effective privileges', () => {
  it.each<[string, string, string, string, string[]]>([
    [
      'a propagating role reaches below',
      'acl:1:/datastore:u@pbs:DatastoreReader',
      'u@pbs',
      '/datastore/a/n',
      READER,
    ],
    ['a non-propagating one does not', 'acl:0:/datastore:u@pbs:DatastoreReader', 'u@pbs', '/datastore/a', []],
    ['but holds on its own path', 'acl:0:/datastore:u@pbs:DatastoreReader', 'u@pbs', '/datastore', READER],
    [
      'a deeper entry replaces',
      'acl:1:/datastore:u@pbs:Admin\nacl:1:/datastore/x:u@pbs:DatastoreAudit',
      'u@pbs',
      '/datastore/x',
      ['Datastore.Audit'],
    ],
    [
      'entries on one node add up',
      'acl:1:/datastore:u@pbs:DatastoreAudit\nacl:0:/datastore:u@pbs:DatastoreBackup',
      'u@pbs',
      '/datastore',
      ['Datastore.Audit', 'Datastore.Backup'],
    ],
    ['a token needs its user', 'acl:1:/:u@pbs!t:DatastoreReader', 'u@pbs!t', '/datastore/a', []],
    ['a token needs its own', 'acl:1:/:u@pbs:DatastoreReader', 'u@pbs!t', '/datastore/a', []],
    [
      'a token has what both have',
      'acl:1:/:u@pbs:Audit\nacl:1:/datastore:u@pbs!t:DatastoreReader',
      'u@pbs!t',
      '/datastore/a',
      ['Datastore.Audit'],
    ],
    [
      'a token of root has its own only',
      'acl:1:/:root@pam!t:Audit',
      'root@pam!t',
      '/',
      ['Sys.Audit', 'Datastore.Audit'],
    ],
    ['NoAccess read last', 'acl:1:/:u@pbs:Admin,NoAccess', 'u@pbs', '/', []],
    ['NoAccess read first', 'acl:1:/:u@pbs:NoAccess,DatastoreAudit', 'u@pbs', '/', ['Datastore.Audit']],
    ['another user', 'acl:1:/:u@pbs:Admin', 'v@pbs', '/', []],
  ])('%s', (_, acl, authId, path, expected) => expect(privileges(acl, authId, path)).toEqual(expected));

  it('gives root everything, whatever stands there', () => {
    expect(privileges('acl:1:/:root@pam:NoAccess', 'root@pam', '/x')).toHaveLength(23);
  });
});

describe('roles', () => {
  it('are complete and sum up', () => {
    expect(pbsRoleNames()).toHaveLength(18);
    expect(privilegeNames(pbsRole('Admin')?.mask ?? 0)).toHaveLength(23);
    expect(pbsRole('DatastoreReader')?.mask).toBe(
      privilegeBit('Datastore.Audit') | privilegeBit('Datastore.Verify') | privilegeBit('Datastore.Read'),
    );
    expect(pbsRole('NoAccess')?.mask).toBe(0);
    expect(pbsRole('constructor')).toBeUndefined();
    expect(() => privilegeBit('toString')).toThrow();
  });

  it('came with versions', () => {
    expect(pbsRoleNames(parseVersion('3.2'))).not.toContain('RemoteSyncPushOperator');
    expect(pbsRoleNames(parseVersion('3.4'))).toContain('RemoteSyncPushOperator');
  });
});

describe('ACL paths of the API', () => {
  it.each(vectors.aclPath)('$in: $api', ({ in: path, api }) =>
    expect(aclPathProblem(path) === undefined).toBe(api),
  );

  it.each([
    ['/access/openid/x', true],
    ['/access/openid/x/y', false],
    ['/access/acl/x', false],
    ['/remote/r/s/a/b/c/d/e/f/g', true],
    ['/remote/r/s/a/b/c/d/e/f/g/h', false],
    ['/system/network', true],
    ['/system/network/dns/x', false],
    ['/system/foo', false],
    ['/tape', true],
    ['/access', true],
    [`/datastore/${'x'.repeat(120)}`, false],
  ])('%s: %s', (path, api) => expect(aclPathProblem(path) === undefined).toBe(api));

  it.each([
    ['/system/s3-endpoint/x', '3.4', '4.0.9'],
    ['/system/encryption-keys', '4.1', '4.1.9'],
  ])('%s is younger than %s', (path, version, since) => {
    expect(aclPathProblem(path, parseVersion(version))).toContain(since);
    expect(aclPathProblem(path, parseVersion('4.2'))).toBeUndefined();
  });
});
