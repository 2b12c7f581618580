import type { Copy } from '../analyses/copies.ts';
import { placeText } from '../analyses/copy-place.ts';
import { idOverlap, type Overlap } from '../analyses/guest-ids.ts';
import { copiesByPlace } from '../analyses/writers.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const guestIdsOverlap: Rule = {
  id: 'guest-ids-overlap',
  severity: 'warning',
  summary: 'Guests of two clusters, or two hosts, may have the same id in one place.',
  why: 'PBS and vzdump know a guest by its type and number alone. Two guests with one number in one namespace or directory are one guest to them: retention counts both together and deletes the archives of one for those of the other, and a restore offers both as one.',
  fix: 'Give each cluster a namespace or directory of its own, or list `ids` that differ.',
  example: {
    bad: 'storages:\n  a: { cluster: one, datastore: main, … }\n  b: { cluster: two, datastore: main, … }',
    good: 'storages:\n  a: { cluster: one, datastore: "main:one", … }\n  b: { cluster: two, datastore: "main:two", … }',
  },
  *check({ topology }) {
    for (const copies of copiesByPlace(topology).values()) {
      const found = copies.length < 2 ? undefined : clashOf(copies);
      if (found === undefined) continue;
      const { one, other, certain } = found;
      yield {
        message: `${nameOf(one)} and ${nameOf(other)} ${certain ? 'have' : 'may have'} the same ids, and both lie in ${placeText(one.place)}${subText(one)}`,
        place: atKey(other.flow.path),
        related: [{ message: `brings ${nameOf(one)} there`, place: atKey(one.flow.path) }],
        help:
          one.place.kind === 'datastore'
            ? 'write them into namespaces of their own, or list `ids` that differ'
            : 'write them into directories of their own, or list `ids` that differ',
      };
    }
  },
};

const nameOf = ({ source }: Copy): string =>
  source.kind === 'guests' ? `guests \`${source.guests.key}\`` : `host backup \`${source.flow.key}\``;

const subText = ({ place }: Copy): string => {
  if (place.kind === 'datastore') return place.namespace === '' ? '' : `, namespace \`${place.namespace}\``;
  const below = place.kind === 'share' ? place.directory : place.kind === 'bucket' ? place.prefix : '';
  return below === '' ? '' : `, \`${below}\``;
};

interface Clash {
  readonly one: Copy;
  readonly other: Copy;
  readonly certain: boolean;
}

/**
 * The first clash in a place, a certain one before others. Each copy is compared with the first one of another
 * cluster that has its id, or has an open set, so that a place with many writers takes linear time.
 */
function clashOf(copies: readonly Copy[]): Clash | undefined {
  const byId = new Map<number | string, Copy>();
  const open: Copy[] = [];
  let listed: Copy | undefined;
  let possible: Clash | undefined;
  for (const copy of copies) {
    const ids = idsOf(copy);
    const known = (ids ?? []).map(id => byId.get(id)).find(other => other && areOthers(other, copy));
    if (known !== undefined) return { one: known, other: copy, certain: true };
    const maybe = [...open, ...(ids === undefined && listed !== undefined ? [listed] : [])];
    const other = maybe.find(earlier => areOthers(earlier, copy) && overlapOf(earlier, copy) !== 'none');
    if (other !== undefined) possible ??= { one: other, other: copy, certain: false };
    for (const id of ids ?? []) if (!byId.has(id)) byId.set(id, copy);
    if (ids === undefined && open.length < 2) open.push(copy);
    if (ids !== undefined && copy.source.kind === 'guests') listed ??= copy;
  }
  return possible;
}

/** Undefined: not known, an `all` or a pool. */
const idsOf = ({ source }: Copy): readonly (number | string)[] | undefined =>
  source.kind === 'guests'
    ? source.guests.spec.ids
    : [`host/${source.flow.spec.backup_id ?? source.flow.from.key}`];

/** What one flow brings was together before; guests of one cluster with one id are one guest. */
const areOthers = (a: Copy, b: Copy): boolean => {
  if (a.flow === b.flow || a.source === b.source) return false;
  if (a.source.kind === 'guests' && b.source.kind === 'guests')
    return a.source.guests.cluster !== b.source.guests.cluster;
  return a.source.kind === 'host' && b.source.kind === 'host' && a.source.flow !== b.source.flow;
};

const overlapOf = ({ source: a }: Copy, { source: b }: Copy): Overlap =>
  a.kind === 'guests' && b.kind === 'guests' ? idOverlap(a.guests, b.guests) : 'none';
