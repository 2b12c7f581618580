import type { Copy } from '../analyses/copies.ts';
import { placeText } from '../analyses/copy-place.ts';
import { guestCopies, isOffsite } from '../analyses/guest-copies.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Flow, Guests } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const replicaDeletable: Rule = {
  id: 'replica-deletable',
  needsAll: true,
  severity: 'warning',
  summary: 'The only off-site copies follow the deletions of their source.',
  why: 'Whoever deletes at the source, by mistake or as an intruder, deletes the copy with the next run. A copy for such a day must outlive its source.',
  fix: 'Leave `propagate_deletions` out and give the target a retention of its own, or keep another off-site copy.',
  example: {
    bad: 'replica: { kind: sync, direction: pull, propagate_deletions: true, … }',
    good: 'replica: { kind: sync, direction: pull, … }\ndatastores: { far: { retention: { keep_daily: 14 }, … } }',
  },
  *check({ topology }) {
    const byFlow = new Map<Flow, { readonly copy: Copy; readonly guests: Guests[] }>();
    for (const { guests, copies } of guestCopies(topology)) {
      const away = copies.filter(copy => isOffsite(copy, guests));
      if (!away.every(({ deletable }) => deletable)) continue;
      for (const copy of away) {
        const known = byFlow.get(copy.flow);
        if (known === undefined) byFlow.set(copy.flow, { copy, guests: [guests] });
        else if (!known.guests.includes(guests)) known.guests.push(guests);
      }
    }
    for (const [flow, { copy, guests }] of byFlow) {
      const names = guests.slice(0, 4).map(({ key }) => `\`${key}\``);
      const rest = guests.length > 4 ? ` and ${guests.length - 4} more` : '';
      yield {
        message: `\`${flow.key}\` carries deletions to ${placeText(copy.place)}, and guests ${names.join(', ')}${rest} have no off-site copy that keeps them`,
        place: atValue([...flow.path, 'propagate_deletions']),
        related: guests
          .slice(0, 4)
          .map(({ key, path }) => ({ message: `guests \`${key}\``, place: atKey(path) })),
        help: 'leave `propagate_deletions` out and let the target prune by a retention of its own',
      };
    }
  },
};
