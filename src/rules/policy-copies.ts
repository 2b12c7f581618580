import { atKey } from '../diagnostics/diagnostic.ts';
import { requirement } from './require.ts';
import { copiesText, protectedGuests, relatedCopies, separateCopies } from './require-copies.ts';

export const policyCopies = requirement({
  id: 'policy-copies',
  requirement: 'copies',
  needsAll: true,
  summary: 'The policy requires a number of copies, and a set of guests has fewer.',
  why: 'Each copy less is one fault less that the backups survive. Copies on one pool count once, and those that filters may have thinned out do not count.',
  fix: 'Add a flow to another place, lower the number, or grant an exception.',
  example: {
    bad: 'policy: { require: { copies: 2 } }\nflows: { nightly: { kind: backup, from: all, to: pbs, … } }',
    good: 'flows: { nightly: { kind: backup, from: all, to: pbs, … }, replica: { kind: sync, from: main, to: far, … } }',
  },
  *find({ topology }, wanted) {
    for (const { guests, copies } of protectedGuests(topology)) {
      const found = separateCopies(copies);
      if (found.length >= wanted) continue;
      yield {
        message: `guests \`${guests.key}\` have ${copiesText(found.length)}, and the policy requires ${wanted}`,
        place: atKey(guests.path),
        related: relatedCopies(found),
        help: 'add a flow to another place',
      };
    }
  },
});
