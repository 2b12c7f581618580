import { placePath, placeText } from '../analyses/copy-place.ts';
import { guestCopies, isOffsite } from '../analyses/guest-copies.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const noOffsiteCopy: Rule = {
  id: 'no-offsite-copy',
  severity: 'warning',
  summary: 'Guests are not backed up at all, or only at the site where they run.',
  why: 'Fire, theft or an intruder at that site takes the guests and every backup of them.',
  fix: 'Add a flow to another site, to a bucket, or to a disk that is carried away.',
  example: {
    bad: 'flows: { nightly: { kind: backup, from: all, to: local-pbs, … } }',
    good: 'flows: { replica: { kind: sync, direction: pull, from: main, to: "far:home", … } }',
  },
  *check({ topology }) {
    for (const { guests, copies } of guestCopies(topology)) {
      if (guests.cluster.nodes.every(({ state }) => state !== 'active')) continue;
      // Filtered copies are a decision of the owner; they count.
      if (copies.some(copy => isOffsite(copy, guests))) continue;
      const places = [...new Map(copies.map(({ place }) => [placeText(place), place] as const))];
      const sites = [...new Set(guests.cluster.nodes.map(({ site }) => `\`${site.key}\``))].join(', ');
      yield {
        message:
          copies.length === 0
            ? `no flow backs up guests \`${guests.key}\``
            : `all copies of guests \`${guests.key}\` are at ${sites}, where they run: ${places.map(([text]) => text).join(', ')}`,
        place: atKey(guests.path),
        ...(places.length > 0 && {
          related: places.map(([text, place]) => ({
            message: `a copy: ${text}`,
            place: atKey(placePath(place)),
          })),
        }),
        help: 'add a flow to another site, a bucket, or a disk that is carried away',
      };
    }
  },
};
