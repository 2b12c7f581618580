import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeIds } from '../../../src/artifacts/place-ids.ts';
import { codesOf, fileOf, lowerText, twoSites } from '../../support/pbs.ts';

const yaml = (text: string) => twoSites(`datastores: { main: { host: pbs-dc, path: /srv, ${text} } }`);
const file = (text: string) => fileOf('pbs-prune', yaml(text), 'pbs-dc');

describe('prune.cfg', () => {
  it.each([
    [
      'the root namespace stays alone',
      'retention: { keep_daily: 7, keep_weekly: 4, schedule: "3:15" }',
      'prune: main\n\tkeep-daily 7\n\tkeep-weekly 4\n\tmax-depth 0\n\tschedule 03:15\n\tstore main\n',
    ],
    [
      'a declared depth',
      'retention: { keep_last: 1, max_depth: 2, schedule: daily }',
      'prune: main\n\tkeep-last 1\n\tmax-depth 2\n\tschedule daily\n\tstore main\n',
    ],
    [
      'a namespace',
      'namespaces: { a/b: { retention: { keep_yearly: 1, schedule: "04:00" } } }',
      'prune: main-a-b\n\tkeep-yearly 1\n\tmax-depth 0\n\tns a/b\n\tschedule 04:00\n\tstore main\n',
    ],
    ['all is kept: no job', 'retention: { keep_all: true }', ''],
    ['no retention: no job', 'comment: x', ''],
  ])('%s', (_, text, expected) => {
    expect(file(text)).toBe(expected);
  });

  it('needs a schedule', () => {
    expect(codesOf(lowerText('pbs-prune', yaml('retention: { keep_last: 1 }')))).toContain(
      'retention-without-schedule datastores.main.retention',
    );
  });

  it('lists the jobs of a retired datastore as removed', () => {
    const { changes } = lowerText(
      'pbs-prune',
      yaml('state: retired, retention: { keep_last: 1, schedule: daily }'),
    );
    expect(changes.map(({ target, verb, kind, name }) => [target, verb, kind, name].join(' '))).toEqual([
      'pbs-dc removes prune main',
    ]);
  });
});

describe('placeIds', () => {
  const long = 'x'.repeat(40);
  it.each([
    [
      'store, and store-namespace',
      [
        ['main', ''],
        ['main', 'a/b'],
      ],
      ['main', 'main-a-b'],
    ],
    [
      'two places of one spelling differ, the root keeps its name',
      [
        ['dc-main', ''],
        ['dc', 'main'],
      ],
      ['dc-main', /^dc-main-[0-9a-f]{8}$/],
    ],
    ['a long one is shortened', [['main', long]], [/^main-x{18}-[0-9a-f]{8}$/]],
  ] as const)('%s', (_, places, expected) => {
    const ids = placeIds(places.map(([store, namespace]) => ({ store, namespace })));
    expect(ids).toHaveLength(expected.length);
    for (const [index, want] of expected.entries())
      expect(ids[index]).toMatch(typeof want === 'string' ? new RegExp(`^${want}$`) : want);
  });

  it('are unique, valid and do not depend on the order of places', () => {
    const name = fc.stringMatching(/^[a-z][a-z-]{2,8}$/);
    const namespace = fc
      .array(fc.stringMatching(/^[a-z][a-z-]{0,12}$/), { maxLength: 4 })
      .map(parts => parts.join('/'));
    const places = fc.uniqueArray(fc.record({ store: name, namespace }), {
      selector: JSON.stringify,
      maxLength: 20,
    });
    fc.assert(
      fc.property(places, list => {
        const ids = placeIds(list);
        expect(new Set(ids).size).toBe(list.length);
        for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{2,31}$/);
        expect(placeIds([...list].reverse())).toEqual([...ids].reverse());
      }),
    );
  });
});
