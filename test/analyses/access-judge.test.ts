import { describe, expect, it } from 'vitest';
import { accessOf } from '../../src/analyses/access.ts';
import { disabledBy, isPathWithin, shortfalls } from '../../src/analyses/access-judge.ts';
import { topologyOf } from '../support/topology.ts';

const text = (accounts: string, storage = '') => `
offsite: 1
sites: { home: { timezone: UTC } }
hosts: { pbs: { site: home, roles: { pbs: "4.2.3" } }, pve: { site: home, roles: { pve: "9.1.4" } } }
datastores: { main: { host: pbs, path: /main } }
accounts: { ${accounts} }
storages: { main: { cluster: pve, datastore: "main:a/b", account: used, via: internet${storage} } }
`;
const account = (key: string, id: string, more = '') => `${key}: { kind: pbs, on: pbs, id: "${id}"${more} }`;
const closed = (role: string, path: string) =>
  `, derive_grants: false, grants: [{ role: ${role}, path: ${path} }]`;
const found = (yaml: string) =>
  [...accessOf(topologyOf(yaml)).values()]
    .flatMap(shortfalls)
    .map(({ missing, lackedBy }) => `${lackedBy}: ${missing.join()}`);

describe('shortfalls', () => {
  it.each([
    ['derived rights are enough', account('used', 'pve@pbs!node'), []],
    [
      'closed rights with the least role',
      account('used', 'pve@pbs', closed('DatastoreBackup', '/datastore')),
      [],
    ],
    ['a wider role', account('used', 'pve@pbs', closed('Admin', '/')), []],
    [
      'the wrong role',
      account('used', 'pve@pbs', closed('DatastoreReader', '/')),
      ['account: Datastore.Backup'],
    ],
    [
      'beside its path',
      account('used', 'pve@pbs', closed('Admin', '/datastore/main/a/c')),
      ['account: Datastore.Backup'],
    ],
    [
      'a user with less than its token',
      `${account('used', 'pve@pbs!node')}, ${account('user', 'pve@pbs', closed('Audit', '/'))}`,
      ['user: Datastore.Backup'],
    ],
  ])('%s', (_, accounts, expected) => {
    expect(found(text(accounts))).toEqual(expected);
  });

  it('retention at a storage needs no right to prune: PVE is told to keep all', () => {
    const yaml = text(
      account('used', 'pve@pbs', closed('DatastoreBackup', '/')),
      ', retention: { keep_last: 3 }',
    );
    expect(found(yaml)).toEqual([]);
  });
});

it('a token is off with its user, a user is not off with its token', () => {
  const topology = topologyOf(
    text(
      `${account('used', 'pve@pbs!node')}, ${account('user', 'pve@pbs', ', enable: false')}, ${account('other', 'b@pbs')}, ${account('off', 'b@pbs!off', ', enable: false')}`,
    ),
  );
  const off = [...disabledBy(topology, undefined)].map(([key, cause]) => `${key.key} by ${cause.key}`);
  expect(off.toSorted()).toEqual(['off by off', 'used by user', 'user by user']);
});

it.each([
  ['/datastore/a', '/', true],
  ['/datastore/a', '/datastore/a', true],
  ['/datastore/ab', '/datastore/a', false],
  ['/datastore', '/datastore/a', false],
])('%s within %s: %s', (inner, outer, expected) => {
  expect(isPathWithin(inner, outer)).toBe(expected);
});
