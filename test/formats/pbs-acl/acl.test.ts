import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facts, readPbsAcl, readPbsAclFile } from '../../../src/formats/pbs-acl/read.ts';
import { writePbsAcl } from '../../../src/formats/pbs-acl/write.ts';
import { buildAclTree, rolesOf } from '../../../src/proxmox/pbs-acl-tree.ts';
import { parseVersion } from '../../../src/proxmox/version.ts';
import vectors from '../../proxmox/pbs-vectors.json' with { type: 'json' };

interface AclVector {
  readonly case: string;
  readonly in: string;
  readonly parse: string;
  readonly error?: string;
  readonly rewritten?: string;
  readonly roles?: readonly { readonly auth: string; readonly path: string; readonly roles: object }[];
}

const all: readonly AclVector[] = vectors.acl;

describe('what upstream does with acl.cfg', () => {
  it.each(all)('$case', vector => {
    const document = readPbsAcl(vector.in);
    if (vector.parse === 'error') {
      expect(document.errors[0]?.line).toBe(Number(/line (\d+)/.exec(vector.error ?? '')?.[1]));
      return;
    }
    expect(document.errors).toEqual([]);
    expect(writePbsAcl(document.entries)).toBe(vector.rewritten);
    const tree = buildAclTree(document.entries);
    for (const { auth, path, roles } of vector.roles ?? []) {
      expect(Object.fromEntries(rolesOf(tree, auth, path))).toEqual(roles);
    }
  });
});

describe('readPbsAcl', () => {
  it.each<[string, string, string]>([
    ['a role of a newer server', 'acl:1:/remote:a@pbs:RemoteSyncPushOperator', 'needs 3.2.11 (release 3.3)'],
    ['an unknown role beside a good one', 'acl:1:/:a@pbs:Audit,Foo', 'unknown role "Foo"'],
    ['six fields', 'acl:1:/:a@pbs:Audit:', '5 fields'],
    ['another word', 'ACL:1:/:a@pbs:Audit', 'starts with "acl"'],
    ['a realm of one letter', 'acl:1:/:a@b:Audit', 'realm'],
  ])('refuses %s', (_, text, message) => {
    const version = parseVersion('3.2.0');
    if (version === undefined) throw new Error('no version');
    expect(
      readPbsAcl(text, version)
        .errors.map(error => error.message)
        .join(),
    ).toContain(message);
  });

  it.each<[string, string]>([
    ['a path that the API does not know', 'acl:1:/foo:a@pbs:Audit'],
    ['a path with a slash at the end', 'acl:1:/datastore/:a@pbs:Audit'],
    ['a group', 'acl:1:/:@ops:Audit'],
    ['root', 'acl:1:/:root@pam:Audit'],
  ])('warns of %s', (_, text) => {
    const document = readPbsAcl(text);
    expect(document.errors).toEqual([]);
    expect(document.hazards).toHaveLength(1);
    expect(readPbsAclFile(text).errors).toEqual(document.hazards);
  });

  it('states one fact per id and role, in file order', () => {
    const text = 'acl:1:/datastore/b:b@pbs,a@pbs:Audit\n\nacl:0:/:c@pbs!t:DatastoreReader,Admin\n';
    expect(facts(readPbsAcl(text))).toEqual([
      { at: 'acl:1:/datastore/b:b@pbs', value: 'Audit', line: 1 },
      { at: 'acl:1:/datastore/b:a@pbs', value: 'Audit', line: 1 },
      { at: 'acl:0:/:c@pbs!t', value: 'DatastoreReader', line: 3 },
      { at: 'acl:0:/:c@pbs!t', value: 'Admin', line: 3 },
    ]);
  });

  it('never throws, and the canonical form means the same', () => {
    const line = fc
      .record({
        propagate: fc.constantFrom('0', '1'),
        path: fc.constantFrom('/', '/datastore', '/datastore/a', '/datastore//a/', '/remote/r', 'x'),
        ids: fc.array(fc.constantFrom('a@pbs', 'b@pbs!t', '@g', 'root@pam!t'), {
          minLength: 1,
          maxLength: 3,
        }),
        roles: fc.array(fc.constantFrom('Admin', 'NoAccess', 'Audit', 'DatastoreReader'), {
          minLength: 1,
          maxLength: 3,
        }),
      })
      .map(
        ({ propagate, path, ids, roles }) => `acl:${propagate}:${path}:${ids.join(',')}:${roles.join(',')}`,
      );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), lines => {
        const { entries, errors } = readPbsAcl(lines.join('\n'));
        expect(errors).toEqual([]);
        const text = writePbsAcl(entries);
        const again = readPbsAcl(text);
        expect(writePbsAcl(again.entries)).toBe(text);
        for (const id of ['a@pbs', 'b@pbs!t', 'root@pam!t']) {
          for (const path of ['/', '/datastore', '/datastore/a/n', '/remote/r']) {
            expect(new Map(rolesOf(buildAclTree(again.entries), id, path))).toEqual(
              new Map(rolesOf(buildAclTree(entries), id, path)),
            );
          }
        }
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void writePbsAcl(readPbsAcl(text).entries)));
  });

  it('is linear, also for deep paths and many ids', () => {
    const start = performance.now();
    writePbsAcl(readPbsAcl(`acl:1:${'/a'.repeat(3000)}:a@pbs:Admin\n`).entries);
    const ids = Array.from({ length: 20_000 }, (_, index) => `user${index}@pbs`);
    writePbsAcl(readPbsAcl(ids.map(id => `acl:1:/:${id}:Audit\n`).join('')).entries);
    readPbsAcl(':'.repeat(500_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
