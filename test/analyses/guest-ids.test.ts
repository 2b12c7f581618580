import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsId, idOverlap, isPartOf } from '../../src/analyses/guest-ids.ts';
import type { Cluster, Guests } from '../../src/model/topology.ts';

const one = { key: 'one' } as Cluster;
const two = { key: 'two' } as Cluster;
const guests = (cluster: Cluster, spec: Omit<Guests['spec'], 'cluster'>): Guests => ({
  key: 'g',
  path: ['guests', 'g'],
  cluster,
  spec: { cluster: cluster.key, ...spec },
});

describe('idOverlap', () => {
  it.each([
    ['two lists that meet', guests(one, { ids: [1, 2] }), guests(two, { ids: [2, 3] }), 'certain'],
    ['two lists apart', guests(one, { ids: [1] }), guests(two, { ids: [3] }), 'none'],
    ['all of two clusters', guests(one, { all: true }), guests(two, { all: true }), 'possible'],
    ['all and a pool of one cluster', guests(one, { all: true }), guests(one, { pool: 'p' }), 'certain'],
    ['two pools of one cluster', guests(one, { pool: 'p' }), guests(one, { pool: 'q' }), 'possible'],
    ['a list inside all', guests(one, { ids: [1] }), guests(one, { all: true }), 'certain'],
    ['a list of another cluster', guests(one, { ids: [1] }), guests(two, { all: true }), 'possible'],
    [
      'a list that is excluded',
      guests(one, { ids: [1] }),
      guests(two, { all: true, exclude: [1, 2] }),
      'none',
    ],
    ['a list and a pool', guests(one, { ids: [1] }), guests(two, { pool: 'p' }), 'possible'],
  ])('%s', (_, a, b, expected) => {
    expect(idOverlap(a, b)).toBe(expected);
    expect(idOverlap(b, a)).toBe(expected);
  });
});

describe('within one cluster', () => {
  // Guests 1 to 6 exist: sets can be written out and compared.
  const id = fc.integer({ min: 1, max: 6 });
  const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 6 });
  const set = fc.oneof(
    ids.map(list => guests(one, { ids: list })),
    ids.map(exclude => guests(one, { all: true, exclude })),
    fc.constant(guests(one, { all: true })),
  );
  const members = (of: Guests): number[] => [1, 2, 3, 4, 5, 6].filter(each => holdsId(of, each));

  it('a part has no guest that the whole lacks', () => {
    fc.assert(
      fc.property(set, set, (inner, outer) => {
        if (isPartOf(inner, outer)) expect(members(outer)).toEqual(expect.arrayContaining(members(inner)));
      }),
    );
  });

  it('a list that lies in `all` is part of it', () => {
    fc.assert(
      fc.property(ids, ids, (list, exclude) => {
        const outer = guests(one, { all: true, exclude });
        const inside = list.every(each => !exclude.includes(each));
        expect(isPartOf(guests(one, { ids: list }), outer)).toBe(inside);
      }),
    );
  });

  it('sets that share nothing do not overlap for certain', () => {
    fc.assert(
      fc.property(ids, set, (list, other) => {
        const shared = members(other).some(each => list.includes(each));
        expect(idOverlap(guests(one, { ids: list }), other)).toBe(shared ? 'certain' : 'none');
      }),
    );
  });
});

it('members of a pool are not known', () => {
  expect(holdsId(guests(one, { pool: 'p' }), 1)).toBeUndefined();
  expect(isPartOf(guests(one, { pool: 'p' }), guests(two, { all: true }))).toBe(false);
});
