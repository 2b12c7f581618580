import { freeTime } from '../analyses/contention-stagger.ts';
import type { Encounter, Schedule } from '../analyses/schedule.ts';
import { dateText, listText, momentText, spanText, timesText } from '../analyses/schedule-text.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Finding, Rule } from './rule.ts';

export const windowsOverlap: Rule = {
  id: 'windows-overlap',
  severity: 'warning',
  summary: 'A job starts while another one runs, and both use the same host, datastore, device or line.',
  why: 'Both take longer than they are declared to, and what is timed to run after them starts too soon. On a PVE node vzdump runs once at a time: the second job waits three hours at most (`lockwait`) and then fails.',
  fix: 'Move one of the two, so that it starts when the other one has ended.',
  example: {
    bad: 'weekly: { schedule: "sun 02:00", takes: 75m, … }\nmonthly: { schedule: "*-*-01 02:00", takes: 75m, … } # on some Sundays',
    good: 'weekly: { schedule: "sat 02:00", takes: 75m, … }\nmonthly: { schedule: "*-*-01 04:00", takes: 75m, … }',
  },
  *check({ schedule }) {
    const known = schedule.encounters.filter(
      ({ meeting: { leader, follower } }) => leader.takes ?? follower.takes,
    );
    const names = new Map([...schedule.sharedBy.keys()].map((job, index) => [job, index]));
    const key = ({ meeting, resources }: Encounter) =>
      [names.get(meeting.leader), ...resources.map(resource => resource.key)].join(' ');
    for (const encounters of groupBy(known, key).values()) yield findingOf(schedule, encounters);
  },
};

function findingOf(schedule: Schedule, encounters: readonly Encounter[]): Finding {
  const [first] = encounters;
  if (first === undefined) throw new Error('an empty group');
  const { meeting, resources } = first;
  const { leader, follower, at, dates } = meeting;
  const who = listText(encounters.map(({ meeting: { follower: job } }) => job.name));
  const one = encounters.length === 1;
  const starts = one ? `${who} (${timesText(follower, leader)}) starts` : `${who} start`;
  const together = encounters.every(({ meeting: { after } }) => after === 0);
  const running = together ? `together with ${leader.name}` : `while ${leader.name} runs`;
  const shared = listText(
    resources.map(({ label }) => label),
    3,
  );
  const when = one && dates.length > 0 ? `on ${listText(dates.map(dateText))}` : `first on ${momentText(at)}`;
  return {
    message: `${starts} ${running} (${timesText(leader, follower)}), and ${one ? 'both' : 'all'} use ${shared}: ${when}`,
    place: atValue(follower.path),
    related: [
      { message: `${leader.name}`, place: atValue(leader.path) },
      ...encounters.slice(1, 5).map(({ meeting: { follower: job } }) => ({
        message: `${job.name} meanwhile, too`,
        place: atValue(job.path),
      })),
    ],
    helpLater: () => [...waits(encounters), suggestion(schedule, encounters)].join('; '),
  };
}

/** What vzdump's lock makes of it. */
function waits(encounters: readonly Encounter[]): string[] {
  if (!encounters.some(({ resources }) => resources.some(({ isLocked }) => isLocked))) return [];
  const [longest = 0] = encounters
    .map(({ meeting: { leader, after } }) => (leader.takes ?? 0) - after)
    .sort((a, b) => b - a);
  return longest >= LOCKWAIT
    ? [`vzdump waits 3h at most for the other one, which runs ${spanText(longest)} longer: the job fails`]
    : [`vzdump waits for the other one, here ${spanText(longest)}`];
}

/** Minutes for what nobody knows the duration of. */
const HOUR = 60;
/** Minutes; default of vzdump.conf(5). */
const LOCKWAIT = 180;

function suggestion(schedule: Schedule, encounters: readonly Encounter[]): string {
  const [first] = encounters;
  if (first === undefined || encounters.length > 1) return 'start them one after the other';
  const { leader, follower, at, after } = first.meeting;
  const free = freeTime(schedule, follower, (at % 1440) + (leader.takes ?? HOUR) - after);
  if (free !== undefined) return `\`schedule: "${free}"\` for ${follower.name} meets nothing`;
  return `start ${follower.name} when ${leader.name} has ended`;
}
