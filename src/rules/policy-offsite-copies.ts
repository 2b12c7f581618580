import { isOffsite } from '../analyses/guest-copies.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import { requirement } from './require.ts';
import { copiesText, protectedGuests, relatedCopies, separateCopies } from './require-copies.ts';

export const policyOffsiteCopies = requirement({
  id: 'policy-offsite-copies',
  requirement: 'offsite_copies',
  needsAll: true,
  summary: 'The policy requires a number of copies off site, and a set of guests has fewer.',
  why: 'Fire, theft or an intruder at the site of the guests takes every copy that is there. Copies on one pool count once, and those that filters may have thinned out do not count.',
  fix: 'Add a flow to another site, to a bucket, or to a disk that is carried away; or grant an exception.',
  example: {
    bad: 'policy: { require: { offsite_copies: 1 } }\nflows: { nightly: { kind: backup, from: all, to: local-pbs, … } }',
    good: 'flows: { replica: { kind: sync, direction: pull, from: main, to: far, … } }',
  },
  *find({ topology }, wanted) {
    for (const { guests, copies } of protectedGuests(topology)) {
      const found = separateCopies(copies.filter(copy => isOffsite(copy, guests)));
      if (found.length >= wanted) continue;
      const sites = [...new Set(guests.cluster.nodes.map(({ site }) => `\`${site.key}\``))].join(', ');
      yield {
        message: `guests \`${guests.key}\` have ${copiesText(found.length)} outside of ${sites}, and the policy requires ${wanted}`,
        place: atKey(guests.path),
        related: relatedCopies(found),
        help: 'add a flow to another site, a bucket, or a disk that is carried away',
      };
    }
  },
});
