import { atValue } from '../diagnostics/diagnostic.ts';
import type { Datastore } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const nestedDatastorePaths: Rule = {
  id: 'nested-datastore-paths',
  severity: 'error',
  summary: 'Two datastores of a PBS have the same path, or one lies inside the other.',
  why: 'Both would collect garbage in one directory: the chunks of the other store are deleted as unused. PBS refuses to create such a store. The cache of an S3 datastore is such a directory, too.',
  fix: 'Give each datastore a directory of its own.',
  example: {
    bad: 'main: { host: pbs, path: /mnt/store }\nspare: { host: pbs, path: /mnt/store/spare }',
    good: 'main: { host: pbs, path: /mnt/store/main }\nspare: { host: pbs, path: /mnt/store/spare }',
  },
  *check({ topology }) {
    const stores = [...topology.datastores.values()].filter(({ state }) => state !== 'retired');
    for (const group of groupBy(stores, deviceOf).values()) {
      for (const [outer, inner] of nestings(group)) {
        const same = outer.spec.path === inner.spec.path;
        yield {
          message: same
            ? `\`${inner.spec.path}\` is the path of datastores \`${outer.key}\` and \`${inner.key}\``
            : `\`${inner.spec.path}\` of datastore \`${inner.key}\` lies inside \`${outer.spec.path}\` of \`${outer.key}\``,
          place: atValue([...inner.path, 'path']),
          related: [{ message: 'the other datastore', place: atValue([...outer.path, 'path']) }],
          help: `put them beside each other`,
        };
      }
    }
  },
};

/** Paths of a removable store are relative to its device; all others share the root of the host. */
const deviceOf = ({ host, backing }: Datastore): string =>
  backing.kind === 'removable' ? `${host.key} ${backing.uuid ?? 'pending'}` : host.key;

/** Sorted with a final slash, each path comes right behind those that hold it. */
function* nestings(group: readonly Datastore[]): Iterable<readonly [Datastore, Datastore]> {
  const slashed = ({ spec }: Datastore): string => (spec.path.endsWith('/') ? spec.path : `${spec.path}/`);
  const sorted = group.toSorted((a, b) => (slashed(a) < slashed(b) ? -1 : slashed(a) > slashed(b) ? 1 : 0));
  const open: Datastore[] = [];
  for (const store of sorted) {
    let top = open.at(-1);
    while (top !== undefined && !slashed(store).startsWith(slashed(top))) {
      open.pop();
      top = open.at(-1);
    }
    if (top !== undefined) yield [top, store];
    open.push(store);
  }
}
