import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOf, type Grant } from '../../../src/analyses/access.ts';
import { aclLines, lowerPbsAcl } from '../../../src/artifacts/pbs-acl/lower.ts';
import { readPbsAcl } from '../../../src/formats/pbs-acl/read.ts';
import { writePbsAcl } from '../../../src/formats/pbs-acl/write.ts';
import { buildAclTree, privilegesOn } from '../../../src/proxmox/pbs-acl-tree.ts';
import { pbsRole } from '../../../src/proxmox/pbs-roles.ts';
import { codesOf, fileOf, lowerText, renderLowered, twoSites } from '../../support/pbs.ts';
import { topologyOf, topologyOfFile } from '../../support/topology.ts';

const account = (id: string, grants = '') => `{ kind: pbs, on: pbs-home, id: "${id}", grants: [${grants}] }`;
const yaml = (accounts: string, version = '4.2.3') =>
  twoSites(`accounts: { ${accounts} }`, { home: version, dc: version });

describe('acl.cfg', () => {
  it('joins ids and roles as PBS does, what stops before what propagates', () => {
    const accounts = [
      `a: ${account('b@pbs!t', '{ role: DatastoreBackup, path: /datastore/one }')}`,
      `b: ${account('m@pbs', '{ role: Audit, path: / }, { role: RemoteAudit, path: /remote, propagate: false }')}`,
      `c: ${account('a@pbs', '{ role: TapeAudit, path: /remote }, { role: Audit, path: /remote }')}`,
    ].join(', ');
    expect(fileOf('pbs-acl', yaml(accounts), 'pbs-home')).toBe(
      `acl:1:/:m@pbs:Audit
acl:1:/datastore/one:b@pbs,b@pbs!t:DatastoreBackup
acl:0:/remote:m@pbs:RemoteAudit
acl:1:/remote:a@pbs:TapeAudit
acl:1:/remote:a@pbs,m@pbs:Audit
`,
    );
  });

  it('is there, empty, where nobody has rights', () => {
    expect(fileOf('pbs-acl', yaml(''), 'pbs-home')).toBe('');
  });

  it('is the form in which PBS saves it, for any grants', () => {
    const grant = fc.record({
      authId: fc.constantFrom('a@pbs', 'a@pbs!t', 'b@pbs', 'a-b@pbs', 'ä@pbs'),
      path: fc.constantFrom(
        '/',
        '/datastore',
        '/datastore/a',
        '/datastore/a-b',
        '/datastore/a/c',
        '/remote/x',
      ),
      role: fc.constantFrom('Admin', 'Audit', 'DatastoreBackup', 'TapeAudit'),
      propagate: fc.boolean(),
      declared: fc.constant(true),
      causes: fc.constant([['x']]),
    });
    const unique = fc.uniqueArray(grant, {
      selector: ({ authId, path, role }) => `${authId} ${path} ${role}`,
    });
    fc.assert(
      fc.property(unique, (grants: readonly Grant[]) => {
        const text = aclLines(grants)
          .map(
            ({ propagate, path, authIds, roles }) =>
              `acl:${propagate ? 1 : 0}:${path}:${authIds.join(',')}:${roles.join(',')}\n`,
          )
          .join('');
        expect(writePbsAcl(readPbsAcl(text).entries)).toBe(text);
        const entries = readPbsAcl(text).entries;
        const read = entries.flatMap(({ path, propagate, authIds, roles }) =>
          authIds.flatMap(id => roles.map(role => [path, id, role, propagate].join(' '))),
        );
        expect(read.sort()).toEqual(
          grants.map(({ path, authId, role, propagate }) => [path, authId, role, propagate].join(' ')).sort(),
        );
      }),
    );
  });

  it('gives each flow of the living example what it needs, as PBS evaluates the file', () => {
    const topology = topologyOfFile('topology.yaml');
    const access = accessOf(topology);
    const files = renderLowered(lowerPbsAcl(topology, access));
    const needs = [...access.values()].flatMap(entry => entry.needs);
    expect(needs.length).toBeGreaterThan(3);
    for (const {
      host,
      account: { spec },
      path,
      role,
    } of needs) {
      const tree = buildAclTree(readPbsAcl(files[`${host.key}:acl.cfg`] ?? '').entries);
      const mask = pbsRole(role)?.mask ?? -1;
      expect(privilegesOn(tree, spec.id, path) & mask).toBe(mask);
    }
  });
});

describe('refused', () => {
  it.each([
    [
      'a role that PBS does not have',
      '{ role: DatastoreRead, path: / }',
      'unknown-role accounts.a.grants.0.role',
    ],
    [
      'a path that PBS does not have',
      '{ role: Audit, path: /datastores/x }',
      'unknown-acl-path accounts.a.grants.0.path',
    ],
  ])('%s', (_, grant, code) => {
    expect(codesOf(lowerText('pbs-acl', yaml(`a: ${account('u@pbs!t', grant)}`)))).toEqual([code]);
  });

  it.each([
    ['{ role: DatastoreRead, path: / }', 'did you mean "DatastoreReader"? roles: '],
    ['{ role: datastoreaudit, path: / }', 'did you mean "DatastoreAudit"? roles: '],
    ['{ role: Audit, path: /datastores/x }', 'did you mean "/datastore/x"? PBS knows '],
    ['{ role: Audit, path: /datastor/x/ns }', 'did you mean "/datastore/x/ns"? PBS knows '],
    ['{ role: Audit, path: /system/loog }', 'did you mean "/system/log"? PBS knows '],
    ['{ role: Audit, path: /entirely/else }', 'PBS knows '],
  ])('%s, with what was meant', (grant, help) => {
    const { diagnostics } = lowerText('pbs-acl', yaml(`a: ${account('u@pbs!t', grant)}`));
    expect(diagnostics[0]?.help?.slice(0, help.length)).toBe(help);
  });
});

it('tells whoever runs a PBS of others which rights are needed', () => {
  const text = yaml(`a: ${account('u@pbs!t', '{ role: Audit, path: / }')}`).replace(
    'site: home\n',
    'site: home\n    managed: false\n',
  );
  const topology = topologyOf(text);
  const { external, artifacts } = lowerPbsAcl(topology, accessOf(topology));
  expect(external.map(({ name, blocks }) => [name, blocks[0]?.text])).toEqual([
    ['pbs-home', 'acl:1:/:u@pbs,u@pbs!t:Audit\n'],
  ]);
  expect(artifacts.map(({ target }) => target)).toEqual(['pbs-dc']);
});

it('takes away what retired flows and accounts had, and no more', () => {
  const rest = `datastores: { src: { host: pbs-home, path: /src }, dst: { host: pbs-dc, path: /dst } }
accounts:
  a: { kind: pbs, on: pbs-home, id: u@pbs, grants: [{ role: Audit, path: / }] }
  b: { kind: pbs, on: pbs-home, id: v@pbs, state: retired, grants: [{ role: Audit, path: / }] }
flows:
  f: { kind: sync, direction: pull, from: src, to: dst, account: a, via: backup, state: retired }
  g: { kind: sync, direction: pull, from: "src:kept", to: "dst:kept", account: a, via: backup }`;
  const { steps, changes } = lowerText('pbs-acl', twoSites(rest));
  expect(steps.find(({ order }) => order === 30)?.commands).toEqual([
    'proxmox-backup-manager acl update / Audit --auth-id v@pbs --delete true',
    'proxmox-backup-manager acl update /datastore/src Audit --auth-id u@pbs --delete true',
    'proxmox-backup-manager acl update /datastore/src DatastoreReader --auth-id u@pbs --delete true',
  ]);
  expect(changes).toHaveLength(3);
});
