import type { Copy } from '../analyses/copies.ts';
import { placeKey, placePath, placeText } from '../analyses/copy-place.ts';
import { listText } from '../analyses/schedule-text.ts';
import { atKey, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Guests } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import { minutesOf, requirement } from './require.ts';
import { protectedGuests } from './require-copies.ts';
import { type DaysKept, daysKept } from './require-kept.ts';

export const policyRetentionAtLeast = requirement({
  id: 'policy-retention-at-least',
  requirement: 'retention_at_least',
  needsAll: true,
  summary: 'The policy requires that backups reach back some time, and in a place they are pruned earlier.',
  why: 'Damage that is found later than the oldest backup was made cannot be undone.',
  fix: 'Keep more by the retention of the place, or grant an exception for the datastore, share or bucket.',
  example: {
    bad: 'policy: { require: { retention_at_least: 30d } }\ndatastores: { main: { retention: { keep_daily: 7, schedule: "05:00" }, … } }',
    good: 'datastores: { main: { retention: { keep_daily: 7, keep_weekly: 6, schedule: "05:00" }, … } }',
  },
  *find(facts, wanted) {
    const minutes = minutesOf(wanted);
    if (minutes === undefined) return;
    const enough = minutes / 1440;
    const all = protectedGuests(facts.topology).flatMap(({ guests, copies }) =>
      copies.map(copy => ({ guests, copy })),
    );
    for (const same of groupBy(all, ({ copy }) => placeKey(copy.place)).values()) {
      const kept = new Map(
        [...new Set(same.map(({ copy }) => copy))].map(copy => [copy, daysKept(facts, copy, enough)]),
      );
      const short = same.filter(({ copy }) => !isEnough(kept.get(copy), enough));
      const [first] = short;
      if (first === undefined) continue;
      const days = short.map(({ copy }) => kept.get(copy));
      const least = days.includes(undefined) ? undefined : Math.min(...days.map(one => one ?? 0));
      yield {
        message:
          least === undefined
            ? `how long backups of guests ${namesOf(short)} are kept in ${nameOf(first.copy)} is not declared, and the policy requires ${wanted}`
            : `backups of guests ${namesOf(short)} in ${nameOf(first.copy)} are sure to cover ${daysText(least)}, and the policy requires ${wanted}`,
        place: atKey(pathOf(first.copy)),
        related: [...new Set(short.map(({ copy }) => copy.flow))]
          .slice(0, 8)
          .map(({ key, path }) => ({ message: `\`${key}\` writes there`, place: atKey(path) })),
        help:
          least === undefined
            ? 'declare the `retention` there; a bucket must not have `lifecycle: expire`'
            : 'keep more: a rule such as `keep_weekly` reaches back far with few backups',
      };
    }
  },
});

/** An hour is no difference: clocks change. */
const isEnough = (days: DaysKept, enough: number): boolean => days !== undefined && days + 1 / 24 >= enough;

const daysText = (days: number): string => `${Math.floor(days)} ${Math.floor(days) === 1 ? 'day' : 'days'}`;

const namesOf = (short: readonly { readonly guests: Guests }[]): string =>
  listText([...new Set(short.map(({ guests }) => `\`${guests.key}\``))]);

const nameOf = ({ place }: Copy): string =>
  place.kind === 'datastore' && place.namespace !== ''
    ? `namespace \`${place.namespace}\` of ${placeText(place)}`
    : placeText(place);

function pathOf({ place }: Copy): TopologyPath {
  const namespace = place.kind === 'datastore' ? place.datastore.namespaces.get(place.namespace) : undefined;
  return namespace?.path ?? placePath(place);
}
