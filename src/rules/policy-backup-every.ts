import { listText, spanText } from '../analyses/schedule-text.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import { minutesOf, requirement } from './require.ts';
import { protectedGuests } from './require-copies.ts';
import { longestGap } from './require-gap.ts';

export const policyBackupEvery = requirement({
  id: 'policy-backup-every',
  requirement: 'backup_every',
  needsAll: true,
  summary: 'The policy requires frequent backups, and more time passes between two of a set of guests.',
  why: 'What is written between two backups is lost with the guests.',
  fix: 'Run the flows more often, allow more time, or grant an exception.',
  example: {
    bad: 'policy: { require: { backup_every: 26h } }\nflows: { weekly: { kind: backup, schedule: "sun 02:00", … } }',
    good: 'flows: { nightly: { kind: backup, schedule: "04:00", … } }',
  },
  *find({ topology, schedule }, wanted) {
    const most = minutesOf(wanted);
    if (most === undefined) return;
    for (const { guests, copies } of protectedGuests(topology)) {
      const flows = [...new Set(copies.flatMap(({ flow, from }) => (from === undefined ? [flow] : [])))];
      const gap = longestGap(flows.flatMap(flow => schedule.flows.get(flow) ?? []));
      if (gap !== undefined && gap <= most) continue;
      const names = listText(flows.map(({ key }) => `\`${key}\``));
      yield {
        message:
          flows.length === 0
            ? `no flow backs up guests \`${guests.key}\`, and the policy requires a backup every ${wanted}`
            : gap === undefined
              ? `when ${names} ${flows.length === 1 ? 'backs' : 'back'} up guests \`${guests.key}\` is not known, and the policy requires a backup every ${wanted}`
              : `up to ${spanText(gap)} pass between two backups of guests \`${guests.key}\` by ${names}, and the policy allows ${wanted}`,
        place: atKey(guests.path),
        related: flows.slice(0, 8).map(({ key, path }) => ({ message: `\`${key}\``, place: atKey(path) })),
        help: 'back them up more often',
      };
    }
  },
});
