import type { Copy } from '../analyses/copies.ts';
import { groundOf, holderOf, placePath, placeText, poolRef } from '../analyses/copy-place.ts';
import { guestCopies } from '../analyses/guest-copies.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const copiesShareDomain: Rule = {
  id: 'copies-share-domain',
  severity: 'warning',
  summary: 'Two copies of the same guests lie on one pool or machine.',
  why: 'They count as one: what breaks the pool or the machine takes both.',
  fix: 'Put one of them on another machine, or count them as one copy.',
  example: {
    bad: 'datastores: { main: { on: nas/volume1, … } }\nshares: { dumps: { host: nas, pool: volume1, … } }  # of the same guests',
    good: 'shares: { dumps: { host: other-nas, … } }',
  },
  *check({ topology }) {
    const reported = new Set<string>();
    for (const { guests, copies } of guestCopies(topology)) {
      for (const [ground, together] of groupBy(copies, groundText)) {
        const holders = [...new Map(together.map(({ place }) => [holderOf(place), place] as const)).values()];
        const key = holders.map(placeText).join();
        const [first, ...others] = holders;
        if (first === undefined || others.length === 0 || reported.has(key)) continue;
        reported.add(key);
        yield {
          message: `${holders.length} copies of guests \`${guests.key}\` lie on ${ground}: ${holders.map(placeText).join(', ')}`,
          place: atKey(placePath(others[0] ?? first)),
          related: [first, ...others.slice(1)].map(place => ({
            message: `another copy: ${placeText(place)}`,
            place: atKey(placePath(place)),
          })),
          help: 'put one of them on another machine, or count them as one copy',
        };
      }
    }
  },
};

/** The pool where it is known, else the machine; undefined: nothing that can be compared. */
function groundText({ place }: Copy): string | undefined {
  const { pool, machines } = groundOf(place);
  if (pool !== undefined) return `pool \`${poolRef(pool)}\``;
  const [machine, ...others] = machines;
  return machine === undefined || others.length > 0 ? undefined : `machine \`${machine.key}\``;
}
