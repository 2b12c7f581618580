import type { Copy } from '../analyses/copies.ts';
import { idOverlap } from '../analyses/guest-ids.ts';
import { copiesByPlace } from '../analyses/writers.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const ownerDiffers: Rule = {
  id: 'owner-differs',
  severity: 'error',
  summary: 'Two flows write the same backup groups under different owners.',
  why: 'A group belongs to the account that made it, and PBS refuses all others (“owner check failed”). A token is another owner than its user, and than other tokens of that user. Whichever flow comes second fails, each time.',
  fix: 'Let both write under one account, or into namespaces of their own.',
  example: {
    bad: 'storages:\n  a: { datastore: main, account: pve-a, … }\n  b: { datastore: main, account: pve-b, … }  # backups of the same guests',
    good: 'storages:\n  b: { datastore: "main:second", account: pve-b, … }',
  },
  *check({ topology }) {
    for (const copies of copiesByPlace(topology).values()) {
      if (copies.every(({ owner }) => owner === copies[0]?.owner)) continue;
      // Groups of different clusters or hosts are judged by `guest-ids-overlap`.
      for (const same of groupBy(copies, scopeOf).values()) {
        const found = firstConflict(same);
        if (found === undefined) continue;
        const [one, other] = found;
        const [of, place] = [textOf(one), placeOf(one)];
        yield {
          message: `flows \`${one.flow.key}\` and \`${other.flow.key}\` write the same groups ${of} into ${place} as \`${one.owner}\` and \`${other.owner}\``,
          place: atKey(other.flow.path),
          related: [{ message: `writes as \`${one.owner}\``, place: atKey(one.flow.path) }],
          help: 'use one account for both, or another namespace for one of them',
        };
      }
    }
  },
};

const scopeOf = ({ source, place }: Copy): string | undefined => {
  if (place.kind !== 'datastore') return undefined;
  if (source.kind === 'guests') return `cluster ${source.guests.cluster.key}`;
  return `host ${source.flow.from.key} ${source.flow.spec.backup_id ?? ''}`;
};

const textOf = ({ source }: Copy): string =>
  source.kind === 'guests'
    ? `of guests of \`${source.guests.cluster.key}\``
    : `of host \`${source.flow.from.key}\``;

const placeOf = ({ place }: Copy): string => {
  if (place.kind !== 'datastore') return '';
  return `\`${place.datastore.key}${place.namespace === '' ? '' : `:${place.namespace}`}\``;
};

/** The first copy is compared with those of other owners; a set of guests has few of them in one place. */
function firstConflict(copies: readonly Copy[]): readonly [Copy, Copy] | undefined {
  for (const [index, copy] of copies.entries()) {
    const other = copies
      .slice(0, Math.min(index, 32))
      .find(earlier => earlier.owner !== copy.owner && sharesGroups(earlier, copy));
    if (other !== undefined) return [other, copy];
  }
  return undefined;
}

const sharesGroups = ({ source: a, partial }: Copy, { source: b, partial: other }: Copy): boolean => {
  if (partial || other) return false;
  return a.kind === 'guests' && b.kind === 'guests' ? idOverlap(a.guests, b.guests) === 'certain' : true;
};
