import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOf } from '../../src/analyses/access.ts';
import { topologyOf } from '../support/topology.ts';

const text = (accounts: string, rest: string) => `
offsite: 1
sites: { s: { timezone: UTC, vlans: { v: { subnet: 10.0.0.0/24 } } } }
hosts:
  one: { site: s, roles: { pbs: "4.2.3" }, nics: { eth0: { vlan: v, address: 10.0.0.1 } } }
  two: { site: s, roles: { pbs: "4.2.3" }, nics: { eth0: { vlan: v, address: 10.0.0.2 } } }
  pve: { site: s, roles: { pve: "9.1.4" }, nics: { eth0: { vlan: v, address: 10.0.0.3 } } }
datastores: { src: { host: one, path: /src }, dst: { host: two, path: /dst }, near: { host: one, path: /near } }
accounts: ${accounts}
${rest}
`;

/** `path id role` per grant, `(not below)` where it does not propagate. */
const grants = (yaml: string, host = 'one') => {
  const topology = topologyOf(yaml);
  const access = accessOf(topology).get(topology.hosts.get(host) ?? expect.unreachable(host));
  return (access?.grants ?? []).map(
    ({ path, authId, role, propagate }) => `${path} ${authId} ${role}${propagate ? '' : ' (not below)'}`,
  );
};

const pbs = (id: string, more = '', on = 'one') => `{ kind: pbs, on: ${on}, id: "${id}"${more} }`;
const sync = (more: string) => `flows: { f: { kind: sync, via: s/v, ${more} } }`;

describe('what flows need', () => {
  it.each([
    [
      'a storage writes its own backups',
      pbs('u@pbs'),
      'storages: { st: { cluster: pve, datastore: "src:ns", account: u, via: s/v } }',
      ['/datastore/src/ns u@pbs DatastoreBackup'],
    ],
    [
      'retention at a storage is not PVE’s to apply, and needs no more',
      pbs('u@pbs'),
      'storages: { st: { cluster: pve, datastore: src, account: u, via: s/v, retention: { keep_last: 3 } } }',
      ['/datastore/src u@pbs DatastoreBackup'],
    ],
    [
      'a host backup',
      pbs('u@pbs'),
      'flows: { f: { kind: host-backup, from: pve, to: src, account: u, via: s/v, paths: { etc: /etc } } }',
      ['/datastore/src u@pbs DatastoreBackup'],
    ],
    [
      'a pull reads, and only reads',
      pbs('u@pbs'),
      sync('direction: pull, from: "src:a/b", to: dst, account: u'),
      ['/datastore/src/a/b u@pbs DatastoreReader'],
    ],
    [
      'a push writes',
      pbs('u@pbs', '', 'two'),
      sync('direction: push, from: src, to: "dst:in", account: u'),
      ['/datastore/dst/in u@pbs DatastoreBackup'],
      'two',
    ],
    [
      'a push with deletions prunes',
      pbs('u@pbs', '', 'two'),
      sync('direction: push, from: src, to: dst, account: u, propagate_deletions: true'),
      ['/datastore/dst u@pbs DatastorePowerUser'],
      'two',
    ],
    [
      'the owner of a local sync',
      pbs('u@pbs'),
      sync('direction: local, via: local, from: src, to: "near:in", owner: u').replace('via: s/v, ', ''),
      ['/datastore/near/in u@pbs DatastoreBackup', '/datastore/src u@pbs DatastoreReader'],
    ],
    [
      'a token and its user',
      pbs('u@pbs!t'),
      sync('direction: pull, from: src, to: dst, account: u'),
      ['/datastore/src u@pbs DatastoreReader', '/datastore/src u@pbs!t DatastoreReader'],
    ],
    [
      'a token of root, who has everything',
      pbs('root@pam!t'),
      sync('direction: pull, from: src, to: dst, account: u'),
      ['/datastore/src root@pam!t DatastoreReader'],
    ],
    ['root itself', pbs('root@pam'), sync('direction: pull, from: src, to: dst, account: u'), []],
    [
      'nothing for a planned flow',
      pbs('u@pbs'),
      sync('direction: pull, from: src, to: dst, account: u, state: planned'),
      [],
    ],
    [
      'nothing when the topology says only what is declared',
      pbs('u@pbs', ', derive_grants: false'),
      sync('direction: pull, from: src, to: dst, account: u'),
      [],
    ],
  ])('%s', (_, account, rest, expected, host = 'one') => {
    expect(grants(text(`{ u: ${account} }`, rest), host)).toEqual(expected);
  });

  it('the owner of a push reads here and writes there', () => {
    const accounts = `{ u: ${pbs('u@pbs', '', 'two')}, o: ${pbs('o@pbs')} }`;
    const flow = (more: string) =>
      sync(`direction: push, from: "src:a", to: "dst:in", account: u, owner: o, remote: r2${more}`);
    expect(grants(text(accounts, flow('')))).toEqual([
      '/datastore/src/a o@pbs DatastoreReader',
      '/remote/r2/dst/in o@pbs RemoteSyncPushOperator',
    ]);
    expect(grants(text(accounts, flow(', propagate_deletions: true')))[1]).toBe(
      '/remote/r2/dst/in o@pbs RemoteDatastorePowerUser',
    );
  });

  it('keeps the needs where nothing is granted', () => {
    const topology = topologyOf(
      text(
        `{ u: ${pbs('u@pbs', ', derive_grants: false')} }`,
        sync('direction: pull, from: src, to: dst, account: u'),
      ),
    );
    const [access] = [...accessOf(topology).values()];
    expect(access?.needs.map(({ path, role }) => `${path} ${role}`)).toEqual([
      '/datastore/src DatastoreReader',
    ]);
  });
});

describe('declared grants', () => {
  const declared = (id: string, list: string, rest = '') =>
    grants(text(`{ u: ${pbs(id, `, grants: [${list}]`)} }`, rest));
  const pull = sync('direction: pull, from: "src:a", to: dst, account: u');

  it.each([
    [
      'are inherited, so deeper paths repeat them',
      'u@pbs',
      '{ role: Audit, path: / }',
      pull,
      ['/ u@pbs Audit', '/datastore/src/a u@pbs Audit', '/datastore/src/a u@pbs DatastoreReader'],
    ],
    [
      'are not repeated when they stop',
      'u@pbs',
      '{ role: Audit, path: /, propagate: false }',
      pull,
      ['/ u@pbs Audit (not below)', '/datastore/src/a u@pbs DatastoreReader'],
    ],
    [
      'with more than a flow needs replace its role',
      'u@pbs',
      '{ role: DatastoreAdmin, path: /datastore/src }',
      pull,
      ['/datastore/src u@pbs DatastoreAdmin', '/datastore/src/a u@pbs DatastoreAdmin'],
    ],
    [
      'are not swallowed by wider ones',
      'u@pbs',
      '{ role: DatastoreAudit, path: /datastore/src }, { role: DatastoreAdmin, path: /datastore/src }',
      '',
      ['/datastore/src u@pbs DatastoreAdmin', '/datastore/src u@pbs DatastoreAudit'],
    ],
    [
      'NoAccess stands alone and nothing passes it',
      'u@pbs',
      '{ role: Audit, path: / }, { role: NoAccess, path: /datastore/src }',
      pull,
      ['/ u@pbs Audit', '/datastore/src u@pbs NoAccess', '/datastore/src/a u@pbs DatastoreReader'],
    ],
    [
      'NoAccess keeps what a flow needs away',
      'u@pbs',
      '{ role: NoAccess, path: /datastore/src/a }',
      pull,
      ['/datastore/src/a u@pbs NoAccess'],
    ],
    [
      'NoAccess of a token is not that of its user',
      'u@pbs!t',
      '{ role: NoAccess, path: /datastore }',
      '',
      ['/datastore u@pbs!t NoAccess'],
    ],
  ])('%s', (_, id, list, rest, expected) => {
    expect(declared(id, list, rest)).toEqual(expected);
  });

  it('leave a user alone whose rights are closed', () => {
    const accounts = `{ t: ${pbs('u@pbs!t', ', grants: [{ role: Audit, path: / }]')}, u: ${pbs('u@pbs', ', derive_grants: false')} }`;
    expect(grants(text(accounts, ''))).toEqual(['/ u@pbs!t Audit']);
  });

  it('of a path are those of its nearest ancestors, for any tree of paths', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'a-'), { maxLength: 4 })
      .map(parts => `/${parts.join('/')}`);
    const role = fc.constantFrom('DatastoreAudit', 'DatastoreBackup', 'RemoteAudit', 'TapeAudit');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ path, role }), { selector: JSON.stringify, maxLength: 8 }),
        list => {
          const yaml = list.map(grant => `{ role: ${grant.role}, path: "${grant.path}" }`).join(', ');
          for (const entry of declared('u@pbs', yaml)) {
            const [at = '', , granted = ''] = entry.split(' ');
            const above = list.filter(
              grant => at === grant.path || at.startsWith(grant.path === '/' ? '/' : `${grant.path}/`),
            );
            expect(above.map(grant => grant.role)).toContain(granted);
          }
          for (const { path: at, role: granted } of list) {
            const below = list.filter(
              other => other.path === at || other.path.startsWith(at === '/' ? '/' : `${at}/`),
            );
            for (const other of below)
              expect(declared('u@pbs', yaml)).toContain(`${other.path} u@pbs ${granted}`);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
