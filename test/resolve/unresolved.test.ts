import { expect, test } from 'vitest';
import type { TopologyPath } from '../../src/diagnostics/diagnostic.ts';
import type { OffsiteTopology } from '../../src/model/spec.ts';
import { createScope } from '../../src/resolve/scope.ts';

const spec: OffsiteTopology = { offsite: 1, sites: {}, hosts: {} };
const names = (count: number): Map<string, number> =>
  new Map(Array.from({ length: count }, (_, index) => [`name-${index}`, index]));

function helpFor(poisoned: readonly TopologyPath[], collection: string, name: string): string | undefined {
  const scope = createScope(spec, poisoned);
  scope.refer(collection, names(9), name, ['flows', 'f', 'to']);
  return scope.diagnostics[0]?.help;
}

test('an unknown name comes with a similar one and the first eight', () => {
  expect(helpFor([], 'storages', 'nmae-3')).toBe(
    'did you mean `name-3`? known: `name-0`, `name-1`, `name-2`, `name-3`, `name-4`, `name-5`, `name-6`, `name-7` and 1 more',
  );
});

test.each([
  ['clusters', ['clusters', 'gone']],
  ['clusters', ['hosts', 'gone', 'nics']],
  ['clusters', ['hosts']],
  ['hosts', ['hosts', 'gone']],
])('%s: what was left out at %o is no mistake of who refers to it', (collection, poisoned) => {
  expect(helpFor([poisoned], collection, 'gone')).toBeUndefined();
});

test('a host left out is none of another collection', () => {
  expect(helpFor([['hosts', 'gone']], 'storages', 'gone')).toBeDefined();
});

test.each([
  ['storages', 'main', '`main` is a datastore and an account; known:'],
  ['tunnels', 'lan', '`lan` is a VLAN: write `home/lan` or `far/lan`; known:'],
  ['tunnels', 'far', '`far` is a site; known:'],
  ['vlans', 'home', '`home` is a site; known:'],
  ['clusters', 'pve', 'known:'],
])('%s: %s is said to be what it is', (collection, name, expected) => {
  const timezone = 'UTC';
  const scope = createScope(
    {
      offsite: 1,
      sites: { home: { timezone, vlans: { lan: {} } }, far: { timezone, vlans: { lan: {} } } },
      hosts: { pve: { site: 'home', roles: {} } },
      datastores: { main: { host: 'pbs', path: '/mnt/main' } },
      accounts: { main: { kind: 's3' } },
    } as unknown as OffsiteTopology,
    [],
  );
  scope.refer(collection, names(9), name, ['flows', 'f', 'to']);
  expect(scope.diagnostics[0]?.help?.indexOf(expected)).toBe(0);
});

test('after 200 unknown names no similar one is looked for', () => {
  const scope = createScope(spec, []);
  for (let index = 0; index < 201; index += 1)
    scope.refer('storages', names(9), 'nmae-3', ['flows', `f${index}`]);
  const guessed = scope.diagnostics.filter(({ help }) => help?.startsWith('did you mean'));
  expect(scope.diagnostics).toHaveLength(201);
  expect(guessed).toHaveLength(200);
});
