import { describe, expect, it } from 'vitest';
import { namespacesOf } from '../../src/analyses/namespaces.ts';
import { topologyOf } from '../support/topology.ts';

const text = (stores: string, flows: string) => `
offsite: 1
sites: { s: { timezone: UTC } }
hosts: { pbs: { site: s, roles: { pbs: "4.2.3" } } }
datastores: ${stores}
flows: ${flows}
`;
const local = (from: string, to: string, more = '') =>
  `{ kind: sync, direction: local, via: local, from: "${from}", to: "${to}"${more} }`;
const STORES =
  '{ a: { host: pbs, path: /a, namespaces: { x/y: {} } }, b: { host: pbs, path: /b }, c: { host: pbs, path: /c } }';
const found = (yaml: string) =>
  Object.fromEntries(
    [...namespacesOf(topologyOf(yaml))].map(([store, known]) => [store.key, [...known.keys()]]),
  );

describe('namespacesOf', () => {
  it.each([
    ['declared ones and their parents', '{}', { a: ['x', 'x/y'] }],
    [
      'the target of a sync, mapped through a chain',
      `{ f: ${local('a', 'b:in')}, g: ${local('b', 'c')} }`,
      { a: ['x', 'x/y'], b: ['in', 'in/x', 'in/x/y'], c: ['in', 'in/x', 'in/x/y'] },
    ],
    [
      'only what the sync reaches',
      `{ f: ${local('a:x', 'b:in', ', max_depth: 0')} }`,
      { a: ['x', 'x/y'], b: ['in'] },
    ],
    ['one level less', `{ f: ${local('a', 'b', ', max_depth: 1')} }`, { a: ['x', 'x/y'], b: ['x'] }],
    [
      'nothing for a flow that is planned',
      `{ f: ${local('a', 'b:in', ', state: planned')} }`,
      { a: ['x', 'x/y'] },
    ],
  ])('%s', (_, flows, expected) => {
    expect(found(text(STORES, flows))).toEqual(expected);
  });

  it('ends where two syncs feed each other, at the depth that PBS allows', () => {
    const flows = `{ f: ${local('a', 'b:n')}, g: ${local('b', 'a:m')} }`;
    const depth = Math.max(...(found(text(STORES, flows)).a ?? []).map(name => name.split('/').length));
    expect(depth).toBe(7);
  });
});
